"""Entries of a draft's log in words: who did what, when."""

from collections.abc import Iterable, Mapping
from typing import Any

from wayfinder.edit.restore import Restore
from wayfinder.guide.words import say_action, translate
from wayfinder.services.drafts.undo import MERGE
from wayfinder.services.sign_work.names import ENTRY as SIGN_PLAN
from wayfinder.store.drafts import EntryLine, EntryRecord, map_undoes
from wayfinder.web.studio.drafting import name_authors
from wayfinder.web.studio.room import get_room


def write_entries(
    draft_id: int, entries: Iterable[EntryRecord | EntryLine], language: str, author: str
) -> list[dict[str, Any]]:
    """Return entries of a draft as JSON: who, what in words, when, and what they touched.

    Parameters
    ----------
    draft_id
        The draft.
    entries
        The entries.
    language
        BCP 47 tag of the words.
    author
        Whose entries are one's own.
    """
    listed = list(entries)
    with get_room().drafts.store.read() as connection:
        names = name_authors(connection, (one.author for one in listed))
        turned = any(one.undoes is not None for one in listed)
        undoes = map_undoes(connection, draft_id) if turned else {}
    return [
        {
            "number": one.number,
            "author": names[one.author],
            "own": one.author == author,
            "kind": one.kind,
            "said": say_entry(one, undoes, language),
            "at": one.made_at.isoformat(timespec="seconds"),
            "features": list(one.touched),
            "undoes": one.undoes,
            "undone_by": getattr(one, "undone_by", None),
        }
        for one in listed
    ]


def say_entry(entry: EntryRecord | EntryLine, undoes: Mapping[int, int], language: str) -> str:
    """Say what an entry did, without whom and what it was about.

    Parameters
    ----------
    entry
        The entry.
    undoes
        Which entries take one back, as `map_undoes` has them.
    language
        BCP 47 tag.
    """
    if entry.undoes is not None:
        number, back = entry.undoes, True
        while number in undoes:
            number, back = undoes[number], not back
        msgid = "studio.editor.took-back" if back else "studio.editor.did-again"
        return translate(language, msgid, number=number)
    if entry.kind == MERGE:
        return translate(language, "studio.editor.merged")
    if entry.kind == Restore.kind:  # what is taken back says so: this is a plan that was brought
        return translate(language, "studio.import.entry")
    if entry.kind == SIGN_PLAN:
        return translate(language, "studio.signplan.entry")
    return say_action(entry.kind, language)
