"""Edits that somebody at an editor might send, sensible and not, for property tests."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.edit.shown import at, box
from wayfinder.model import Plan, decode_plan, encode_plan

PLAN = decode_plan(
    encode_plan(
        draw_plan(
            """
            level 0
            +-----+-----+-----+
            |A @x |B *wc|lift |
            |     |     |     |
            +--1--+--2--+--4--+
            |hall *post       |
            |                 |
            3                 |
            +-----------------+
            level 1
            +-----+-----+-----+
            |C    |D    |lift |
            |     |     |     |
            +--5--+--6--+--7--+
            |hall1            |
            +-----------------+
        """,
            places={"post": {"category": "signage"}},
        )
    )
)
"""Two floors of rooms along a corridor; stored once, so that its features are in order."""

UNITS = ("A", "A", "B", "B", "hall", "hall", "C", "D", "hall1", "lift@0", "lift@1", "u1", "u2")
DOORS = ("door-1", "door-2", "door-3", "door-5", "d1", "d2")
LEVELS = ("level0", "level0", "level1", "l1")
NEW = ("u1", "u2", "d1", "d2", "l1", "p1", "s1", "r1")
WALLS = (
    ((0, -6), (6, -6)),
    ((6, 0), (6, -6)),
    ((12, -6), (6, -6)),
    ((18, -14), (0, -14)),
    ((2, 0), (4, 0)),
)
"""Of the rooms; the corridor has them too, and the other floor has the same."""
CUTS = (
    [(3, 1), (3, -7)],
    [(-1, -2), (7, -2)],
    [(8, 0), (8, -6)],
    [(0, -10), (18, -9)],
    [(6, 0), (12, -6)],
)
ALL = (*UNITS, *DOORS, *LEVELS, *NEW, "x", "x-anchor", "wc", "post", "venue", "building")

METRES = st.sampled_from([0, 0.004, 1, 2.5, 3, 5.99, 6, 7.2, 9, 12, 16, 18])
CORNERS = st.sampled_from(
    [(0, 0), (6, 0), (12, 0), (0, -6), (6, -6), (12, -6), (0, -14), (12, -14)]
)
SHIFTS = st.sampled_from([(0, 1), (0, -1), (0.5, 0), (-0.5, 0), (0.003, 0.003), (3, 3), (0, 7)])
TEXT = st.sampled_from(["Ward", "病房", "", None])
ZONES = st.sampled_from(["Asia/Shanghai", "UTC", "Nowhere/Else"])


@st.composite
def places(draw: st.DrawFn) -> list[float]:
    return at(draw(METRES), -draw(METRES))


@st.composite
def areas(draw: st.DrawFn) -> list[list[list[float]]]:
    west, north = draw(METRES), -draw(METRES)
    return box(west, north - draw(METRES), west + draw(METRES), north)


@st.composite
def corner_moves(draw: st.DrawFn) -> list[list[list[float]]]:
    moved = []
    dx, dy = draw(SHIFTS)
    for x, y in draw(st.lists(CORNERS, min_size=1, max_size=3, unique=True)):
        moved.append([at(x, y), at(x + dx, y + dy)])
    return moved


@st.composite
def wall_moves(draw: st.DrawFn) -> dict[str, Any]:
    start, end = draw(st.sampled_from(WALLS))
    return {
        "kind": "move-wall",
        "feature": draw(st.sampled_from(UNITS)),
        "start": at(*start),
        "end": at(*end),
        "distance_m": draw(st.sampled_from([0.5, -0.5, 1.5, -2, 40])),
        "alone": draw(st.booleans()),
    }


KINDS = {"move-wall"}
"""Of the actions that are drawn here."""


def _action(kind: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    KINDS.add(kind)
    return st.fixed_dictionaries({"kind": st.just(kind), **arguments})


unit, door, level = st.sampled_from(UNITS), st.sampled_from(DOORS), st.sampled_from(LEVELS)
new, anything = st.sampled_from(NEW), st.sampled_from(ALL)
flag, zone = st.booleans(), st.sampled_from(["s1", "z1"])

SIMPLE: Sequence[st.SearchStrategy[dict[str, Any]]] = (
    _action("rename", feature=anything, names=st.fixed_dictionaries({"en": TEXT})),
    _action(
        "set-properties",
        feature=anything,
        ours=st.sampled_from(
            [{"access": "staff"}, {"access": None}, {"hours": "24/7"}, {"clear_width_m": 2}]
        ),
    ),
    _action("move-vertices", feature=unit, moves=corner_moves(), alone=flag),
    wall_moves(),
    _action("square-unit", feature=unit),
    _action(
        "add-unit",
        id=new,
        level_id=level,
        area=areas(),
        category=st.sampled_from(["room", "walkway", "elevator"]),
        trim=flag,
    ),
    _action(
        "move",
        features=st.lists(unit | level, min_size=1, max_size=2),
        start=places(),
        end=places(),
        turn_deg=st.sampled_from([0, 90, 30.5]),
    ),
    _action("reshape", feature=anything, area=areas()),
    _action(
        "split-unit",
        feature=unit,
        line=st.sampled_from(CUTS).map(lambda cut: [at(*end) for end in cut])
        | st.lists(places(), min_size=2, max_size=3),
        new_id=new,
    ),
    _action("merge-units", features=st.lists(unit, min_size=2, max_size=3)),
    _action("cut-unit", feature=unit, area=areas()),
    _action("cut-unit", feature=unit, by=unit),
    _action("delete", features=st.lists(anything, min_size=1, max_size=2), contents=flag),
    _action("add-door", id=new, level_id=level, at=places(), width_m=st.sampled_from([0.9, 2])),
    _action("move-opening", feature=door, to=places()),
    _action("set-door-width", feature=door, width_m=st.sampled_from([0.8, 1.5])),
    _action("set-one-way", feature=door, to=st.sampled_from(["A", "hall", "outside", None])),
    _action("join-units", feature=door, units=st.lists(unit, min_size=2, max_size=2)),
    _action(
        "link-floors",
        id=st.just("r1"),
        units=st.lists(st.sampled_from(["lift@0", "lift@1", "A"]), min_size=2, max_size=2),
        directed=flag,
    ),
    _action(
        "stack-unit",
        feature=st.just("lift@0") | unit,
        copies=st.lists(
            st.fixed_dictionaries({"level_id": st.sampled_from(["level1", "l1"]), "id": new}),
            min_size=1,
            max_size=2,
        ),
        link_id=st.just("r1"),
        doors=flag,
    ),
    _action("unlink", feature=st.just("r1"), unit=st.none() | st.just("lift@0")),
    _action(
        "add-level", id=st.just("l1"), ordinal=st.sampled_from([-1, 2, 0.5]), short_name=st.just({})
    ),
    _action(
        "copy-level",
        feature=level,
        id=new,
        ordinal=st.sampled_from([-1, 2]),
        short_name=st.just({"en": "X"}),
    ),
    _action("fit-level", feature=level),
    _action("set-ordinal", feature=level, ordinal=st.sampled_from([-1, 3, 0.5])),
    _action(
        "add-amenity",
        id=new,
        level_id=level,
        at=places(),
        category=st.sampled_from(["restroom", "information"]),
    ),
    _action("add-sign", id=new, level_id=level, at=places(), bearing_deg=st.sampled_from([0, 90])),
    _action("move-point", feature=st.sampled_from(["wc", "x", "post", "p1"]), to=places()),
    _action(
        "set-messages",
        feature=st.sampled_from(["post", "s1"]),
        messages=st.lists(
            st.fixed_dictionaries({"to": anything, "arrow": st.sampled_from(["left", "up"])}),
            max_size=2,
        ),
    ),
    _action("add-section", id=zone, level_id=level, units=st.lists(unit, min_size=1, max_size=2)),
    _action(
        "add-way",
        id=st.just("r1"),
        line=st.lists(places(), min_size=2, max_size=3),
        level_ids=st.lists(level, min_size=1, max_size=2),
        directed=flag,
    ),
    _action("connect", id=st.just("r1"), origin=unit, destination=unit, directed=flag, banned=flag),
    _action("set-way", feature=st.just("r1"), banned=flag, directed=flag, turned=flag),
    _action(
        "update-directory",
        rows=st.lists(
            st.fixed_dictionaries({"feature": anything, "names": st.just({"en": "Row"})}),
            min_size=1,
            max_size=2,
        ),
    ),
    _action(
        "add-venue",
        id=new,
        name=st.just({"en": "Site"}),
        display_point=places(),
        area=areas(),
        time_zone=ZONES,
    ),
    _action(
        "add-building",
        id=new,
        name=st.just({"en": "East"}),
        footprint_id=st.sampled_from(["f1", "s1"]),
        area=areas(),
        level_ids=st.lists(level, max_size=2),
    ),
    _action("set-time-zone", feature=st.sampled_from(["venue", "A"]), time_zone=ZONES),
    _action(
        "set-buildings",
        feature=level,
        building_ids=st.lists(st.sampled_from(["building", *NEW]), max_size=2, unique=True),
    ),
    _action(
        "add-area",
        id=new,
        feature_type=st.sampled_from(["fixture", "kiosk"]),
        level_id=level,
        area=areas(),
    ),
    _action(
        "add-wall",
        id=new,
        level_id=level,
        line=st.lists(places(), min_size=2, max_size=3),
        wall=flag,
    ),
    _action("set-direction", feature=unit, direction=st.sampled_from(["up", "down", None])),
    _action(
        "add-occupant",
        id=new,
        anchor_id=st.sampled_from(["a1", "s1"]),
        category=st.just("healthcare"),
        name=st.just({"en": "Eyes"}),
        level_id=level,
        at=places(),
    ),
    _action(
        "add-display",
        id=new,
        level_id=level,
        at=places(),
        bearing_deg=st.sampled_from([0, 180]),
        display_kind=st.sampled_from(["kiosk", "board"]),
    ),
    _action("turn", feature=st.sampled_from(["post", "s1", "wc"]), bearing_deg=st.just(270)),
    _action("cover-units", feature=zone, units=st.lists(unit, min_size=1, max_size=2)),
    _action("add-geofence", id=new, area=areas(), level_ids=st.lists(level, max_size=2)),
    _action("set-level", feature=anything, level=level),
    _action(
        "swap-coordinates",
        features=st.lists(anything, min_size=1, max_size=2) | st.just("all"),
    ),
    _action("set-category", feature=unit, category=st.sampled_from(["room", "lobby", "stairs"])),
)

actions = st.one_of(*SIMPLE) | _action(
    "batch", actions=st.lists(st.one_of(*SIMPLE), min_size=1, max_size=3)
)
"""Documents of actions: most of them can be done on `PLAN`, or on what becomes of it."""

__all__ = ["PLAN", "Plan", "actions"]
