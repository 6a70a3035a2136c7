"""Steps in words: how they read, and what they never hold."""

import re
from dataclasses import replace

import pytest

from tests.guide.test_steps import CORNER, LONG, TWO_FLOORS, _make
from wayfinder.guide.phrases import round_distance_m, say_ordinal, say_step, say_summary
from wayfinder.guide.step import (
    Direction,
    Landmark,
    Place,
    Relation,
    Sight,
    Step,
    StepKind,
    Summary,
)

HERE = Place("level0", 116.4, 39.9, (12.34, 56.78))
PHARMACY = {"en": "the pharmacy", "zh-Hans": "药房"}


def _step(kind: StepKind, direction: Direction | None = None, **rest: object) -> Step:
    return Step(kind, direction, HERE, HERE, **{"distance_m": 0.0, **rest})  # type: ignore[arg-type]


def _landmark(sight: Sight = Sight.DOOR, **rest: object) -> Landmark:
    return Landmark(**{"id": "x-1", "sight": sight, "relation": Relation.AT, **rest})  # type: ignore[arg-type]


def _say(step: Step) -> tuple[str, str]:
    return say_step(step, "zh-Hans"), say_step(step, "en")


def test_a_lift_is_said_with_its_floor_and_the_way_out() -> None:
    lift = _landmark(Sight.LIFT, labels={"en": "3"}, category="elevator")
    step = _step(
        StepKind.LIFT,
        Direction.UP,
        landmark=lift,
        then=Direction.LEFT,
        to_floor={"en": "4"},
        floors=3.0,
    )
    assert _say(step) == (
        "乘3号电梯上到4层，出电梯后左转。",
        "Take lift 3 up to floor 4. When you leave the lift, turn left.",
    )


def test_a_first_door_that_is_far_is_said_with_its_distance() -> None:
    gate = _landmark(labels={"en": "Main Entrance", "zh-Hans": "门诊正门"}, category="lobby")
    step = _step(StepKind.DEPART, landmark=gate, distance_m=60.0)
    assert _say(step) == (
        "前行约60米到门诊正门，穿过门。",
        "Go about 60 m to Main Entrance and through the door.",
    )
    assert "60" not in _say(replace(step, landmark=replace(gate, ordinal=2)))[1]
    assert _say(replace(step, distance_m=6.0))[1] == "Go through the door to Main Entrance."


def test_a_nameless_lift_is_counted() -> None:
    second = _landmark(Sight.LIFT, category="elevator", side=Direction.RIGHT, ordinal=2)
    step = _step(StepKind.LIFT, Direction.DOWN, landmark=second, to_floor={"en": "B1"})
    assert _say(step) == (
        "乘右手边的第二部电梯下到B1。",
        "Take the second lift on your right down to floor B1.",
    )


@pytest.mark.parametrize(
    ("landmark", "said"),
    [
        (None, "Go straight on for about 20 m. At the corner, turn left."),
        (_landmark(Sight.END), "Go straight on for about 20 m. At the end, turn left."),
        (
            _landmark(Sight.TURNING, side=Direction.LEFT, ordinal=2),
            "Go straight on for about 20 m. Take the second turning on the left.",
        ),
        (
            _landmark(relation=Relation.AFTER, labels=PHARMACY),
            "Go straight on for about 20 m. Just after the pharmacy, turn left.",
        ),
        (
            _landmark(labels=PHARMACY),
            "Go straight on for about 20 m. At the pharmacy, turn left.",
        ),
        (
            _landmark(relation=Relation.TOWARDS, labels=PHARMACY),
            "Go straight on for about 20 m. Turn left towards the pharmacy.",
        ),
    ],
)
def test_a_turn_is_said_by_what_marks_it(landmark: Landmark | None, said: str) -> None:
    step = _step(StepKind.TURN, Direction.LEFT, distance_m=21.0, landmark=landmark)
    assert say_step(step, "en") == said


@pytest.mark.parametrize(
    ("landmark", "chinese", "english"),
    [
        (
            _landmark(side=Direction.LEFT, category="restroom"),
            "穿过左手边的卫生间的门。",
            "Go through the door to the toilets on your left.",
        ),
        (
            _landmark(side=Direction.RIGHT, category="room", ordinal=3),
            "穿过右手边的第三扇门。",
            "Go through the third door on your right.",
        ),
        (
            _landmark(side=Direction.STRAIGHT, category="room", ordinal=2),
            "穿过前方从左数的第二扇门。",
            "Go through the second door ahead, counted from the left.",
        ),
        (
            _landmark(side=Direction.STRAIGHT, labels={"en": "F05"}, category="walkway"),
            "穿过前方的F05走廊的门。",
            "Go through the door to corridor F05 straight ahead.",
        ),
    ],
)
def test_a_door_is_said_by_its_sign_or_counted(
    landmark: Landmark, chinese: str, english: str
) -> None:
    assert _say(_step(StepKind.DOOR, landmark.side, landmark=landmark)) == (chinese, english)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (StepKind.EXIT, "Leave the building through the door straight ahead."),
        (StepKind.ENTER, "Enter the building through the door straight ahead."),
    ],
)
def test_buildings_are_left_and_entered(kind: StepKind, said: str) -> None:
    door = _landmark(side=Direction.STRAIGHT, category="outside")
    assert say_step(_step(kind, Direction.STRAIGHT, landmark=door), "en") == said


