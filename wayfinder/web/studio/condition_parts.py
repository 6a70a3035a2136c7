"""What the pages about conditions share: rows of a list, texts in languages, refusals in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.errors import CodedError
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.model import Labels, pick_label
from wayfinder.model.conditions import SURFACES
from wayfinder.services import conditions
from wayfinder.services.closing import find_closable
from wayfinder.services.condition_log import EndedByHand, find_undoable
from wayfinder.services.condition_sets import BY_HOURS, find_named_set
from wayfinder.services.served import Served
from wayfinder.store import ConflictError
from wayfinder.store.conditions import CLOSURE, HOURS, ConditionDraft, ConditionRecord
from wayfinder.web.api.writing import follow
from wayfinder.web.language import choose_language
from wayfinder.web.site import get_site
from wayfinder.web.studio.page import flash, go_to
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import SOON, FormError

_T = TypeVar("_T")
_LARGEST = 2**31
_NAMED = 4
"""So many names are said of a condition about many features (ours)."""
_ICONS = {CLOSURE: "closed", HOURS: "clock"}


@dataclass(frozen=True, slots=True)
class Row:
    """A condition as lists show it.

    Parameters
    ----------
    id
        Of its row in the store; None where it is gone.
    kind, icon
        What it is.
    name
        What it is about, or what a notice says.
    what
        What it is in a word or two: closed, out of service, other hours.
    reason
        Why; of a notice where it is shown and about what.
    start, end
        From when until when; None: since ever, until further notice.
    set
        The set that it is in, or None.
    active
        Whether it holds in its time: it is in no set, or its set is on.
    made_by, made_at
        Who, and when; the time is None where it is gone.
    features
        What it is about.
    ended
        Who ended it before its time, or None.
    """

    id: int | None
    kind: str
    icon: str
    name: str
    what: str
    reason: str
    start: datetime | None
    end: datetime | None
    set: str | None
    active: bool
    made_by: str
    made_at: datetime | None
    features: tuple[str, ...]
    ended: EndedByHand | None = None


@dataclass(frozen=True, slots=True)
class Joining:
    """The set that somebody fills: what is chosen on this page joins it.

    Parameters
    ----------
    name
        What it is called.
    id
        Of its row in the store; None where joining makes it.
    active
        Whether it is on: what joins it holds at once.
    """

    name: str
    id: int | None
    active: bool


def get_served() -> Served:
    """Return the venue of the address as it is served.

    Raises
    ------
    ConflictError
        Nothing of it is published yet, or it is still being built.
    """
    slug = get_visit().get_venue().slug
    served = get_site().venues.find(slug)
    if served is None:
        raise ConflictError("not-served-yet", venue=slug)
    return served


def find_zone(served: Served) -> tzinfo:
    """Return the zone in which times are typed."""
    return served.router.schedule.zone


def make_rows(served: Served, records: Iterable[ConditionRecord]) -> list[Row]:
    """Make the rows of conditions as they are kept."""
    return [
        replace(
            _make_row(served, one.draft),
            id=one.id,
            set=one.set,
            active=one.active,
            made_by=say_who(one.made_by),
            made_at=one.made_at,
        )
        for one in records
    ]


def make_ended_rows(served: Served, ended: Iterable[EndedByHand]) -> list[Row]:
    """Make the rows of conditions that somebody ended."""
    return [
        replace(
            _make_row(served, one.draft),
            end=one.ended_at,
            made_by=say_who(one.began_by),
            ended=replace(one, ended_by=say_who(one.ended_by)),
        )
        for one in ended
    ]


def say_who(name: str) -> str:
    """Say who did something: by its hours, at the command line, or the name."""
    if name == BY_HOURS:
        return translate(choose_language(), "studio.conditions.by-hours")
    return name or translate(choose_language(), "studio.log.shell")


def name_all(served: Served, features: Sequence[str], language: str) -> str:
    """Say what features are called, a lift once; a few of many."""
    names: dict[str, None] = {}
    for feature in features:
        found = find_closable(served, feature, language)
        names[found.name if found is not None else feature] = None
    said = list(names)
    shown = translate(language, "studio.conditions.names", names=said[:_NAMED])
    more = len(said) - _NAMED
    return (
        translate(language, "studio.conditions.more", names=shown, count=more)
        if more > 0
        else shown
    )


def read_texts(form: "MultiDict[str, str]", field: str) -> dict[str, str]:
    """Read a text in all languages, as `text_fields` of the templates asks for it."""
    return {
        language: text
        for language in LANGUAGES
        if (text := form.get(f"{field}.{language}", "").strip())
    }


def guard(do: Callable[[], _T]) -> tuple[_T | None, str]:
    """Do what a form asks for; return what came of it, or why it is refused in words."""
    language = choose_language()
    try:
        return do(), ""
    except FormError as error:
        return None, translate(language, f"studio.{error.msgid}", **error.values)
    except CodedError as error:
        return None, translate(language, error.message_id, **error.values)


def tell_done(
    noted: Sequence[int], msgid: str, *, warns: bool = False, **values: object
) -> dict[str, int]:
    """Let everybody see what was done, say so, and return what offers to take it back.

    Parameters
    ----------
    noted
        What stands in the log of it, see `noting`; none where nothing was changed.
    msgid
        What is said.
    warns
        Whether it is not what whoever did it may expect.
    values
        What the words are about.
    """
    follow()
    flash(msgid, warns=warns, **values)
    return {"done": noted[-1]} if noted else {}


def find_done(slug: str) -> int | None:
    """Return the number of what was done just now, as the address of a page says it.

    None where whoever looks may not take it back, or somebody did.
    """
    done = request.args.get("done", type=int)
    if done is None or not 0 < done < _LARGEST:
        return None
    found = find_undoable(get_room().desk.store, slug, get_visit().staff, done)
    return None if found is None else found.id


def find_joining(slug: str) -> Joining | None:
    """Return the set that the address of a page names, to be filled; None where it names none."""
    name = request.args.get("set", "").strip()
    if not name:
        return None
    sets = conditions.list_all_sets(get_room().desk.store, slug)
    found = next((one for one in sets if one.name == name), None)
    if found is None:
        return Joining(name, None, active=False)
    return Joining(name, found.id, found.active)


def read_set_name() -> str | None:
    """Return the set that a form's entry joins: of the page's address, else as typed; or None."""
    return next((name for name in map(str.strip, request.values.getlist("set")) if name), None)


def go_to_set(slug: str, name: str, done: Mapping[str, int]) -> BaseResponse:
    """Send whoever filled a set back to it."""
    found = find_named_set(get_room().desk.store, slug, name)
    return go_to("show_set", slug=slug, set_id=found.id, **done)


def read_surfaces(form: "MultiDict[str, str]") -> tuple[str, ...]:
    """Read where a notice is shown: all of them say no more than none."""
    chosen = tuple(one for one in SURFACES if one in form.getlist("on"))
    return () if len(chosen) == len(SURFACES) else chosen


def _make_row(served: Served, draft: ConditionDraft) -> Row:
    language = choose_language()
    if draft.kind in {CLOSURE, HOURS}:
        name = name_all(served, draft.features, language)
        reason = pick_label(draft.text, language)
    else:
        name, reason = pick_label(draft.text, language), _say_shown(served, draft, language)
    return Row(
        id=None,
        kind=draft.kind,
        icon=_ICONS.get(draft.kind, "info"),
        name=name,
        what=_say_what(served, draft, language),
        reason=reason,
        start=draft.start,
        end=draft.end,
        set=None,
        active=True,
        made_by="",
        made_at=None,
        features=draft.features,
    )


def _say_what(served: Served, draft: ConditionDraft, language: str) -> str:
    if draft.kind == HOURS:
        return translate(language, "studio.conditions.is-hours", hours=draft.hours or "")
    if draft.kind != CLOSURE:
        return translate(language, "studio.conditions.is-notice")
    found = [find_closable(served, feature, language) for feature in draft.features[:1]]
    machine = any(one is not None and one.is_machine for one in found)
    return translate(language, f"studio.conditions.is-{'out' if machine else 'closed'}")


def _say_shown(served: Served, draft: ConditionDraft, language: str) -> str:
    about = (
        name_all(served, draft.features, language)
        if draft.features
        else translate(language, "studio.conditions.everybody")
    )
    on = [translate(language, f"studio.conditions.on-{one}") for one in draft.shown_on]
    return about if not on else f"{about} · {', '.join(on)}"


def list_texts(labels: Labels) -> list[tuple[str, str]]:
    """List the languages, each with what a condition says in it, or nothing."""
    return [(language, labels.get(language, "")) for language in LANGUAGES]


def list_ends() -> list[tuple[str, str]]:
    """List what is offered for an end, each with its words."""
    language = choose_language()
    return [(one, translate(language, f"studio.conditions.until.{one or 'open'}")) for one in SOON]


def get_now() -> datetime:
    """Return the instant of the request."""
    return datetime.now(UTC)
