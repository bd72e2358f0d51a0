"""A way in for whoever has lost everything, from the server's command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monographs.refusals import Refused
from monographs.staff.models import StaffMember
from monographs.staff.second_factor.factors import take_away


class Command(BaseCommand):
    help = (
        "Take away the second factor of somebody who has lost it and has no colleague who could. The person can then "
        "log in with the password and set up another. It goes on record, with the reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="Why, and how you made sure who asked for it.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = StaffMember.objects.filter(username=options["username"]).first()
        if not person:
            raise CommandError(f"Nobody has the user name “{options['username']}”.")
        try:
            take_away(person, by=None, reason=options["reason"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person.name} can log in with the password alone now.")
