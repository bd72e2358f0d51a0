"""What several tests of replies read."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def generic_names() -> list[str]:
    """More than a thousand generic names of medicines."""
    lines = Path(__file__).with_name("generic_names.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
