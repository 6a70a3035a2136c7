"""Figures of several workers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wayfinder.web.ops.metrics import forget_dead_workers


@pytest.mark.skipif(os.name != "posix", reason="elsewhere dead workers are not told apart")
def test_what_a_dead_worker_served_is_forgotten_and_what_it_counted_kept(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        dead = process.pid
    names = [
        f"{kind}_{pid}.db" for pid in (dead, os.getpid()) for kind in ("gauge_livemin", "counter")
    ]
    for name in names:
        (tmp_path / name).touch()
    forget_dead_workers(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == set(names) - {f"gauge_livemin_{dead}.db"}
