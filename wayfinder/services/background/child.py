"""``python -m wayfinder.services.background.child JOB RUNNER``: does one job, then ends.

The address of the database comes in a variable, where nobody else of the machine reads it. It ends
with whoever started it: their end of the pipe that is its standard input closes then.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from wayfinder.services.background.kinds import KINDS
from wayfinder.services.background.run import do
from wayfinder.store import open_store
from wayfinder.store.jobs import get_job

DATABASE = "WAYFINDER_JOB_DATABASE"
"""Variable with the address of the database."""
NICE = 10
"""Priority (ours): who asks for a way goes first, by ten to one where all cores are busy."""
NOT_WANTED = 3
"""Code with which it ends where its work was called off, or somebody has taken it over."""


def main(kinds: Mapping[str, str] = KINDS) -> None:
    """Do the job that the arguments name, one of some kinds."""
    _step_back()
    threading.Thread(target=_follow, daemon=True).start()
    job_id, runner = int(sys.argv[1]), sys.argv[2]
    store = open_store(os.environ.pop(DATABASE))
    with store.read() as connection:
        job = get_job(connection, job_id)
    do(store, job, runner, lost=lambda: os._exit(NOT_WANTED), kinds=kinds)
    store.close()


def _step_back() -> None:
    """Give way to all others; on Windows whoever started this has seen to it."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICE)
    with contextlib.suppress(OSError):
        # the first to go where memory is short, before any worker that answers people
        Path("/proc/self/oom_score_adj").write_text("800", "ascii")


def _follow() -> None:
    # not the reader of `sys.stdin`: to wait in that would bar the end of the interpreter
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
