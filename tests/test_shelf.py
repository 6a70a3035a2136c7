"""What is put on a shelf is there as it was, or not at all."""

import multiprocessing
import os
import random
import signal
import sys
import threading
import time
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder import shelf as shelves
from wayfinder.collector import without_collector
from wayfinder.shelf import KEY_BYTES, MemoryShelf, SharedShelf, Shelf, open_shelf, share_shelf

_FILE_BYTES = 8 * 2**20
shared = pytest.mark.skipif(sys.platform == "win32", reason="no files shared between processes")


def key_of(number: int) -> bytes:
    """Make a key."""
    return blake2b(str(number).encode(), digest_size=KEY_BYTES).digest()


def value_of(number: int) -> bytes:
    """Make the one value of a key, of very different lengths."""
    return random.Random(number).randbytes(number * 7919 % 4_000)


@given(st.lists(st.tuples(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES), st.binary())))
def test_a_process_of_its_own_finds_what_it_put(entries: list[tuple[bytes, bytes]]) -> None:
    shelf, expected = MemoryShelf(), dict[bytes, bytes]()
    for key, value in entries:
        shelf.put(key, expected.setdefault(key, value))
    assert {key: shelf.get(key) for key in expected} == expected
    assert shelf.get(b"\xff" * KEY_BYTES) in {None, expected.get(b"\xff" * KEY_BYTES)}


def test_memory_is_bounded_and_what_is_asked_for_stays() -> None:
    shelf = MemoryShelf(40_000)
    shelf.put(key_of(0), b"asked for")
    for number in range(1, 1_000):
        shelf.put(key_of(number), bytes(100))
        assert shelf.get(key_of(0)) == b"asked for"
    held = sum(shelf.get(key_of(number)) is not None for number in range(1_000))
    assert 100 < held < 400


@shared
def test_another_finds_what_one_put(tmp_path: Path) -> None:
    one, other = (SharedShelf(tmp_path / "shelf", _FILE_BYTES) for _ in range(2))
    for number in range(300):
        assert other.get(key_of(number)) is None
        one.put(key_of(number), value_of(number))
        assert other.get(key_of(number)) == value_of(number)
    other.put(key_of(7), value_of(7))
    assert one.get(key_of(7)) == value_of(7)


@shared
def test_a_full_file_forgets_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    one, other = (SharedShelf(path, _FILE_BYTES) for _ in range(2))
    for number in range(2_000):
        (one if number % 2 else other).put(key_of(number), value_of(number))
        assert one.get(key_of(number)) == other.get(key_of(number)) == value_of(number)
    assert {one.get(key_of(number)) for number in range(100)} == {None}
    assert path.stat().st_size == _FILE_BYTES
    one.put(key_of(0), bytes(_FILE_BYTES))  # there never is room for that
    assert one.get(key_of(0)) is None
    assert one.get(key_of(1_999)) == value_of(1_999)


@shared
def test_many_keys_of_one_place_leave_the_newest(tmp_path: Path) -> None:
    shelf = SharedShelf(tmp_path / "shelf", _FILE_BYTES)
    keys = [bytes(4) + key_of(number)[4:] for number in range(20)]
    for number, key in enumerate(keys):
        shelf.put(key, value_of(number))
        assert shelf.get(key) == value_of(number)
    found = [number for number, key in enumerate(keys) if shelf.get(key) == value_of(number)]
    assert found == list(range(12, 20))


@shared
@given(data=st.data())
def test_spoiled_bytes_are_not_there(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("shelf") / "shelf"
    shelf = SharedShelf(path, _FILE_BYTES)
    for number in range(20):
        shelf.put(key_of(number), value_of(number))
    places = np.flatnonzero(np.fromfile(path, dtype=np.uint8)).tolist()
    spoiled = data.draw(st.dictionaries(st.sampled_from(places), st.binary(min_size=1, max_size=9)))
    with path.open("r+b") as file:
        for place, other in spoiled.items():
            file.seek(place)
            file.write(other[: _FILE_BYTES - place])
    again = SharedShelf(path, _FILE_BYTES)
    for number in range(20):
        assert again.get(key_of(number)) in {None, value_of(number)}
        again.put(key_of(number), value_of(number))
        assert again.get(key_of(number)) in {None, value_of(number)}


@shared
def test_a_shelf_that_nobody_has_lets_go_of_its_file(tmp_path: Path) -> None:
    def count_files() -> int:
        return sum(1 for _ in Path("/dev/fd").iterdir())

    with without_collector():  # it would close what others left behind
        before = count_files()
        shelf = SharedShelf(tmp_path / "shelf", _FILE_BYTES)
        assert count_files() > before
        del shelf
        assert count_files() == before


def _work(path: Path, seed: int) -> None:
    shelf, random_ = SharedShelf(path, _FILE_BYTES), random.Random(seed)
    while True:
        number = random_.randrange(3_000)
        found = shelf.get(key_of(number))
        if found not in {None, value_of(number)}:
            os._exit(9)
        shelf.put(key_of(number), value_of(number))


@shared
def test_killed_processes_leave_nothing_wrong_and_nobody_waiting(tmp_path: Path) -> None:
    path, random_ = tmp_path / "shelf", random.Random(4)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_work, args=(path, seed), daemon=True) for seed in range(3)]
    for worker in workers:
        worker.start()
    shelf = SharedShelf(path, _FILE_BYTES)
    until = time.monotonic() + 60
    while time.monotonic() < until and not any(map(shelf.get, map(key_of, range(3_000)))):
        time.sleep(0.1)
    time.sleep(random_.random())
    for worker in workers:
        assert worker.is_alive(), "it found what nobody put there"
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
    for number in range(3_000):
        assert shelf.get(key_of(number)) in {None, value_of(number)}
    shelf.put(key_of(9_999), b"mine")
    assert shelf.get(key_of(9_999)) == b"mine"


@shared
def test_threads_share_a_shelf(tmp_path: Path) -> None:
    shelf = SharedShelf(tmp_path / "shelf", _FILE_BYTES)
    wrong: list[int] = []

    def use(seed: int) -> None:
        random_ = random.Random(seed)
        for _ in range(400):
            number = random_.randrange(500)
            shelf.put(key_of(number), value_of(number))
            if shelf.get(key_of(number)) not in {None, value_of(number)}:
                wrong.append(number)

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@shared
def test_a_disk_without_room_loses_nothing_but_what_was_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = SharedShelf(tmp_path / "shelf", _FILE_BYTES)
    shelf.put(key_of(1), b"before")
    monkeypatch.setattr(os, "pwrite", lambda _file, data, _at: len(data) // 2)
    shelf.put(key_of(2), b"too late")
    assert (shelf.get(key_of(1)), shelf.get(key_of(2))) == (b"before", None)


@shared
def test_a_process_shares_only_once_it_is_told_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "_shared", None)
    assert isinstance(open_shelf(), MemoryShelf)
    assert open_shelf() is not open_shelf()
    share_shelf(tmp_path / "missing" / "shelf")  # cannot be made: each for itself
    assert isinstance(open_shelf(), MemoryShelf)
    share_shelf(tmp_path / "shelf")
    shelf: Shelf = open_shelf()
    assert shelf is open_shelf()
    assert isinstance(shelf, SharedShelf)
