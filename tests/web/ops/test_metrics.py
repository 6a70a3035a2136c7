"""Figures of several workers."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY, CollectorRegistry, Counter

from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.web.ops.metrics import (
    Later,
    forget_dead_workers,
    note_planned,
    note_served,
    note_work,
)


def test_what_became_of_reports_is_told_when_their_quarter_of_an_hour_is_over() -> None:
    registry = CollectorRegistry()
    now = [datetime(2026, 11, 23, 9, 14, 59, tzinfo=UTC)]
    later = Later(Counter("told", "…", ["outcome"], registry=registry), lambda: now[0])

    def read(outcome: str) -> float | None:
        later.tell()
        return registry.get_sample_value("told_total", {"outcome": outcome})

    later.add("taken")
    assert read("taken") is None
    now[0] += timedelta(seconds=1)  # 9:15: what was told from 9:00 on
    later.add("taken")
    later.add("known")
    assert (read("taken"), read("known")) == (1, None)
    now[0] += timedelta(minutes=14, seconds=59)
    assert (read("taken"), read("known")) == (1, None)
    now[0] += timedelta(seconds=1)
    assert (read("taken"), read("known")) == (2, 1)


def test_a_rise_of_what_went_wrong_is_seen_from_nought(served_clinic: Served) -> None:
    note_served(Venues([served_clinic]))
    failed, refused = {"outcome": "failed", "kind": "sign-batch"}, {"outcome": "refused"}
    refused["venue"] = served_clinic.slug
    read = REGISTRY.get_sample_value
    before = read("wayfinder_work_total", failed), read("wayfinder_planned_total", refused)
    assert None not in before
    note_work("sign-batch", "failed")
    note_planned(served_clinic.slug, "refused")
    after = read("wayfinder_work_total", failed), read("wayfinder_planned_total", refused)
    assert after == tuple((one or 0) + 1 for one in before)


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
