"""What an answer says to whom, and what speaks against it: every language, and what is true now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.model import find_display
from wayfinder.model.labels import has_language, pick_label
from wayfinder.services.closing import find_closable
from wayfinder.services.feedback.answers import Answer, answer, check_answer, make_answer
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.inbox import get_item
from wayfinder.services.served import Served
from wayfinder.store import Store
from wayfinder.store.audit import Actor
from wayfinder.store.feedback import ReportRecord

READY = ("mended", "lift-back", "sign-back", "clear", "map-right", "at-it")
"""Answers that are ready in all languages: ``feedback.ready.<name>``."""
_ONGOING = "at-it"
"""Of these the one with which nothing is done yet."""
ONE_LANGUAGE, SHUT = "one-language", "shut"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as somebody reads it.

    Parameters
    ----------
    text
        In the reader's language.
    own, own_language
        What staff wrote themselves, where that is in another language, and in which; else empty.
    now
        What of it is closed now, a sentence each.
    is_done
        Whether what was reported is mended, as far as one knows now.
    """

    text: str
    own: str = ""
    own_language: str = ""
    now: tuple[str, ...] = ()
    is_done: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as staff give it.

    Parameters
    ----------
    ready
        One of `READY`; anything else: one's own words alone.
    own
        Language to one's own words; those that are empty do not count.
    days
        For how long it is shown.
    is_sure
        Whether what speaks against it was looked at.
    """

    ready: str
    own: Mapping[str, str]
    days: int
    is_sure: bool = False

    @property
    def text(self) -> dict[str, str]:
        """One's own words, and in the other languages the ready ones."""
        said = {language: text for language, text in self.own.items() if text.strip()}
        if self.ready not in READY:
            return said
        ready = f"feedback.ready.{self.ready}"
        return {**{language: translate(language, ready) for language in LANGUAGES}, **said}

    @property
    def state(self) -> str:
        """How far the report has come with it: what is worked on is not done."""
        return "in-work" if self.ready == _ONGOING else "done"


def give_answer(
    store: Store, slug: str, report_id: int, *, given: Given, served: Served | None, who: Actor
) -> ReportRecord:
    """Let an answer be shown, if nothing speaks against it or whoever gives it is sure.

    Raises
    ------
    UnknownError
        The venue has no report of that number.
    FeedbackError
        Nothing is said, too much, for too long, or something speaks against it: `list_doubts`.
    """
    check_answer(given.text, given.days)
    record = get_item(store, slug, report_id).record
    if not given.is_sure and list_doubts(served, record, given, datetime.now(UTC)):
        raise FeedbackError("answer-doubtful")
    return answer(store, slug, report_id, given.text, days=given.days, who=who, state=given.state)


def list_doubts(
    served: Served | None, record: ReportRecord, given: Given, at: datetime
) -> list[str]:
    """List why an answer to a report is better thought over: `ONE_LANGUAGE`, `SHUT`."""
    made = make_answer(record, given.text, at, state=given.state)
    found = []
    if not all(has_language(made.text, language) for language in LANGUAGES):
        found.append(ONE_LANGUAGE)
    if made.is_done and served is not None and say_shut(served, made, LANGUAGES[0], at):
        found.append(SHUT)
    return found


def show_answer(served: Served, given: Answer, language: str, at: datetime) -> Shown:
    """Say an answer to somebody: what is true now, and nothing in a language alone that is foreign.

    Parameters
    ----------
    served
        The venue.
    given
        The answer.
    language
        Language of the page.
    at
        Aware instant.
    """
    now = say_shut(served, given, language, at) if given.is_done else ()
    is_done = given.is_done and not now
    if has_language(given.text, language):
        return Shown(pick_label(given.text, language), now=now, is_done=is_done)
    own_language, own = next(iter(given.text.items()))
    standard = "standard-done" if given.is_done else f"ready.{_ONGOING}"
    text = translate(language, f"feedback.{standard}")
    return Shown(text, own, own_language, now, is_done)


def say_shut(served: Served, given: Answer, language: str, at: datetime) -> tuple[str, ...]:
    """Say what of that which an answer is about is closed at an instant, a sentence each.

    Of a lift that was told of at a sign nobody knows which one it is: it may be any of the
    building.
    """
    closed = [one.feature for one in served.conditions.closures if one.holds_at(at)]
    about = {*given.features, *_list_units(served, given.features)}
    homes = {hit.building for one in about if (hit := served.directory.make_hit(one))}
    said: dict[str, None] = {}
    for feature in closed:
        thing = find_closable(served, feature, language)
        if thing is None:
            continue
        hit = served.directory.make_hit(feature)
        near = hit is not None and hit.building in homes
        if not about.isdisjoint(thing.features) or (
            given.kind == "lift-out" and thing.is_machine and near
        ):
            what = "machine" if thing.is_machine else "place"
            said[translate(language, f"feedback.shut-{what}", name=thing.name)] = None
    return tuple(said)


def _list_units(served: Served, features: Iterable[str]) -> Iterable[str]:
    """Yield the units in which signs and screens hang."""
    for one in features:
        placed = served.signs.get(one) or find_display(served.plan, one)
        if placed is not None:
            yield placed.unit_id
