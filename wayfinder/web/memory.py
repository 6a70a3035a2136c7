"""What keeps a worker small and quick: shared imports, few collections, short turns of threads."""

import contextlib
import ctypes
import gc
import importlib
import multiprocessing
import os
import sys

_MIB = 1 << 20
_FULL_EVERY = 1_000
"""Of so many collections of what is rather new one looks at everything (ours); usual are 10."""
_TURN_S = 0.001
"""How long a thread computes while others wait (ours): as long as a question takes whose parts are
known, so that few are interrupted, and much less than one that has to be told anew."""
_M_TRIM_THRESHOLD, _M_ARENA_MAX = -1, -8
"""Parameters of glibc's ``mallopt``, of its ``malloc.h``."""


def share_imports(module: str) -> bool:
    """Load what workers will need before they are forked from this process, so that all share it.

    Where workers are started afresh instead (macOS, Windows, Python from 3.14 on) nothing is
    imported: it would be of no use to them.

    Parameters
    ----------
    module
        What each worker imports first; has a function ``prepare`` that loads the rest.

    Returns
    -------
    bool
        Whether it was imported.
    """
    if multiprocessing.get_start_method() != "fork":
        return False
    # its threads would not survive the fork, and nothing here multiplies matrices
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    importlib.import_module(module).prepare()
    gc.collect()
    # a collector that looks at an object writes to it, and a page written to is shared no more
    gc.freeze()
    return True


def return_freed_memory() -> None:
    """Have memory that is freed given back to the system, not kept for the thread that freed it.

    A release is built in a thread of its own; what it needed in passing would stay with the worker.
    Python computes in one thread at a time, so one arena is enough. Elsewhere than with glibc
    nothing is done.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_TRIM_THRESHOLD, _MIB)


def collect_rarely() -> None:
    """Let the garbage collector seldom look at everything that is kept.

    It takes half a second for a large hospital, in which nobody is answered, and finds next to
    nothing: what a request leaves behind is found while it is new.
    """
    new, newer, _ = gc.get_threshold()
    gc.set_threshold(new, newer, _FULL_EVERY)


def take_short_turns() -> None:
    """Let quick questions not wait for slow ones: threads take turns every millisecond.

    Python's own five are waited for at each turn, and a thread that answers takes several.
    """
    sys.setswitchinterval(_TURN_S)
