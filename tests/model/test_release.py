"""Equal plans have equal hashes; a snapshot is a release and what holds today."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.model import (
    Closure,
    Conditions,
    Plan,
    Release,
    Snapshot,
    encode_canonical,
    encode_plan,
    hash_plan,
    make_feature,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_canonical_json_says_the_same_and_stays_as_it_is(value: object) -> None:
    text = encode_canonical(value)
    assert json.loads(text) == value
    assert encode_canonical(json.loads(text)) == text


def test_equal_values_have_equal_texts() -> None:
    assert encode_canonical({"b": 1, "a": [1.0, -0.0]}) == b'{"a":[1,0],"b":1}'
    assert encode_canonical({"a": [1, 0], "b": 1.0}) == b'{"a":[1,0],"b":1}'
    assert encode_canonical("科") == '"科"'.encode()
    assert encode_canonical(b"\x00") == b'{"base64":"AA=="}'


@pytest.mark.parametrize(
    ("value", "error"),
    [(float("nan"), ValueError), (float("inf"), (ValueError, OverflowError)), ({1, 2}, TypeError)],
)
def test_what_is_no_json_is_refused(
    value: object, error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    with pytest.raises(error):
        encode_canonical(value)


def test_the_hash_is_of_the_content_alone() -> None:
    a = make_feature("a", "unit", None, {"name": {"en": "A", "zh": "甲"}})
    b = make_feature("b", "unit")
    one, other = (
        Plan.of([a, b]),
        Plan.of([b, make_feature("a", "unit", None, {"name": {"zh": "甲", "en": "A"}})]),
    )
    assert encode_plan(one) == encode_plan(other)
    assert Release(one, 1).hash == Release(other, 2).hash == hash_plan(one)
    assert hash_plan(one).startswith("sha256:")
    assert len(hash_plan(one)) == 71
    changed = [
        one.with_features(b.with_properties(category="room")),
        one.without("b"),
        Plan.of([a, b], manifest={"version": "1.0.0"}),
        Plan.of([a, b], leftovers={"notes.txt": b"x"}),
        Plan.of([a, make_feature("b", "unit", None, {}, {"bbox": [1]})]),
    ]
    assert len({hash_plan(plan) for plan in [one, *changed]}) == 6


def test_a_release_has_a_number() -> None:
    with pytest.raises(ValueError, match="-1"):
        Release(Plan.of([]), -1)
    snapshot = Snapshot(Release(Plan.of([]), 3))
    assert snapshot.plan is snapshot.release.plan
    assert snapshot.conditions == Conditions()


def test_closures_hold_from_start_until_end() -> None:
    hour = timedelta(hours=1)
    closure = Closure("lift", NOON, NOON + hour)
    assert [closure.holds_at(NOON + shift) for shift in (-hour, 0 * hour, hour)] == [
        False,
        True,
        False,
    ]
    conditions = Conditions((closure, Closure("door")))
    assert conditions.closed_at(NOON) == {"lift", "door"}
    assert conditions.closed_at(NOON + hour) == {"door"}


def test_instants_have_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Closure("lift", datetime(2026, 3, 1))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("wait_s", [-1.0, float("nan"), float("inf")])
def test_a_wait_that_is_no_time_is_refused(wait_s: float) -> None:
    with pytest.raises(ValueError, match="'lift'"):
        Conditions(lift_wait_s={"lift": wait_s})
