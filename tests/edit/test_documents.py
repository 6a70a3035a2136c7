"""Actions are read strictly, and what is no action is refused with its place."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from wayfinder.edit import (
    ACTIONS,
    EditError,
    MalformedActionError,
    parse_action,
    parse_offered,
    write_action,
)
from wayfinder.edit.plain import SENT, check_plain
from wayfinder.model import encode_plan

PLAN = draw_plan(
    """
    +---+---+
    |A  |B  |
    +-1-+-2-+
    |hall   |
    +-------+
"""
)

RENAME = {"kind": "rename", "feature": "A", "names": {"en": "Ward"}}


def deep(levels: int) -> object:
    value: object = 0
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("document", "code", "place"),
    [
        (None, "action-malformed", ""),
        ([], "action-malformed", ""),
        ({}, "action-unknown", None),
        ({"kind": []}, "action-unknown", None),
        ({"kind": "explode"}, "action-unknown", None),
        ({"kind": "rename", "names": {}}, "action-malformed", "feature"),
        ({**RENAME, "extra": 1}, "action-malformed", "extra"),
        ({**RENAME, "feature": 1}, "action-malformed", "feature"),
        ({**RENAME, "feature": ""}, "action-malformed", "feature"),
        ({**RENAME, "names": {"en": 5}}, "action-malformed", "names.en"),
        ({**RENAME, "names": {"en": "x" * 501}}, "action-malformed", "names.en"),
        ({**RENAME, "feature": "A\x00"}, "action-malformed", "feature"),
        ({**RENAME, "names": {"en": "\ud800"}}, "action-malformed", "names.en"),
        ({**RENAME, "names": {"\udfff": "x"}}, "action-malformed", "names"),
        ({**RENAME, "names": {1: "x"}}, "action-malformed", "names"),
        ({**RENAME, "names": float("nan")}, "action-malformed", "names"),
        ({**RENAME, "names": b"x"}, "action-malformed", "names"),
        ({**RENAME, "names": 2**60}, "action-malformed", "names"),
        ({**RENAME, "member": "phone"}, "action-malformed", "member"),
        (
            {"kind": "move-vertices", "feature": "A", "moves": [[[0, 0], [0, float("inf")]]]},
            "action-malformed",
            "moves[0][1][1]",
        ),
        (
            {"kind": "move-vertices", "feature": "A", "moves": [[[0, 0], [0, True]]]},
            "action-malformed",
            "moves[0][1][1]",
        ),
        (
            {"kind": "move-vertices", "feature": "A", "moves": [[[0, 0], [181, 0]]]},
            "action-malformed",
            "moves[0][1][0]",
        ),
        (
            {"kind": "move-vertices", "feature": "A", "moves": [[[0, 0], [1, 0, 0]]]},
            "action-malformed",
            "moves[0][1]",
        ),
    ],
)
def test_what_is_no_action_is_refused_with_its_place(
    document: object, code: str, place: str | None
) -> None:
    with pytest.raises(MalformedActionError) as caught:
        parse_offered(document)
    assert caught.value.code == code
    assert caught.value.values.get("place") == place


def test_depth_and_size_are_bounded() -> None:
    check_plain(deep(SENT.depth), SENT)
    with pytest.raises(MalformedActionError, match="deeper"):
        check_plain(deep(SENT.depth + 1), SENT)
    with pytest.raises(MalformedActionError, match="deeper"):
        check_plain(deep(100_000), SENT)
    with pytest.raises(MalformedActionError, match="action-too-large"):
        check_plain([0] * (SENT.values + 1), SENT)
    with pytest.raises(MalformedActionError, match="characters"):
        check_plain({"a": "x" * 30_000}, SENT)


def test_what_was_stored_is_read_however_it_strays() -> None:
    stray = {"deep": deep(60), "large": 10**60, "long": "x" * 30_000}
    plan = PLAN.with_features(PLAN["A"].with_properties(**stray))
    edit = parse_offered(RENAME).apply(plan)
    back = parse_action(write_action(edit.revert)).apply(edit.plan).plan
    assert encode_plan(back) == encode_plan(plan)


def test_what_the_program_alone_makes_is_not_taken_from_people() -> None:
    revert = write_action(parse_offered(RENAME).apply(PLAN).revert)
    assert parse_action(revert).kind == "restore"
    with pytest.raises(MalformedActionError, match="action-unknown"):
        parse_offered(revert)


@pytest.mark.parametrize(
    "features",
    [
        {"A": {}},
        {"A": {"id": "A"}},
        {"A": {"id": 5, "feature_type": "unit", "geometry": None, "properties": {}}},
        {"A": {"id": "A", "feature_type": "unit", "geometry": [], "properties": {}}},
        {"A": {"id": "B", "feature_type": "unit", "geometry": None, "properties": {}}},
    ],
)
def test_a_log_that_was_tampered_with_restores_nothing(features: dict[str, Any]) -> None:
    with pytest.raises(MalformedActionError):
        parse_action({"kind": "restore", "features": features}).apply(PLAN)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = sorted({field.name for made in ACTIONS.values() for field in fields(made)})


@given(
    kind=st.sampled_from(sorted(ACTIONS)),
    arguments=st.dictionaries(st.sampled_from(FIELDS), JSON | st.sampled_from(["A", "door-1"])),
)
def test_anything_is_an_action_or_an_error(kind: str, arguments: dict[str, Any]) -> None:
    try:
        parse_action({"kind": kind, **arguments}).apply(PLAN)
    except EditError as error:
        assert error.code  # noqa: PT017 - or it was done
