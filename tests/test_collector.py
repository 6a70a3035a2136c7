import gc

import pytest

from wayfinder.collector import without_collector


def test_the_collector_is_as_it_was_afterwards() -> None:
    assert gc.isenabled()
    with without_collector():
        assert not gc.isenabled()
        with without_collector():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_not_looked_at_right_away() -> None:
    seen: list[int] = []

    def watch(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    frozen = gc.get_freeze_count()  # by other tests of this process
    gc.unfreeze()
    kept: list[list[int]] = []
    with without_collector():
        kept += [[] for _ in range(10 * gc.get_threshold()[0])]
        assert gc.get_count()[0] > len(kept) / 2
    gc.callbacks.append(watch)
    try:
        kept += [[] for _ in range(gc.get_threshold()[0] // 4)]
    finally:
        gc.callbacks.remove(watch)
        left = gc.get_freeze_count()
        if frozen:
            gc.freeze()
    assert seen == []
    assert left == 0


def test_what_is_frozen_stays_so() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    try:
        with without_collector():
            pass
        # some of it may come to its end by itself meanwhile, in other threads
        assert gc.get_freeze_count() > 0.9 * frozen > 0
    finally:
        gc.unfreeze()


def test_an_error_brings_it_back_too() -> None:
    with pytest.raises(LookupError), without_collector():
        raise LookupError
    assert gc.isenabled()
