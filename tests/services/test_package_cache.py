"""Packages are made once a minute, and never by all threads at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from wayfinder.model import Closure, Conditions
from wayfinder.services import package_cache as module
from wayfinder.services.offline_package import make_package
from wayfinder.services.package_cache import BusyError, PackageCache
from wayfinder.services.served import Served

LIFT = "0ba02f8d-0260-5f78-a8a5-15f65dc8e3c0"


def test_it_is_the_package(clinic: Served, goal: str) -> None:
    made = PackageCache().get(clinic, goal, profile="walk", language="en")
    document = json.loads(made.content)
    expected = json.loads(json.dumps(make_package(clinic, goal, profile="walk", language="en")))
    assert {**document, "made_at": ""} == {**expected, "made_at": ""}


def test_it_is_made_once_until_something_changes(
    clinic: Served, goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages, now = PackageCache(), [1_000_000.0]
    monkeypatch.setattr(module, "time", lambda: now[0])
    first = packages.get(clinic, goal, profile="walk", language="en")
    assert packages.get(clinic, goal, profile="walk", language="en") is first
    assert packages.get(clinic, goal, profile="walk", language="zh-Hans") is not first
    now[0] += module.FRESH_S
    again = packages.get(clinic, goal, profile="walk", language="en")
    assert again is not first
    assert again.digest == first.digest
    closed = clinic.with_conditions(Conditions((Closure(LIFT),)), 1)
    other = packages.get(closed, goal, profile="walk", language="en")
    assert other.digest != first.digest


def test_only_so_many_are_made_at_once(
    clinic: Served, goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, go_on = Event(), Event()

    def make_slowly(*_: object, **__: object) -> dict[str, object]:
        started.set()
        assert go_on.wait(10)
        return {"made_at": "", "x": 1}

    monkeypatch.setattr(module, "make_package", make_slowly)
    packages = PackageCache(at_once=1)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(packages.get, clinic, goal, profile="walk", language="en")
        assert started.wait(10)
        with pytest.raises(BusyError):
            packages.get(clinic, goal, profile="easy", language="en")
        go_on.set()
        slow.result(10)
    assert packages.get(clinic, goal, profile="easy", language="en").digest


def test_the_oldest_is_forgotten(
    clinic: Served, goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "make_package", lambda *_, **__: {"made_at": "", "x": 1})
    monkeypatch.setattr(module, "KEPT", 2)
    packages = PackageCache()
    first = packages.get(clinic, goal, profile="walk", language="en")
    for profile in ("easy", "bed"):
        packages.get(clinic, goal, profile=profile, language="en")
    assert packages.get(clinic, goal, profile="walk", language="en") is not first
