"""Why there is no way, and what would work instead: never a dead end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayfinder.guide.answer import name_place
from wayfinder.guide.catalogues import has_message, translate
from wayfinder.guide.words import say_profile, say_refusal
from wayfinder.model import Closure
from wayfinder.presets import find_preset, name_category
from wayfinder.route import Refusal
from wayfinder.web.phone.clock import say_minutes, say_moment
from wayfinder.web.phone.page import Page

_SHOWN = 4


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


def view_refusal(page: Page, refusal: Refusal, parts: list[str], ids: list[str]) -> dict[str, Any]:
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
    """
    goal = page.describe(ids[-1])
    return {
        "reason": say_refusal(refusal, page.language),
        "bars": _list_bars(page, refusal),
        "remedies": _list_remedies(page, refusal, parts, goal.category if goal else ""),
        "origin": page.describe_start(ids[0]),
        "goal": goal,
        "goal_name": goal.name if goal else name_sort(page, ids[-1]),
        "parts": parts,
    }


def name_sort(page: Page, text: str) -> str:
    """Name what ``nearest:CATEGORY`` asks for."""
    category = text.partition(":")[2]
    return name_category(category, page.language) or category


def _list_bars(page: Page, refusal: Refusal) -> list[Bar]:
    found: dict[str, Bar] = {}
    for feature in refusal.blocked_by:
        name = name_place(page.venue.network, feature, page.language)
        reason = refusal.values.get("barred", {}).get(feature)
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
    reason = page.pick(closure.reason)
    if closure.end is None:
        return page.say("closed-because", reason=reason) if reason else page.say("closed")
    until = say_moment(page, closure.end)
    if reason:
        return page.say("closed-because-until", reason=reason, time=until)
    return page.say("closed-until", time=until)


def _list_remedies(page: Page, refusal: Refusal, parts: list[str], category: str) -> list[Remedy]:
    without = refusal.without or {}
    link = {"slug": page.venue.slug, "places": "/".join(parts), "here": None}
    found = []
    profile = str(without.get("profile", ""))
    # the staff's way leads a patient to doors that stay shut
    if profile in page.offered_profiles:
        said = page.say(
            "remedy.profile",
            profile=say_profile(profile, page.language),
            minutes=say_minutes(page, (without["duration_s"], without["duration_s"])),
        )
        found.append(Remedy(said, page.reader.url("get_way", profile=profile, **link), "walk"))
    if "at" in without:
        time = say_moment(page, datetime.fromisoformat(str(without["at"])))
        address = page.reader.url("get_way", at=without["at"], **link)
        found.append(Remedy(page.say("remedy.at", time=time), address, "clock"))
    if "reopen" in without:
        names = [name_place(page.venue.network, one, page.language) for one in without["reopen"]]
        said = page.say("remedy.reopen", names=list(dict.fromkeys(names)))
        found.append(Remedy(said, "", "info"))
    preset = find_preset(category) if category else None
    others = page.directory.list_category(preset.category, limit=2) if preset is not None else ()
    if preset is not None and len(others) > 1:
        address = page.reader.at(parts[0]).url(
            "get_category", slug=page.venue.slug, category=preset.category
        )
        said = page.say("remedy.other", name=page.pick(preset.name))
        found.append(Remedy(said, address, "search"))
    return found
