"""Something to try the site with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monographs.operations.samples import PASSWORD, PEOPLE, load_samples
from monographs.refusals import Refused


class Command(BaseCommand):
    help = "Add sample staff, leaflets and replies (local mode only). What is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        said: list[str] = []
        try:
            load_samples(said.append)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in said or ["The samples are there already."]:
            self.stdout.write(line)
        self.stdout.write(f"Sample log-ins: {', '.join(PEOPLE)}. The password of each is “{PASSWORD}”.")
