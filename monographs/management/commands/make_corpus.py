"""A large made-up site to measure with."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monographs.operations.corpus.make import make_corpus
from monographs.refusals import Refused


class Command(BaseCommand):
    help = "Fill an empty database, with “measuring” in its name, with made-up leaflets and replies to measure with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--leaflets", type=_count, default=1_000)
        parser.add_argument("--replies", type=_count, default=0, help="shown, spread over the leaflets")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            make_corpus(leaflets=options["leaflets"], replies=options["replies"], progress=self._progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['leaflets']:,} leaflets and {options['replies']:,} replies are there.")

    def _progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,} leaflets", ending="" if done < total else "\n")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
