"""A worker is weighed fairly: what several have is counted once, what each wrote to for each."""

import subprocess
import sys
from pathlib import Path

import pytest

from wayfinder.bench.memory import measure_memory, weigh_worker_mib
from wayfinder.bench.worlds import APB, Worlds

_BLOCK_MIB, _WORKERS = 48, 3
_PROGRAM = f"""
import os, sys, time
block = bytearray(os.urandom(1 << 20) * {_BLOCK_MIB})
for _ in range({_WORKERS}):
    if not os.fork():
        if "write" in sys.argv:
            for at in range(0, len(block), 4096):
                block[at] ^= 1
        os.write(1, b"ready\\n")
        sys.stdin.read()  # until the one who asks lets go
        os._exit(0)
sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="Linux alone tells what memory is shared"
)


def weigh(*arguments: str) -> float:
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout
        for _ in range(_WORKERS):
            assert server.stdout.readline() == b"ready\n"
        found = weigh_worker_mib(server.pid, _WORKERS)
        server.communicate()
    return found


def test_what_workers_share_counts_once_and_what_they_wrote_to_each_time() -> None:
    shared, written = weigh(), weigh("write")
    assert _BLOCK_MIB / _WORKERS < shared < _BLOCK_MIB / _WORKERS + 20
    assert written - shared == pytest.approx(_BLOCK_MIB, rel=0.1)


@pytest.mark.long
def test_workers_are_weighed_with_nothing_with_venues_and_after_load() -> None:
    (section,) = measure_memory(Worlds(APB, quick=True, say=lambda _: None))
    nothing, alone, ready, both, loaded = [float(row[1] or 0) for row in section.rows]
    assert nothing < min(alone, ready)
    assert max(alone, ready) <= both + 2
    assert both <= loaded + 2
    assert len(section.claims) == 2
