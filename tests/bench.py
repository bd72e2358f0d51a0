"""`make bench`: query counts and speed as ratios within one run. The frame; measurements join it as rooms grow."""

import sys

MEASUREMENTS = ()


def main() -> int:
    """Print each measurement's lines."""
    for measure in MEASUREMENTS:
        for line in measure():
            print(line)
    if not MEASUREMENTS:
        print("Nothing is measured yet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
