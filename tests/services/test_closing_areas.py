"""Staff find areas that nobody has named, by what they are, where, and by the rooms in them."""

from datetime import UTC, datetime

import pytest

from tests.areas import draw_areas
from wayfinder.guide.answer import name_place
from wayfinder.model import Closure, Conditions, Release
from wayfinder.services import closing
from wayfinder.services.closing_areas import find_areas
from wayfinder.services.named import name_features
from wayfinder.services.served import Served, make_served

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def served() -> Served:
    return make_served("clinic", Release(draw_areas(), 1))


def test_areas_are_told_by_their_rooms_and_floors(served: Served) -> None:
    east = closing.find_closable(served, "east", "en")
    assert east is not None
    assert (east.name, east.where, east.level_id) == ("Area with C and D", "Floor F1", "level0")
    assert (east.is_area, east.features) == (True, ("east",))
    fence = closing.find_closable(served, "fence", "en")
    assert fence is not None
    assert (fence.name, fence.where) == ("Isolation", "Floor F1 and Floor F2")
    in_chinese = closing.find_closable(served, "east", "zh-Hans")
    assert in_chinese is not None
    assert in_chinese.name.startswith("区域（")
    room = closing.find_closable(served, "C", "en")
    assert room is not None
    assert not room.is_area


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area", ("east", "fence")),
        ("zone", ("east", "fence")),
        ("区域", ("east", "fence")),
        ("isolat", ("fence",)),
        ("area F2", ("fence",)),
        ("D", ("east",)),
        ("nothing such", ()),
        ("", ()),
    ],
)
def test_areas_are_found_by_name_kind_floor_and_rooms(
    served: Served, query: str, found: tuple[str, ...]
) -> None:
    assert find_areas(served, query) == found


def test_patients_do_not_find_what_has_no_name_and_no_geofences(served: Served) -> None:
    for query in ("area", "zone", "isolation"):
        hits = served.directory.search(query, language="en").hits
        assert {"east", "fence"}.isdisjoint(hit.id for hit in hits)
    ids = {one.id for one in closing.search_closable(served, "isolation", "en", limit=10)}
    assert "fence" in ids


def test_the_areas_of_a_floor_follow_that_itself(served: Served) -> None:
    def list_ids(level_id: str | None) -> list[str]:
        found = closing.list_closable_areas(served, "en", level_id=level_id)
        return [one.id for one in found]

    assert list_ids("level0") == ["level0", "east", "fence"]
    assert list_ids("level1") == ["level1", "fence"]
    assert list_ids(None) == ["east", "fence"]


def test_patients_read_no_id_where_an_area_without_a_name_is_closed(served: Served) -> None:
    closed = served.with_conditions(Conditions((Closure("east"),)), 1)
    room = closing.find_closable(closed, "C", "en")
    assert room is not None
    assert closing.say_why_shut(closed, room, NOW, "en").startswith("This area: ")
    assert name_place(closed.network, "east", "en") == "This area"
    assert name_place(closed.network, "fence", "en") == "Isolation"
    assert name_features(closed.plan, ["east"], "en").startswith("section")
