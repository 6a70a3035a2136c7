"""What is spared of a worker's memory, seen in processes whose memory nothing else moves."""

import multiprocessing
import platform
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="Linux alone tells what memory is shared"
)

_READ = """
from pathlib import Path
def read(kind):
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind + ":")) / 1024
"""


def run(program: str) -> float:
    command = [sys.executable, "-c", _READ + program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


@pytest.mark.long
@pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="workers are started afresh here"
)
def test_a_worker_shares_what_it_imports() -> None:
    program = """
import multiprocessing
import platform
from wayfinder.web.memory import share_imports
def work():
    import wayfinder.web.wsgi
    print(read("Private_Dirty"))
if {shared}:
    share_imports("wayfinder.web.wsgi")
worker = multiprocessing.get_context("fork").Process(target=work)
worker.start()
worker.join()
"""
    assert run(program.format(shared=True)) < run(program.format(shared=False)) / 3


def test_memory_freed_by_a_thread_goes_back_to_the_system() -> None:
    program = """
from threading import Thread
from wayfinder.web.memory import return_freed_memory
def build():
    # glibc takes a large block that is freed as a sign to keep as much
    bytearray(30_000_000)
    passing = [bytes(4_000) for _ in range(12_000)]
if {spared}:
    return_freed_memory()
before = read("Rss")
thread = Thread(target=build)
thread.start()
thread.join()
print(read("Rss") - before)
"""
    assert run(program.format(spared=True)) < 10
    if platform.libc_ver()[0] == "glibc":
        assert run(program.format(spared=False)) > 30


@pytest.mark.long
def test_dictionaries_are_loaded_once_for_all_workers() -> None:
    program = """
import sys
from wayfinder.services.directory.pinyin import spell
from wayfinder.web.wsgi import prepare
prepare()
opened = []
sys.addaudithook(lambda event, arguments: opened.append(arguments) if event == "open" else None)
spelling = spell("門診藥房")
assert spelling.initials == "mzyf", spelling
print(len(opened))
"""
    assert run(program) == 0


def test_a_worker_does_not_stop_to_look_at_all_it_keeps() -> None:
    program = """
import gc
from wayfinder.web.memory import collect_rarely
collect_rarely()
kept, found = [], []
gc.callbacks.append(lambda phase, info: found.append(info["generation"]))
for number in range(1_000_000):
    kept.append([number])
print(max(found))
"""
    assert run(program) == 1


def test_threads_of_a_worker_take_shorter_turns_than_usual() -> None:
    program = """
import sys
usual_s = sys.getswitchinterval()
import wayfinder.web.memory
wayfinder.web.memory.take_short_turns()
print(sys.getswitchinterval() / usual_s)
"""
    assert run(program) < 0.5
