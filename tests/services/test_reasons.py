"""Why something is closed, by itself and within a sentence."""

from wayfinder.services import reasons


def test_reasons_are_said_in_all_languages() -> None:
    assert reasons.make_reason("", {}) == {}
    assert reasons.make_reason("no such", {"en": " "}) == {}
    for phrase in reasons.PHRASES:
        assert set(reasons.make_reason(phrase, {})) == {"zh-Hans", "en"}
    own = reasons.make_reason("works", {"en": " New doors "})
    assert own == {"zh-Hans": "施工", "en": "New doors"}
    assert reasons.make_reason("", {"zh-Hans": "换门"})["en"] == "For operational reasons"


def test_a_ready_reason_begins_small_within_a_sentence_and_a_name_does_not() -> None:
    ready = reasons.make_reason("broken", {})
    assert reasons.say_within(ready, "en") == "out of order"
    assert reasons.say_within(ready, "zh-Hans") == "设备故障"
    assert reasons.say_within({"en": "Easter fair"}, "en") == "Easter fair"
    assert reasons.say_within({}, "en") == ""
