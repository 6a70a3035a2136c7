"""Work of many seconds, done beside the server: at low priority, one at a time, seen by all.

What is worked out is a row of the store: whichever worker is asked sees the same, on whichever
machine. The worker that was asked first starts a process for it; where that is killed, whoever asks
next starts it again.
"""

from wayfinder.services.background.background import Background, run_waiting
from wayfinder.services.background.run import Run
from wayfinder.store.jobs import JobRecord

__all__ = ["Background", "JobRecord", "Run", "run_waiting"]
