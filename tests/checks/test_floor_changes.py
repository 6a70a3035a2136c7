"""Lifts and stairs lead where they stop, as far as everybody may use them."""

from collections.abc import Collection

from tests.ascii_plan import draw_plan
from tests.checks.hung import route
from wayfinder.checks.floor_changes import FloorChanges
from wayfinder.checks.stroll import Strolls

HOUSE = """
    level 0
    +------+------------+------+
    |lift  |hall        |stairs|
    |      1            2      |
    +------+-----0------+------+

    level 1
    +------+------------+------+
    |lift  |hall        |stairs|
    |      3            4      |
    +------+------------+------+

    level 2
    +------+------------+------+
    |lift  |hall        |stairs|
    |      5            6      |
    +------+------------+------+
"""


def change(closed: Collection[str] = ()) -> FloorChanges:
    network = route(draw_plan(HOUSE)).network
    return FloorChanges(network, Strolls(network, closed), closed)


def test_a_lift_and_stairs_go_to_all_other_floors() -> None:
    shafts = change().shafts
    assert shafts["lift@1"].to == {"level0": ("lift@0",), "level2": ("lift@2",)}
    assert not shafts["lift@1"].stepped
    assert shafts["stairs@0"].to.keys() == {"level1", "level2"}
    assert shafts["stairs@0"].stepped


def test_nobody_uses_a_closed_one_or_gets_out_there() -> None:
    shafts = change({"lift@2"}).shafts
    assert "lift@2" not in shafts
    assert shafts["lift@0"].to.keys() == {"level1"}


def test_who_comes_out_stands_before_the_door_and_looks_away_from_it() -> None:
    ((node, stance),) = change().list_exits("lift@1")
    assert stance.level_id == "level1"
    assert 7.0 < stance.at[0] < 9.0
    assert stance.heading[0] > 0.99
    assert node in stance.region.nodes
    ((_, other),) = change().list_exits("stairs@1")
    assert other.heading[0] < -0.99
