"""Texts that somebody has written down for two people to approve: a file, signed by nobody yet.

It is kept apart from what counts. Whoever approves reads every word of it on the server, and signs
with a key of their own; that it lies here gives it no weight.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wayfinder.files import replace_file
from wayfinder.model import Plan
from wayfinder.services.audit import note
from wayfinder.services.fire.errors import FireError
from wayfinder.services.fire.state import FireText, FireZone
from wayfinder.services.fire.texts import check_zones
from wayfinder.slugs import is_slug
from wayfinder.store import Store
from wayfinder.store.audit import Actor


@dataclass(frozen=True, slots=True)
class Prepared:
    """Texts that wait to be approved.

    Parameters
    ----------
    path
        Where the file lies, as ``wayfinder fire approve`` takes it.
    document
        What is in it: zones.
    who, at
        Who wrote it down, and when.
    """

    path: Path
    document: Mapping[str, Any]
    who: str
    at: datetime


def find_prepared(folder: Path, slug: str) -> Prepared | None:
    """Return the texts that were prepared for a venue, or None.

    Parameters
    ----------
    folder
        Where such files are kept.
    slug
        The venue.
    """
    path = _find(folder, slug)
    try:
        document = json.loads(path.read_text("utf-8"))
        told = json.loads(_find_about(path).read_text("utf-8"))
        return Prepared(path, document, str(told["who"]), datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def prepare_texts(
    store: Store,
    folder: Path,
    slug: str,
    document: object,
    plan: Plan | None,
    *,
    who: Actor,
    at: datetime,
) -> Prepared:
    """Check texts and write them down; what was prepared before gives way.

    Parameters
    ----------
    store
        Whose log tells of it.
    folder
        Where such files are kept.
    slug
        The venue.
    document
        The zones, as a hospital writes them.
    plan
        The plan in force: a zone's buildings must be in it. None: nothing is published.
    who, at
        Who writes them down, and when.

    Raises
    ------
    FireError
        Something is missing, too long or of the wrong kind; a zone is of buildings that the plan
        does not have; or it cannot be written.
    """
    checked = check_zones(document)
    for zone in list_zones(checked):
        missing = zone.list_missing(plan) if plan is not None else []
        if missing:
            raise FireError("cmd-no-place", zone=zone.id, places=missing)
    path = _find(folder, slug)
    about = {"who": who.name, "at": at.isoformat()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for file, said in ((path, checked), (_find_about(path), about)):
            with replace_file(file) as target:
                target.write(json.dumps(said, ensure_ascii=False, indent=2).encode("utf-8"))
    except OSError as error:
        problem = error.strerror or str(error)
        raise FireError("unwritable", file=path.name, problem=problem) from None
    with store.write() as connection:
        details = {"zones": ", ".join(zone["id"] for zone in checked["zones"])}
        note(connection, "fire-texts-prepared", who=who, venue=slug, details=details)
    return Prepared(path, checked, who.name, at)


def drop_prepared(store: Store, folder: Path, slug: str, *, who: Actor) -> None:
    """Throw away what was prepared; what two people have approved stays in force."""
    path = _find(folder, slug)
    path.unlink(missing_ok=True)
    _find_about(path).unlink(missing_ok=True)
    with store.write() as connection:
        note(connection, "fire-texts-dropped", who=who, venue=slug)


def list_zones(document: Mapping[str, Any]) -> list[FireZone]:
    """Return the zones of checked texts."""
    return [
        FireZone(
            zone["id"],
            zone["name"],
            tuple(zone["buildings"]),
            tuple(zone["levels"]),
            {
                tag: FireText(text["title"], tuple(text["lines"]))
                for tag, text in zone["texts"].items()
            },
        )
        for zone in document["zones"]
    ]


def _find(folder: Path, slug: str) -> Path:
    if not is_slug(slug):
        raise FireError("bad-venue", venue=slug[:80])
    return folder / "fire-texts" / f"{slug}.json"


def _find_about(path: Path) -> Path:
    return path.with_suffix(".about")
