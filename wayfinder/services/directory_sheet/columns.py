"""The columns of the table: what each is called, in any language, and whether it is taken over."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process

from wayfinder.guide.catalogues import LANGUAGES, name_language, translate
from wayfinder.services.directory_sheet.cells import strip

ID = "id"
SHOWN_BEFORE = ("building", "floor", "ref", "category")
"""What only tells which place a row is about; the editor is where it is changed."""
SHOWN_AFTER = ("accessible", "staff")
PLAIN = ("hours", "phone", "website")
_LIKE = 70.0
"""Likeness of a hundred from which a column is proposed (ours)."""
_KEY = re.compile(r"(name|aliases|code):([A-Za-z0-9_-]{1,40})")


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Parameters
    ----------
    part
        What it holds: ``name``, ``aliases``, ``code``, or a name of its own.
    tag
        Of which language, or of which system; empty where that is no question.
    """

    part: str
    tag: str = ""

    @property
    def key(self) -> str:
        """What it is called in every language."""
        return f"{self.part}:{self.tag}" if self.tag else self.part

    @property
    def is_taken(self) -> bool:
        """Whether what stands in it is taken over."""
        return bool(self.tag) or self.part in PLAIN

    def say(self, language: str) -> str:
        """Say what it is called in a language."""
        if not self.tag:
            return translate(language, f"sheet.column-{self.part}")
        of = self.tag if self.part == "code" else name_language(self.tag)
        return translate(language, f"sheet.column-{self.part}", of=of)


def make_columns(languages: Iterable[str], systems: Iterable[str]) -> list[Column]:
    """Make the columns of a table in their order."""
    tags = list(languages)
    return [
        Column(ID),
        *map(Column, SHOWN_BEFORE),
        *(Column("name", tag) for tag in tags),
        *(Column("aliases", tag) for tag in tags),
        *(Column("code", system) for system in systems),
        *map(Column, PLAIN),
        *map(Column, SHOWN_AFTER),
    ]


def find_column(head: str, known: Iterable[Column]) -> Column | None:
    """Return the column that a head names, by its key or in any language; None where it is none."""
    folded = _fold(head)
    found = _list_heads(tuple(known)).get(folded)
    if found is not None:
        return found
    matched = _KEY.fullmatch(strip(head))
    return Column(matched[1], matched[2]) if matched else None


def suggest_column(head: str, known: Iterable[Column]) -> Column | None:
    """Return the column that somebody may have meant, or None."""
    heads = _list_heads(tuple(known))
    found = process.extractOne(_fold(head), heads.keys(), score_cutoff=_LIKE)
    return None if found is None else heads[found[0]]


@cache
def _list_heads(columns: tuple[Column, ...]) -> Mapping[str, Column]:
    return {_fold(head): column for column in columns for head in _list_names(column)}


def _list_names(column: Column) -> Iterator[str]:
    yield column.key
    for language in LANGUAGES:
        yield column.say(language)


def _fold(head: str) -> str:
    same = {"（": "(", "）": ")", "：": ":"}
    text = "".join(same.get(c, c) for c in strip(head).casefold())
    return re.sub(r"\s+", "", text)
