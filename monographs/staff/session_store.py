"""Where sessions are kept: Django's way, in a table that says whose each one is (`sessions.OpenSession`)."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's, with a few columns more, so that a person's sessions can be found without opening all of them."""

    @classmethod
    def get_model_class(cls):
        from monographs.staff.sessions import OpenSession  # models are loaded after this module

        return OpenSession

    def create_model_instance(self, data: dict):
        row = super().create_model_instance(data)
        row.describe(data)
        return row
