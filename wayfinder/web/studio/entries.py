"""Entries of a draft's log in words: who did what, when."""

from collections.abc import Iterable
from typing import Any

from wayfinder.guide.words import say_action, translate
from wayfinder.services.drafts.undo import MERGE
from wayfinder.store.drafts import EntryLine, EntryRecord
from wayfinder.web.studio.drafting import name_authors
from wayfinder.web.studio.room import get_room


def write_entries(
    entries: Iterable[EntryRecord | EntryLine], language: str, author: str
) -> list[dict[str, Any]]:
    """Return entries as JSON: numbers, who, what in words, when, and what they touched."""
    listed = list(entries)
    with get_room().drafts.store.read() as connection:
        names = name_authors(connection, (one.author for one in listed))
    return [
        {
            "number": one.number,
            "author": names[one.author],
            "own": one.author == author,
            "kind": one.kind,
            "said": say_entry(one, language),
            "at": one.made_at.isoformat(timespec="seconds"),
            "features": list(one.touched),
            "undoes": one.undoes,
            "undone_by": getattr(one, "undone_by", None),
        }
        for one in listed
    ]


def say_entry(entry: EntryRecord | EntryLine, language: str) -> str:
    """Say what an entry did, without whom and what it was about."""
    if entry.undoes is not None:
        return translate(language, "studio.editor.took-back", number=entry.undoes)
    if entry.kind == MERGE:
        return translate(language, "studio.editor.merged")
    return say_action(entry.kind, language)
