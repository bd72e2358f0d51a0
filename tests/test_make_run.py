"""`make run` where somebody asks for another port: links in letters and in PDFs lead there, too."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def address_told_to_the_site(folder: Path, **environment: str) -> str:
    """What `make run` says of the address to a Python that only tells it, the last of its commands."""
    python = folder / "python"
    python.write_text('#!/bin/sh\necho "address=$CLINICINFO_ADDRESS"\n')
    python.chmod(0o755)
    of_make = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")  # a make that runs the tests, and would be told of
    kept = {name: value for name, value in os.environ.items() if name not in ("CLINICINFO_ADDRESS", "PORT", *of_make)}
    command = ["make", "--silent", "--old-file=.venv/.for-run", "run", f"BIN={folder}"]
    said = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=True)  # noqa: S603
    return said.stdout.splitlines()[-1].partition("=")[2]


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ""),  # the usual one, which the settings know
        ({"PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"PORT": "9000", "CLINICINFO_ADDRESS": "https://mine.example"}, "https://mine.example"),
    ],
)
def test_address_is_that_of_the_port(tmp_path, environment, address):
    assert address_told_to_the_site(tmp_path, **environment) == address
