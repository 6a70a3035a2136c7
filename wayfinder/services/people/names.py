"""Names of people: as they are typed, and as they are compared."""

import unicodedata

from wayfinder.services.people.desk import StaffError

LONGEST = 64
"""Characters (ours)."""


def fold_name(name: str) -> str:
    """Return a name as it is compared: full width, capitals and spaces make no difference.

    Empty for what is nobody's.
    """
    folded = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded if folded.isprintable() else ""


def clean_name(name: str) -> str:
    """Return a name as it is kept; raises StaffError where it is none."""
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if not cleaned or len(cleaned) > LONGEST or not cleaned.isprintable() or not fold_name(cleaned):
        raise StaffError("bad-name", longest=LONGEST)
    return cleaned
