"""The process that works in the background, with what tests let it do."""

from tests.services.background.working import KINDS
from wayfinder.services.background.child import main

if __name__ == "__main__":
    main(KINDS)
