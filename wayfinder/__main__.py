"""``python -m wayfinder`` is the command ``wayfinder``."""

import sys

from wayfinder.cli import main

if __name__ == "__main__":
    sys.exit(main())
