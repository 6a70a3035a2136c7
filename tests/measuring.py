"""Coverage is measured where it is cheap: Python 3.11 takes twice as long for what is measured."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from coverage import Coverage

_FIXTURES = frozenset({"shared_plans", "chromium", "whole_chromium"})
"""Of tests that not every machine can run: the coverage shall be the same on all."""
_PROCESS_CONFIG = "COVERAGE_PROCESS_CONFIG"  # coverage.py's, for the processes that are started


def is_measured(item: pytest.Item) -> bool:
    """Tell whether what a test runs counts as covered."""
    if item.get_closest_marker("unmeasured") is not None:
        return False
    return _FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@contextmanager
def pause_coverage() -> Iterator[None]:
    """Measure nothing, neither in this process nor in those that it starts."""
    measuring, config = Coverage.current(), os.environ.pop(_PROCESS_CONFIG, None)
    if measuring is not None:
        measuring.stop()
    try:
        yield
    finally:
        if measuring is not None:
            measuring.start()
        if config is not None:
            os.environ[_PROCESS_CONFIG] = config
