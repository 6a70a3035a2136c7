"""Why there is no way, and what would work instead: never a dead end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayfinder.guide.answer import name_place
from wayfinder.guide.catalogues import has_message, translate
from wayfinder.guide.words import say_profile, say_refusal
from wayfinder.model import Closure
from wayfinder.presets import find_preset, name_category
from wayfinder.route import Refusal
from wayfinder.services.directory import Hit
from wayfinder.services.hours import say_when
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.opening import find_opening, make_is_open
from wayfinder.services.reasons import say_within
from wayfinder.web.phone.clock import say_minutes, say_moment
from wayfinder.web.phone.page import Page

_SHOWN = 4
_DESK = "information"
_DOCTORS = frozenset({"clinic", "diagnostics", "emergency"})
"""Kinds of places where one is seen by a doctor: out of hours the emergency department is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Something in the way.

    Parameters
    ----------
    name
        What it is called.
    why
        What is wrong with it, in words; may be empty.
    """

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would work instead.

    Parameters
    ----------
    text
        What it is.
    address
        Where it leads.
    icon
        Its icon.
    """

    text: str
    address: str
    icon: str


@dataclass(frozen=True, slots=True)
class Shut:
    """What one wanted to visit is closed itself.

    Parameters
    ----------
    title
        That it is, with its name.
    opens
        When it opens, in words; empty where nobody knows.
    hours
        Its hours in lines.
    opens_at
        When it opens, or None where nobody knows.
    """

    title: str
    opens: str
    hours: tuple[str, ...]
    opens_at: datetime | None


def view_refusal(
    page: Page, refusal: Refusal, parts: list[str], ids: list[str], at: datetime | None = None
) -> dict[str, Any]:
    """Make what the page shows.

    Parameters
    ----------
    page
        The page.
    refusal
        Why there is no way.
    parts
        The places as the address names them, the start first.
    ids
        Their feature ids.
    at
        When one sets out; None is now.
    """
    goal = page.describe(ids[-1])
    wanted = page.describe(str(refusal.values.get("to", ids[-1])))
    shut = _find_shut(page, wanted, at)
    later = _find_later(page, refusal, shut, ids)
    return {
        "title": shut.title if shut else page.say("no-way.title"),
        "shut": shut,
        "reason": say_refusal(refusal, page.language),
        "bars": _list_bars(page, refusal, is_shut=shut is not None),
        "remedies": [
            *_list_remedies(page, refusal, parts, later),
            *_list_emergency(page, wanted, parts, ids, at),
            *_list_others(page, parts, wanted),
        ],
        "origin": page.describe_start(ids[0]),
        "goal": goal,
        "goal_name": goal.name if goal else name_sort(page, ids[-1]),
        "parts": parts,
        "offers_desk": page.directory.has_category(_DESK) and not _asks_for_desk(wanted, ids[-1]),
    }


def _asks_for_desk(wanted: Hit | None, goal: str) -> bool:
    """Tell whether the way to an information desk is what there is none of."""
    return goal == f"nearest:{_DESK}" if wanted is None else wanted.category == _DESK


def name_sort(page: Page, text: str) -> str:
    """Name what ``nearest:CATEGORY`` asks for."""
    category = text.partition(":")[2]
    return name_category(category, page.language) or category


def _find_shut(page: Page, wanted: Hit | None, at: datetime | None) -> Shut | None:
    """Tell whether what one wants to visit is closed then, and when it opens."""
    if wanted is None:
        return None
    features = page.directory.list_features(wanted.id)
    opening = find_opening(page.venue, features, at or page.now, page.language)
    if opening.is_open is not False:
        return None
    change = opening.changes_at
    when = say_when(change, page.now, page.language) if change is not None else ""
    return Shut(
        title=page.say("no-way.shut", name=wanted.name),
        opens=page.say("no-way.opens", when=when) if when else "",
        hours=opening.hours,
        opens_at=change,
    )


def _find_later(page: Page, refusal: Refusal, shut: Shut | None, ids: list[str]) -> datetime | None:
    """Return when the way is free and what it leads to is open, or None where nobody knows."""
    text = (refusal.without or {}).get("at")
    free = datetime.fromisoformat(str(text)) if text else None
    opens = shut.opens_at if shut is not None else None
    if opens is None or (free is not None and opens <= free):
        return free
    way = find_way(page.venue, ids[0], ids[1:], profile=page.reader.profile, at=opens)
    return opens if isinstance(way, Way) else free


