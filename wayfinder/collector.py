"""Python's garbage collector, kept out where it would only get in the way."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector out: where nothing made is garbage it looks at all of it in vain.

    It comes back afterwards where it was on before. What was made meanwhile counts as old then, so
    that it is not looked at right away all the same: only where nothing is frozen, for what is
    frozen would be old as well, and no more be left alone.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
