"""The ways between the buildings, by day, at night, on foot and with a bed."""

import pytest

from floorplans.drawing.kit import Hospital
from floorplans.drawing.layout import LINK_BD
from tests.floorplans.traveller import DAY, NIGHT, Traveller
from wayfinder.route import Refusal, Router

STEEPEST = 1 / 12
HIGHEST_RUN_M = 0.75
"""What a ramp of 1:12 may rise without a level rest (GB 50763)."""


@pytest.fixture(scope="module")
def traveller(router: Router) -> Traveller:
    """Return somebody who knows all ways of the hospital."""
    return Traveller(router)


@pytest.mark.parametrize(
    ("start", "end", "floors"),
    [
        ("REG", "IMGREG", ["A 1F", "B 1F"]),
        ("CARD", "US", ["A 2F", "B 2F"]),
        ("ORTH", "ENDO", ["A 3F", "B 3F"]),
        ("REH", "ECG", ["C 2F", "B 2F"]),
        ("IMGREG", "TRI", ["B 1F", "D 1F"]),
    ],
)
def test_by_day_a_link_leads_straight_across_for_everybody(
    traveller: Traveller, start: str, end: str, floors: list[str]
) -> None:
    for profile in ("walk", "easy", "wheelchair"):
        journey = traveller.go(start, end, profile=profile)
        assert traveller.trace(journey) == floors
        assert journey.verified
        back = traveller.go(end, start, profile=profile)
        assert traveller.trace(back) == floors[::-1]


@pytest.mark.parametrize(("start", "end"), [("REG", "IMGREG"), ("TRI", "IMGREG"), ("REH", "ECG")])
def test_at_night_diagnostics_is_shut_to_the_public(
    traveller: Traveller, start: str, end: str
) -> None:
    refusal = traveller.ask(start, end, at=NIGHT)
    assert isinstance(refusal, Refusal)
    assert refusal.code in {"outside-hours", "no-route"}
    assert refusal.without is not None
    assert refusal.without["at"] == "2026-11-24T07:00:00+08:00"


@pytest.mark.parametrize("at", [DAY, NIGHT])
@pytest.mark.parametrize("profile", ["walk", "easy", "wheelchair"])
def test_the_two_night_windows_are_always_reached_from_emergency(
    traveller: Traveller, profile: str, at: str
) -> None:
    journey = traveller.go("ED", "NLAB", "NPH", "ED", profile=profile, at=at)
    assert traveller.trace(journey) == ["D 1F", "B 1F", "D 1F"]
    assert journey.verified


def test_whoever_needs_a_night_window_comes_by_the_emergency_entrance(
    traveller: Traveller,
) -> None:
    told = traveller.trace(traveller.go("南门", "NPH", at=NIGHT))
    assert told == ["outdoors", "D 1F", "B 1F"]


@pytest.mark.parametrize("at", [DAY, NIGHT])
def test_beds_go_between_the_buildings_at_any_time(traveller: Traveller, at: str) -> None:
    told = traveller.trace(traveller.go("RES", "OR01", profile="bed", at=at))
    assert told == ["D 1F", "B 1F", told[2], "B 4F"]
    assert told[2] in {"B-2", "B-3"}
    told = traveller.trace(traveller.go("ICUWARD", "REH", profile="bed", at=at))
    assert told[0] == "B 4F"
    assert told[-2:] == ["B 2F", "C 2F"]


def test_the_ramp_falls_as_far_as_the_floors_differ_and_rests_on_the_way(drawn: Hospital) -> None:
    runs = [s for s in drawn.buildings["B"].floors["1F"].spaces if s.category == "ramp"]
    falls = [space.box.width_m * space.wayfinder["incline"] for space in runs]
    assert sum(falls) == pytest.approx(0.9, abs=0.01)
    assert max(falls) < HIGHEST_RUN_M
    assert all(space.wayfinder["incline"] <= STEEPEST for space in runs)
    west, east = sorted(space.box.x0 for space in runs)
    assert east - west - runs[0].box.width_m >= 1.5
    assert all(LINK_BD.x0 <= space.box.x0 < space.box.x1 <= LINK_BD.x1 for space in runs)
