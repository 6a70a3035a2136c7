"""JSON from strangers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.strategies import JSON
from wayfinder.formats import UnreadableError
from wayfinder.formats.limits import MAX_JSON_DEPTH, MAX_JSON_VALUES
from wayfinder.formats.safe_json import encode_json, parse_json


@given(JSON)
def test_what_is_written_is_read_back(value: object) -> None:
    text = encode_json(value)
    assert parse_json(text, "x.json") == (value, ())
    assert encode_json(parse_json(text, "x.json")[0]) == text


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("[1, NaN]", "number-not-finite", "x.json: line 1, column 5"),
        ("[1,\n -Infinity]", "number-not-finite", "x.json: line 2, column 2"),
        ("[1e309]", "number-not-finite", "x.json: line 1, column 2"),
        ("[-1E+999]", "number-not-finite", "x.json: line 1, column 2"),
        ("[" + "7" * 5000 + "]", "number-too-long", "x.json: line 1, column 2"),
        ("[0." + "7" * 5000 + "]", "number-too-long", "x.json: line 1, column 2"),
        ('["\\ud800"]', "unstorable-text", "x.json"),
        ('{"\\udfff": 1}', "unstorable-text", "x.json"),
        ('{"a": {"b": "\\u0000"}}', "unstorable-text", "x.json"),
        ('["a\x00b"]', "not-json", "x.json: line 1, column 4"),
        ("[" * 100_000, "too-deep", "x.json"),
        ("[" * 65 + "]" * 65, "too-deep", "x.json"),
        ('{"a":' * 65 + "1" + "}" * 65, "too-deep", "x.json"),
        ('{"a": 1', "not-json", "x.json: line 1, column 8"),
        ("", "not-json", "x.json: line 1, column 1"),
        ("{'a': 1}", "not-json", "x.json: line 1, column 2"),
    ],
)
def test_what_nothing_could_store_is_refused(text: str, code: str, place: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_json(text.encode(), "x.json")
    assert (caught.value.code, caught.value.place) == (code, place)


def test_other_encodings_are_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_json('["放射科"]'.encode("gbk"), "x.json")
    assert (caught.value.code, caught.value.place) == ("not-utf8", "x.json: byte 2")


def test_as_deep_as_allowed() -> None:
    text = b"[" * MAX_JSON_DEPTH + b"]" * MAX_JSON_DEPTH
    assert parse_json(text, "x.json")[0] is not None


def test_a_surrogate_pair_is_a_character() -> None:
    assert parse_json(b'["\\ud83c\\udfe5"]', "x.json")[0] == ["🏥"]


def test_a_byte_order_mark_is_passed_over() -> None:
    value, issues = parse_json(b"\xef\xbb\xbf[1]", "x.json")
    assert value == [1]
    assert [issue.code for issue in issues] == ["byte-order-mark"]


def test_of_repeated_members_the_last_counts() -> None:
    value, issues = parse_json(b'[{"a": 1, "a": 2, "b": 3}]', "x.json")
    assert value == [{"a": 2, "b": 3}]
    assert [(issue.code, dict(issue.values)) for issue in issues] == [
        ("duplicate-member", {"file": "x.json", "member": "a"})
    ]


def test_too_many_values_are_refused_before_they_are_read() -> None:
    text = b"[" + b"[]," * (MAX_JSON_VALUES // 2) + b"[]]"
    with pytest.raises(UnreadableError) as caught:
        parse_json(text, "x.json")
    assert caught.value.code == "too-many-values"


def test_numbers_keep_their_value() -> None:
    text = b"[0.1, 9.957450164281378, -0.0, 1e300, 5e-324, 12345678901234567890, 1.0]"
    assert encode_json(parse_json(text, "x.json")[0]) == text.replace(b"1e300", b"1e+300")


@given(st.binary(max_size=40) | JSON.map(lambda value: json.dumps(value).encode()[:-1]))
def test_any_bytes_give_a_value_or_one_error(data: bytes) -> None:
    value, error = try_to_parse(data)
    if error is None:
        encode_json(value)
    else:
        assert error.place.startswith("x.json")
        assert "\n" not in str(error)


def try_to_parse(data: bytes) -> tuple[object, UnreadableError | None]:
    try:
        return parse_json(data, "x.json")[0], None
    except UnreadableError as error:
        return None, error


@pytest.mark.parametrize(("value", "error"), [(float("nan"), ValueError), ({1}, TypeError)])
def test_what_is_no_json_is_not_written(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        encode_json(value)
