"""The process that works in the background, with what tests let it do."""

import os

from tests.services.background.working import KINDS
from wayfinder.services.background import run
from wayfinder.services.background.child import main

if __name__ == "__main__":
    run.BEAT_S = float(os.environ.get("WAYFINDER_TEST_BEAT_S", run.BEAT_S))
    main(KINDS)