def _list_bars(page: Page, refusal: Refusal, *, is_shut: bool) -> list[Bar]:
    """List what is in the way; doors that close with what lies behind them go without saying."""
    found: dict[str, Bar] = {}
    for feature in refusal.blocked_by:
        name = name_place(page.venue.network, feature, page.language)
        reason = refusal.values.get("barred", {}).get(feature)
        if is_shut and reason == "outside-hours":
            continue
        known = reason is not None and has_message(page.language, f"bar.{reason}")
        why = translate(page.language, f"bar.{reason}") if known else ""
        closure = _find_closure(page, feature)
        if closure is not None:
            why = _say_closure(page, closure)
        # a lift is a place on every floor
        found.setdefault(name, Bar(name, why))
    return list(found.values())[:_SHOWN]


def _find_closure(page: Page, feature: str) -> Closure | None:
    return next(
        (
            closure
            for closure in page.venue.conditions.closures
            if closure.feature == feature and closure.holds_at(page.now)
        ),
        None,
    )


def _say_closure(page: Page, closure: Closure) -> str:
    reason = say_within(closure.reason, page.language)
    if closure.end is None:
        return page.say("closed-because", reason=reason) if reason else page.say("closed")
    until = say_moment(page, closure.end)
    if reason:
        return page.say("closed-because-until", reason=reason, time=until)
    return page.say("closed-until", time=until)


def _list_remedies(
    page: Page, refusal: Refusal, parts: list[str], later: datetime | None
) -> Iterator[Remedy]:
    """Yield what would make the way itself work."""
    without = refusal.without or {}
    link = {"slug": page.venue.slug, "places": "/".join(parts), "here": None}
    profile = str(without.get("profile", ""))
    # the staff's way leads a patient to doors that stay shut
    if profile in page.offered_profiles:
        said = page.say(
            "remedy.profile",
            profile=say_profile(profile, page.language),
            minutes=say_minutes(page, (without["duration_s"], without["duration_s"])),
        )
        yield Remedy(said, page.reader.url("get_way", profile=profile, **link), "walk")
    if later is not None:
        local = later.astimezone(page.now.tzinfo)
        said = page.say("remedy.at", time=say_when(local, page.now, page.language, form="until"))
        address = page.reader.url("get_way", at=local.isoformat(), **link)
        yield Remedy(said, address, "clock")
    if "reopen" in without:
        names = [name_place(page.venue.network, one, page.language) for one in without["reopen"]]
        yield Remedy(page.say("remedy.reopen", names=list(dict.fromkeys(names))), "", "info")


def _list_emergency(
    page: Page, wanted: Hit | None, parts: list[str], ids: list[str], at: datetime | None
) -> Iterator[Remedy]:
    """Yield the emergency department to who wants to see a doctor, where one gets in then."""
    help_id = page.contacts.department
    preset = find_preset(wanted.category) if wanted is not None else None
    if help_id is None or help_id in ids or preset is None or preset.kind not in _DOCTORS:
        return
    is_open = make_is_open(page.venue, at)
    way = find_way(page.venue, ids[0], [help_id], profile=page.reader.profile, at=at)
    if isinstance(way, Way) and is_open(help_id):
        minutes = say_minutes(page, way.journey.duration_range_s)
        said = page.say("remedy.emergency", minutes=minutes)
        places = f"{parts[0]}/{help_id}"
        address = page.reader.url("get_way", slug=page.venue.slug, places=places, here=None)
        yield Remedy(said, address, "walk")


def _list_others(page: Page, parts: list[str], wanted: Hit | None) -> Iterator[Remedy]:
    """Yield the list of the places of the same kind, where there are several."""
    preset = find_preset(wanted.category) if wanted is not None else None
    if preset is None or len(page.directory.list_category(preset.category, limit=2)) < 2:
        return
    address = page.reader.at(parts[0]).url(
        "get_category", slug=page.venue.slug, category=preset.category
    )
    yield Remedy(page.say("remedy.other", name=page.pick(preset.name)), address, "search")
