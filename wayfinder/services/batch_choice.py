"""Which signs a batch holds, in which order, and what its files are called."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from itertools import count as count_from

from wayfinder.languages import LANGUAGES
from wayfinder.model import (
    Amenity,
    Building,
    Labels,
    Level,
    Occupant,
    Plan,
    Sign,
    Unit,
    pick_label,
)
from wayfinder.model.sign_codes import clean_code
from wayfinder.services.batch_folder import BatchError

_LONGEST = 48
_LAST = 1_000_000
_SPOKEN = 0.5
"""Share of its names that a plan must have in a language to speak it (ours)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sign of a batch.

    Parameters
    ----------
    number
        Counts from 1 through the batch.
    sign
        The sign.
    stem
        Name of a file of its own, without a suffix.
    """

    number: int
    sign: Sign
    stem: str

    @property
    def name(self) -> str:
        """What people call it: its number, else its code, else its id."""
        return self.sign.ref or self.sign.code or self.sign.id


def order_signs(plan: Plan, signs: Iterable[Sign]) -> tuple[Chosen, ...]:
    """Return signs with numbers as one walks to hang them: building by building, from below."""
    buildings = {one.id: place for place, one in enumerate(plan.list_of(Building))}
    levels = {level.id: level for level in plan.levels}

    def place(sign: Sign) -> tuple[int, float, str]:
        level = levels.get(sign.level_id)
        if level is None:
            return _LAST, 0.0, sign.level_id
        first = min((buildings.get(key, _LAST) for key in level.building_ids), default=_LAST)
        return first, level.ordinal, level.id

    ordered = sorted(signs, key=place)
    stems = _make_stems(sign.ref or sign.code or sign.id for sign in ordered)
    pairs = enumerate(zip(ordered, stems, strict=True), start=1)
    return tuple(Chosen(number, sign, stem) for number, (sign, stem) in pairs)


def choose_signs(signs: Iterable[Sign], texts: Sequence[str]) -> frozenset[str]:
    """Return the ids of the signs that are meant: by id, number, or code however it is typed.

    Raises
    ------
    BatchError
        No sign is called so, or a number is that of several.
    """
    every = tuple(signs)
    by_id = {sign.id for sign in every}
    by_code = {sign.code: sign.id for sign in every if sign.code}
    by_ref: dict[str, list[str]] = {}
    for sign in every:
        if sign.ref:
            by_ref.setdefault(sign.ref.casefold(), []).append(sign.id)
    found = set()
    for text in texts:
        called = by_ref.get(text.strip().casefold(), [])
        if text.strip() in by_id:
            found.add(text.strip())
        elif clean_code(text) in by_code:
            found.add(by_code[clean_code(text)])
        elif len(called) == 1:
            found.add(called[0])
        elif called:
            raise BatchError("printing.ambiguous-sign", sign=text[:80], ids=called)
        else:
            raise BatchError("printing.no-such-sign", sign=text[:80])
    return frozenset(found)


def choose_levels(plan: Plan, texts: Sequence[str]) -> frozenset[str]:
    """Return the ids of the levels that are meant: by id, label or name in any language.

    Raises
    ------
    BatchError
        No level is called so.
    """
    found: set[str] = set()
    for text in texts:
        wanted = text.strip().casefold()
        meant = {level.id for level in plan.levels if wanted in _list_names(level)}
        if not meant:
            known = dict.fromkeys(_name_level(level, "en") for level in plan.levels)
            raise BatchError("printing.unknown-level", level=text[:80], known=list(known))
        found |= meant
    return frozenset(found)


def choose_languages(plan: Plan, first: str) -> tuple[str, ...]:
    """Return the languages that signs are in where nobody says: one or two that the plan speaks.

    Parameters
    ----------
    plan
        The plan.
    first
        BCP 47 tag of the one that goes first, if the plan speaks it.
    """
    kinds = (Building, Level, Unit, Occupant, Amenity)
    named = [one.name for kind in kinds for one in plan.list_of(kind) if one.name]
    spoken = Counter(tag.partition("-")[0] for labels in named for tag in labels if labels[tag])
    whole = [tag for tag in LANGUAGES if spoken[tag.partition("-")[0]] >= _SPOKEN * len(named)]
    ordered = sorted(whole, key=lambda tag: tag != first)[:2] if named else []
    return tuple(ordered) or (first,)


def name_files(plan: Plan, level_ids: Iterable[str]) -> Mapping[str, str]:
    """Return what stands in the names of files for each level: ``outpatient-building-1F``."""
    ids = list(dict.fromkeys(level_ids))
    several = len(plan.list_of(Building)) > 1
    names = []
    for level_id in ids:
        level = plan.find(level_id, Level)
        building = "" if level is None or not several else _name_building(plan, level)
        floor = "" if level is None else _name_level(level, "en")
        names.append(f"{building} {floor}".strip() or level_id)
    return dict(zip(ids, _make_stems(names), strict=True))


def _name_building(plan: Plan, level: Level) -> str:
    names = (plan.find(key, Building) for key in level.building_ids)
    return next((pick_label(one.name, "en") for one in names if one is not None), "").lower()


def _name_level(level: Level, language: str) -> str:
    return pick_label(level.short_name or level.name, language) or level.id


def _list_names(level: Level) -> Iterator[str]:
    yield level.id.casefold()
    labels: tuple[Labels, ...] = (level.short_name, level.name)
    for one in labels:
        yield from (text.strip().casefold() for text in one.values())


def _make_stems(names: Iterable[str]) -> list[str]:
    """Return names that every system takes for a file, each once."""
    made: dict[str, str] = {}
    for stem in map(_make_stem, names):
        numbered = (f"{stem}-{count}" for count in count_from(2))
        free = next(one for one in chain([stem], numbered) if one.casefold() not in made)
        made[free.casefold()] = free
    return list(made.values())


def _make_stem(name: str) -> str:
    text = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFKC", name)).strip("-._")
    return text[:_LONGEST].rstrip("-._") or "sign"
