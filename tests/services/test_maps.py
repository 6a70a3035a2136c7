"""Maps for pages: the right floor, heads up where the facing is known, drawn once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wayfinder.draw.overlay import Here
from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.maps import MapSize, draw_floor, draw_way, list_levels
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served, make_served

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SIZE = MapSize(400, 400)


@pytest.fixture(scope="module")
def served() -> Served:
    return make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 1))


def go(served: Served, origin: str, goal: str, profile: str = "wheelchair") -> Way:
    ids = [served.directory.find_exact(name)[0] for name in (origin, goal)]
    found = find_way(served, ids[0], ids[1:], profile=profile, at=MONDAY)
    assert isinstance(found, Way)
    return found


def test_a_way_has_its_floors_in_the_order_in_which_one_comes_to_them(served: Served) -> None:
    up, down = go(served, "1-01", "PED"), go(served, "PED", "1-01")
    assert list_levels(up) == tuple(reversed(list_levels(down)))
    assert len(list_levels(up)) == 2
    assert len(list_levels(go(served, "1-01", "1-01"))) == 1


def test_the_first_floor_is_heads_up_and_the_next_as_the_walls_run(served: Served) -> None:
    way = go(served, "1-01", "PED")
    first, second = (draw_way(way, level, language="en", size=SIZE) for level in list_levels(way))
    assert "You are here" in first
    assert "You are here" not in second
    # the reader looks east, so north is on the left
    assert "rotate(-90)" in first
    assert "rotate(-90)" not in second


def test_the_whole_floor_shows_what_lies_off_the_way(served: Served) -> None:
    way = go(served, "1-03", "PHA", "walk")
    (level,) = list_levels(way)
    part = draw_way(way, level, language="en", size=SIZE)
    whole = draw_way(way, level, language="en", size=MapSize(900, 400), whole=True)
    assert ">Blood" not in part
    assert ">Blood" in whole


def test_a_drawing_is_made_once_whoever_asks(served: Served) -> None:
    way = go(served, "1-01", "PED")
    level = list_levels(way)[0]
    once = draw_way(way, level, language="en", size=SIZE)
    assert draw_way(go(served, "1-01", "PED"), level, language="en", size=SIZE) is once
    assert draw_way(way, level, language="zh-Hans", size=SIZE) is not once
    floor = draw_floor(served, level, language="en", size=SIZE)
    assert draw_floor(served, level, language="en", size=SIZE) is floor


def test_around_a_reader_less_is_shown_than_the_floor(served: Served) -> None:
    sign = next(iter(served.signs.values()))
    here = Here(sign.point, sign.facing_deg)
    near = draw_floor(
        served, sign.level_id, language="en", size=SIZE, here=here, around=True, linked=True
    )
    assert "You are here" in near
    assert "<style" not in near
    with pytest.raises(KeyError):
        draw_floor(served, "nowhere", language="en", size=SIZE)
