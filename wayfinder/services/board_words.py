"""What a board says of closures and hours, in all languages at once."""

from datetime import datetime

from wayfinder.guide.board import Instead
from wayfinder.guide.catalogues import translate
from wayfinder.guide.pointing import name_arrow
from wayfinder.languages import LANGUAGES
from wayfinder.model import Closure, Labels, pick_label
from wayfinder.model.categories import LIFT
from wayfinder.services.hours import say_time, say_when
from wayfinder.services.reasons import say_within


def say_closure(
    closure: Closure,
    labels: Labels,
    at: datetime,
    *,
    is_machine: bool,
    floor: Labels,
    instead: Instead | None,
) -> Labels:
    """Say what is closed, until when, why, and what to take instead.

    Parameters
    ----------
    closure
        The closure.
    labels
        Name of what is closed.
    at
        Now; aware, in the venue's time zone.
    is_machine
        Whether it is a lift or an escalator: those are out of service rather than closed.
    floor
        Label of its floor, where that is not the reader's.
    instead
        What to take instead, or None.

    Returns
    -------
    Mapping
        Language to one sentence, or two.
    """
    said: dict[str, str] = {}
    for language in LANGUAGES:
        name = pick_label(labels, language)
        level = pick_label(floor, language)
        if level:
            name = translate(language, "board.floor", name=name, floor=level)
        text = translate(language, f"board.{'machine' if is_machine else 'place'}", name=name)
        if closure.end is not None:
            when = say_when(closure.end.astimezone(at.tzinfo), at, language, form="until")
            text = translate(language, "board.until", text=text, when=when)
        why = say_within(closure.reason, language)
        if why:
            text = translate(language, "board.why", text=text, reason=why)
        text = translate(language, "board.sentence", text=text)
        if instead is not None:
            then = _say_instead(instead, language)
            text = translate(language, "board.both", first=text, then=then)
        said[language] = text
    return said


def _say_instead(instead: Instead, language: str) -> str:
    kind = "instead-lift" if instead.category == LIFT else "instead"
    other = pick_label(instead.labels, language)
    text = translate(language, f"board.{kind}", other=other)
    text = translate(language, "board.where", text=text, where=name_arrow(instead.arrow, language))
    return translate(language, "board.sentence", text=text)


def say_hours(opens_at: datetime | None, at: datetime) -> Labels:
    """Say of what is outside its hours when it opens, or that it is closed.

    Parameters
    ----------
    opens_at
        Aware, in the venue's time zone, today or tomorrow; None where nobody knows.
    at
        Now; aware, in the venue's time zone.
    """
    said: dict[str, str] = {}
    for language in LANGUAGES:
        if opens_at is None:
            said[language] = translate(language, "board.shut")
            continue
        day = "today" if opens_at.date() == at.date() else "tomorrow"
        time = say_time(opens_at.hour * 60 + opens_at.minute, language)
        said[language] = translate(language, f"board.opens-{day}", time=time)
    return said
