"""Whether the A–Z has each name where and from when on it belongs there, and each medicine its shown leaflets."""

from django.utils.translation import gettext as _

from monographs.audit.verify import Altered
from monographs.medicines.listed import listed_otherwise
from monographs.medicines.models import Medicine, MedicineName
from monographs.medicines.sorting import sorted_otherwise
from monographs.publication.shown.listing import listed_wrongly


def check_names() -> None:
    """Raise `Altered` for the first row whose place in the A–Z is not what follows from its name and the timeline."""
    table = MedicineName._meta.db_table
    for number, column, was, today in sorted_otherwise():
        problem = _("its column “%(column)s” must be “%(today)s” on this site, but the row says “%(was)s”.")
        raise Altered(table, number, problem % {"column": column, "today": today, "was": was})
    for medicine, was, must in listed_wrongly():
        problem = _("the list of its shown leaflets is not what follows from the timeline.")
        if was.listed_from != must.listed_from:
            problem = _("it is shown from %(shown)s on, but listed from %(listed)s.")
            problem %= {"shown": must.listed_from, "listed": was.listed_from}
        raise Altered(Medicine._meta.db_table, medicine, problem)
    for name in listed_otherwise().order_by("pk")[:1]:
        raise Altered(table, name.pk, _("it is not listed from when on its medicine is."))