@pytest.mark.parametrize(
    ("relation", "side", "said"),
    [
        (Relation.TOWARDS, None, "Go towards the pharmacy."),
        (Relation.AWAY, None, "Set off with the pharmacy behind you."),
        (Relation.BESIDE, Direction.LEFT, "Set off with the pharmacy on your left."),
    ],
)
def test_a_bearing_is_taken_from_what_one_sees(
    relation: Relation, side: Direction | None, said: str
) -> None:
    landmark = _landmark(relation=relation, side=side, labels=PHARMACY)
    assert say_step(_step(StepKind.DEPART, landmark=landmark), "en") == said


def test_what_one_turns_towards_is_said_once() -> None:
    landmark = _landmark(relation=Relation.TOWARDS, labels=PHARMACY)
    step = _step(StepKind.TURN, Direction.LEFT, landmark=landmark, towards=landmark)
    assert say_step(step, "en") == "Turn left towards the pharmacy."
    other = replace(landmark, id="x-2", labels={"en": "the café"})
    said = say_step(replace(step, towards=other), "en")
    assert said == "Turn left towards the pharmacy. Go towards the café."


def test_the_first_turn_is_said_before_the_way() -> None:
    assert say_step(_step(StepKind.DEPART, Direction.SHARP_LEFT), "en") == "Turn sharp left."
    assert say_step(_step(StepKind.DEPART), "zh") == "沿走廊出发。"


@pytest.mark.parametrize(("ordinal", "said"), [(1, "nearest"), (2, "second nearest")])
def test_a_room_with_two_doors_alike_is_left_by_the_nearer_or_the_farther(
    ordinal: int, said: str
) -> None:
    landmark = _landmark(category="walkway", ordinal=ordinal)
    text = say_step(_step(StepKind.DEPART, landmark=landmark), "en")
    assert text == f"Go through the {said} door to the corridor."


@pytest.mark.parametrize(
    ("way_out", "said"),
    [
        (_landmark(labels=PHARMACY), "Leave through the door to the pharmacy."),
        (_landmark(side=Direction.AROUND), "Leave through a door on the side you came in by."),
        (_landmark(side=Direction.SLIGHT_LEFT), "Leave through the door on the left."),
    ],
)
def test_stairs_with_several_doors_are_left_by_a_named_one(way_out: Landmark, said: str) -> None:
    step = _step(StepKind.STAIRS, Direction.UP, way_out=way_out, to_floor={"en": "Gallery"})
    assert say_step(step, "en") == f"Take the stairs up to Gallery. {said}"


def test_a_room_known_by_its_department_is_said_with_its_own_name() -> None:
    sign = _landmark(labels=PHARMACY, side=Direction.RIGHT)
    step = _step(StepKind.ARRIVE, Direction.RIGHT, landmark=sign, goal={"en": "Room of Ms Li"})
    assert say_step(step, "en") == "Room of Ms Li (the pharmacy) is on your right."


def test_what_is_in_sight_from_the_start_is_gone_to() -> None:
    step = _step(StepKind.ARRIVE, landmark=_landmark(labels=PHARMACY), distance_m=12.0)
    assert _say(step) == ("前往药房，约10米。", "Go to the pharmacy, about 10 m away.")
    second = _landmark(category="room", ordinal=2)
    assert say_step(_step(StepKind.ARRIVE, landmark=second), "en") == (
        "Your destination is behind the second nearest door."
    )
    # nobody counts to one: how far it is tells the nearest from those behind it
    first = _landmark(labels=PHARMACY, ordinal=1)
    step = _step(StepKind.ARRIVE, landmark=first, distance_m=42.0)
    assert _say(step) == ("前往药房，约40米。", "Go to the pharmacy, about 40 m away.")


@pytest.mark.parametrize(
    ("metres", "said"), [(0.4, 5), (7.4, 5), (12.6, 15), (46.0, 45), (48.0, 50), (114.0, 110)]
)
def test_distances_are_rounded_as_people_speak(metres: float, said: int) -> None:
    assert round_distance_m(metres) == said


@pytest.mark.parametrize(
    ("number", "said"), [(1, "first"), (10, "tenth"), (11, "11th"), (21, "21st"), (22, "22nd")]
)
def test_ordinals(number: int, said: str) -> None:
    assert say_ordinal(number, "en") == said
    assert say_ordinal(23, "zh") == "第23"


def test_the_summary_counts_lifts_and_stairs_with_their_direction() -> None:
    summary = Summary(183.0, (200.0, 330.0), {"lift.up": 2, "stairs.down": 1})
    assert say_summary(summary, "en") == (
        "180 m, about 4 to 6 minutes. 2 lifts up. 1 floor down by stairs."
    )
    assert say_summary(summary, "zh") == "全程180米，约4到6分钟，乘电梯上楼2次，走楼梯下1层。"
    flat = Summary(40.0, (50.0, 50.0))
    assert say_summary(flat, "en") == "40 m, about 1 minute. No stairs and no lifts."


@pytest.mark.parametrize("language", ["en", "zh-Hans", "de"])
def test_words_hold_neither_ids_nor_coordinates_nor_long_sentences(language: str) -> None:
    for text, goal in ((TWO_FLOORS, "F"), (LONG, "C"), (CORNER, "B")):
        for step in _make(text, "A", goal, facing_deg=10.0):
            said = say_step(step, language)
            assert said
            assert "door-" not in said
            assert "@" not in said
            assert not re.search(r"\d\.\d", said)
            assert "{" not in said
            assert all(len(sentence.split()) <= 16 for sentence in re.split(r"[.。]", said))
