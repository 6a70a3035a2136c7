"""Floors and buildings in what people type: 门诊三楼, Inpatient Tower 9F, toilet on floor 2."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wayfinder.model import Building, Level, Plan
from wayfinder.model.called import list_texts
from wayfinder.services.directory.fold import fold

_NUMBER = re.compile(r"(?:f|l)?(\d{1,3})(?:f|楼|层)?", re.ASCII)
_BASEMENT = re.compile(r"(?:b|负|地下)(\d{1,2})(?:f|楼|层)?", re.ASCII)
_ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
)
_ENDINGS = ("大楼", "楼", "building", "tower", "block")
_LETTERED = (
    "{}座",
    "{}栋",
    "{}楼",
    "{}区",
    "{}号楼",
    "building{}",
    "block{}",
    "zone{}",
    "{}building",
)
_JOINERS = ("的", "在", "of", "in", "on", "at")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Parted:
    """A query without the floor and the building in it.

    Parameters
    ----------
    words
        What is left.
    levels
        Ids of the levels that are meant.
    buildings
        Ids of the buildings that are meant; empty where none was named.
    floor
        Whether a floor was named, and not only a building.
    """

    words: tuple[str, ...]
    levels: frozenset[str]
    buildings: frozenset[str]
    floor: bool


class Floors:
    """What the floors and buildings of a plan are called.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        levels: defaultdict[str, set[str]] = defaultdict(set)
        buildings: defaultdict[str, set[str]] = defaultdict(set)
        self._levels_of: defaultdict[str, set[str]] = defaultdict(set)
        letters = {building.id: _find_letter(building) for building in plan.list_of(Building)}
        for building in plan.list_of(Building):
            for form in _list_building_forms(building, letters[building.id]):
                buildings[form].add(building.id)
        for level in plan.list_of(Level):
            forms = list(_list_floor_forms(level))
            for form in forms:
                levels[form].add(level.id)
            for building_id in level.building_ids:
                self._levels_of[building_id].add(level.id)
                for form in forms if letters.get(building_id) else ():
                    levels[f"{letters[building_id]}{form}"].add(level.id)
        self._floors: Mapping[str, set[str]] = levels
        self._buildings: Mapping[str, set[str]] = buildings
        self._longest = max(map(len, (*levels, *buildings)), default=0)

    def part(self, words: Sequence[str]) -> Parted | None:
        """Take the floor and the building out of a query, or return None where it names neither.

        They are looked for at its beginning and at its end; the first of each counts.
        """
        cutter = _Cutter(words, self._longest)
        floors = buildings = None
        while True:
            if buildings is None and (buildings := cutter.cut(self._buildings)) is not None:
                continue
            if floors is None and (floors := cutter.cut(self._floors)) is not None:
                continue
            if (floors is None and buildings is None) or not cutter.cut_joiner():
                break
        if floors is None and buildings is None:
            return None
        meant = frozenset(floors or ())
        around = frozenset(level for one in buildings or () for level in self._levels_of[one])
        levels = meant & around if floors is not None and buildings is not None else meant | around
        named = frozenset(buildings or ())
        return Parted(cutter.words, levels, named, floors is not None)


class _Cutter:
    """Cuts forms off both ends of a query, between words or beside a Chinese character."""

    def __init__(self, words: Sequence[str], longest: int) -> None:
        self._key = "".join(words)
        self._start, self._end, self._longest = 0, len(self._key), longest
        self._edges = {0}
        for word in words:
            self._edges.add(max(self._edges) + len(word))

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are left."""
        inner = sorted(edge for edge in self._edges if self._start < edge < self._end)
        bounds = [self._start, *inner, self._end]
        return tuple(self._key[one:other] for one, other in pairwise(bounds) if one < other)

    def cut(self, forms: Mapping[str, set[str]]) -> set[str] | None:
        """Cut off the longest form at the start, else at the end."""
        longest = min(self._longest, self._end - self._start)
        for length in range(longest, 0, -1):
            form = self._key[self._start : self._start + length]
            if form in forms and self._is_edge(self._start + length):
                self._start += length
                return forms[form]
        for length in range(longest, 0, -1):
            form = self._key[self._end - length : self._end]
            if form in forms and self._is_edge(self._end - length):
                self._end -= length
                return forms[form]
        return None

    def cut_joiner(self) -> bool:
        """Cut off a word that only joins, and tell whether there was one."""
        left = self._key[self._start : self._end]
        for joiner in _JOINERS:
            size = len(joiner)
            if left.startswith(joiner) and self._is_edge(self._start + size):
                self._start += size
                return True
            if left.endswith(joiner) and self._is_edge(self._end - size):
                self._end -= size
                return True
        return False

    def _is_edge(self, at: int) -> bool:
        if at in self._edges or not self._start < at < self._end:
            return True
        return not (self._key[at - 1].isascii() and self._key[at].isascii())


def _find_letter(building: Building) -> str:
    """Return the letter that signs know a building by, in lower case, or nothing."""
    codes = (fold(code) for code in building.codes.values())
    return next((code for code in codes if len(code) == 1 and code.isalpha()), "")


def _list_building_forms(building: Building, letter: str) -> Iterator[str]:
    for name, _ in list_texts(building):
        form = fold(name)
        if len(form) >= _SHORTEST:
            yield form
        for ending in _ENDINGS:
            short = form.removesuffix(ending)
            if short != form and len(short) >= _SHORTEST:
                yield short
                break
    if letter:
        yield from (pattern.format(letter) for pattern in _LETTERED)


def _list_floor_forms(level: Level) -> Iterator[str]:
    """Yield what a floor is called: by its label, never by its ordinal."""
    for name, _ in list_texts(level):
        if len(fold(name)) >= _SHORTEST:
            yield fold(name)
    for label in map(fold, level.short_name.values()):
        number, basement = _NUMBER.fullmatch(label), _BASEMENT.fullmatch(label)
        if number is not None:
            yield from _list_numbered(int(number[1]))
        elif basement is not None:
            yield from _list_basements(int(basement[1]))


def _list_numbered(number: int) -> Iterator[str]:
    yield from (f"{number}f", f"f{number}", f"l{number}", f"{number}楼", f"{number}层")
    yield from (f"floor{number}", f"level{number}", f"{number}floor")
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    yield from (f"{number}{ending}floor", f"第{number}层")
    if number < len(_ORDINALS):
        yield f"{_ORDINALS[number]}floor"


def _list_basements(number: int) -> Iterator[str]:
    yield from (f"b{number}", f"b{number}f", f"b{number}floor", f"basement{number}")
    yield from (f"{word}{number}{unit}" for word in ("负", "地下") for unit in ("楼", "层"))
    if number == 1:
        yield from ("basement", "地下室", "地下")
