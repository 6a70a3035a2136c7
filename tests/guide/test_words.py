"""The words machinery, and what all catalogues must hold to."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message

from wayfinder.guide import catalogues
from wayfinder.guide.catalogues import list_catalogues
from wayfinder.guide.words import (
    LANGUAGES,
    UnknownMessageError,
    find_language,
    say_fix,
    say_issue,
    say_profile,
    say_refusal,
    say_warning,
    translate,
)
from wayfinder.model import Fix, Issue, Severity
from wayfinder.route.journey import Refusal, RouteWarning


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ())


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _messages(language: str) -> dict[tuple[str, str], Message]:
    return {
        (domain, _id(message)): message
        for domain, catalogue in list_catalogues(language)
        for message in catalogue
        if message.id
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_whole(language: str) -> None:
    for domain, catalogue in list_catalogues(language):
        assert not catalogue.fuzzy, domain
        assert not catalogue.obsolete, domain
        for message in catalogue:
            forms = _forms(message)
            wanted = catalogue.num_plurals if message.pluralizable else 1
            assert len(forms) == wanted, message.id
            assert all(form.strip() for form in forms), message.id
            assert not message.fuzzy or not message.id, message.id


def test_languages_have_the_same_messages_with_the_same_placeholders() -> None:
    first, *others = LANGUAGES
    reference = _messages(first)
    assert reference
    for language in others:
        messages = _messages(language)
        assert messages.keys() == reference.keys()
        for key, message in messages.items():
            assert message.pluralizable == reference[key].pluralizable, key
            names = set().union(*map(_placeholders, _forms(reference[key])))
            # a form for one may leave out the number
            for form in _forms(message):
                assert _placeholders(form) | {"count"} == names | {"count"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_plain_names(language: str) -> None:
    for key, message in _messages(language).items():
        for form in _forms(message):
            for _, name, spec, conversion in Formatter().parse(form):
                if name is not None:
                    assert name.isidentifier(), key
                    assert not spec, key
                    assert not conversion, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_steps_has_an_example_that_it_can_say(language: str) -> None:
    for (domain, msgid), message in _messages(language).items():
        if domain != "guide":
            continue
        examples = [c for c in message.auto_comments if c.startswith("Example:")]
        assert examples, f"{msgid} has no example phrase"
        forms = [re.escape(form.strip()) for form in _forms(message)]
        patterns = [re.sub(r"\\\{\w+\\\}", ".+", form) for form in forms]
        for example in examples:
            said = example.partition(":")[2].strip()
            assert any(re.fullmatch(pattern, said) for pattern in patterns), (msgid, example)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_stands_in_one_domain_only(language: str) -> None:
    ids = [message for _, message in _messages(language)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("en-GB", "en"), ("de", "en"), ("", "en")],
)
def test_the_nearest_language_is_spoken(tag: str, language: str) -> None:
    assert find_language(tag) == language


def test_of_languages_those_are_spoken_that_have_catalogues() -> None:
    assert catalogues.list_spoken(["de", "en-GB", "zh", "en"]) == ("en", "zh-Hans")
    assert catalogues.list_spoken(["de"]) == catalogues.list_spoken([]) == LANGUAGES


def test_what_has_no_words_is_said_otherwise() -> None:
    assert catalogues.translate_or("en", "displays.green", "?") != "?"
    assert catalogues.translate_or("en", "displays.reason.unheard-of", "unheard-of") == "unheard-of"


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak from a small catalogue of our own: the messages of others may change."""
    texts: dict[str, str | tuple[str, ...]] = {
        "issue.door-one-sided": "{door} touches one room only.",
        "fix.move": "Move it by {distance} m.",
        "refusal.closed": "Closed: {features}.",
        "warning.closes-soon": "{place} closes soon.",
        "profile.walk": "On foot",
        "lifts": ("{count} lift", "{count} lifts"),
    }
    known = catalogues._load("en")
    made = catalogues._Words(known.locale, texts, lambda n: int(n != 1))
    monkeypatch.setattr(catalogues, "_load", lambda _language: made)


@pytest.mark.usefixtures("catalogue")
def test_values_become_words() -> None:
    issue = Issue("door-one-sided", Severity.WARNING, {"door": {"en": "Door", "de": "Tür"}})
    assert say_issue(issue, "en") == "Door touches one room only."
    assert say_fix(Fix("move", {"distance": 0.50}), "en") == "Move it by 0.5 m."
    refusal = Refusal("closed", {"features": ["A", "B", "C"]}, (), None)
    assert say_refusal(refusal, "en") == "Closed: A, B, and C."
    assert say_warning(RouteWarning("closes-soon", (), {"place": None}), "en") == " closes soon."
    assert say_profile("walk", "en") == "On foot"


@pytest.mark.usefixtures("catalogue")
def test_the_plural_follows_the_count() -> None:
    assert translate("en", "lifts", count=1) == "1 lift"
    assert translate("en", "lifts", count=2) == "2 lifts"
    assert translate("en", "lifts", count=0) == "0 lifts"


@pytest.mark.usefixtures("catalogue")
def test_a_name_cannot_turn_or_break_a_sentence() -> None:
    said = translate("en", "warning.closes-soon", place="X\u202e{evil}\n\u2028Y")
    assert said == "X{evil}  Y closes soon."


@pytest.mark.usefixtures("catalogue")
def test_a_missing_message_or_value_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownMessageError, match=r"issue\.nonsense"):
        translate("en", "issue.nonsense")
    with pytest.raises(UnknownMessageError, match="place"):
        translate("en", "warning.closes-soon")
