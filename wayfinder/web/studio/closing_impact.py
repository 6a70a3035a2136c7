"""What closing something does, for pages: a figure at once, the whole of it when it is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wayfinder.model import pick_label
from wayfinder.services.closing import find_closable
from wayfinder.services.impact.closures import ask_closure_impact, find_closure_reach
from wayfinder.services.impact.journeys import ON_WHEELS, JourneyImpact
from wayfinder.services.served import Served
from wayfinder.web.language import choose_language
from wayfinder.web.studio.room import get_room, get_visit


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that is affected: what it is called, where it is, what becomes of it."""

    name: str
    where: str
    note: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a closure does, with whom it concerns.

    Parameters
    ----------
    code
        ``unreachable``, ``without_steps``, ``closed``, ``longer``, ``signs``, ``displays``; words
        are ``studio.closing.<code>``.
    count
        How many it concerns.
    listed
        Which.
    """

    code: str
    count: int
    listed: tuple[Listed, ...]


def tell_impact(served: Served, features: Sequence[str]) -> dict[str, Any]:
    """Return what a page says of closing something: ``reach`` at once, ``job`` and ``findings``."""
    room, who = get_room(), get_visit().staff.name
    job = ask_closure_impact(room.background, room.desk.store, served, features, who=who)
    document = job.result
    return {
        "reach": list_reach(served, find_closure_reach(served, features)),
        "job": job,
        "findings": None if document is None else list_findings(document, choose_language()),
        "planned": 0 if document is None else document["planned"],
    }


def list_reach(served: Served, found: JourneyImpact) -> list[Finding]:
    """List what is known at once: who is cut off, who needs steps; only what concerns somebody."""
    return _keep(
        Finding(code, len(ids), tuple(_list_places(served, ids)))
        for code, ids in (
            ("unreachable", found.unreachable),
            ("without_steps", found.without_steps),
            ("closed", found.closed),
        )
    )


def list_findings(document: Mapping[str, Any], language: str) -> list[Finding]:
    """List what a closure does beside who is cut off, as the process beside the server found it."""
    journeys, names = document["journeys"], document["names"]

    def name(key: str, note: str = "") -> Listed:
        known = names.get(key, {})
        return Listed(
            pick_label(known.get("name"), language) or key,
            pick_label(known.get("floor"), language),
            note,
            known.get("code", ""),
        )

    def list_longer() -> Iterable[Listed]:
        for one in journeys["longer"]:
            more = max(1, round((one["after_s"] - one["before_s"]) / 60))
            who = "wheels" if one["profile"] == ON_WHEELS else "foot"
            yield name(one["place"], f"{who}:{more}")

    signs = dict.fromkeys(one["sign"] for one in document["wrong"])
    longer = tuple(list_longer())
    return _keep(
        [
            Finding("longer", len({one.name for one in longer}), longer),
            Finding("signs", len(signs), tuple(map(name, signs))),
            Finding(
                "displays",
                len(document["displays"]),
                tuple(name(one["display"]) for one in document["displays"]),
            ),
        ]
    )


def _keep(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.count]


def _list_places(served: Served, ids: Iterable[str]) -> Iterable[Listed]:
    language = choose_language()
    for key in ids:
        found = find_closable(served, key, language)
        yield Listed(key, "") if found is None else Listed(found.name, found.where)
