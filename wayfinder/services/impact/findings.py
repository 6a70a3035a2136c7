"""What a change does to everybody, in words: for a publish, a rollback, a closure.

Made of what `wayfinder.services.impact.document` has kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from wayfinder.guide.catalogues import translate
from wayfinder.guide.pointing import name_arrow
from wayfinder.guide.words import say_profile
from wayfinder.model import Arrow, pick_label

BAD, WARN, GOOD, PLAIN = "bad", "warn", "good", "plain"
"""How grave a finding is."""
_GRADES = (BAD, WARN, PLAIN, GOOD)
_REACH = {
    "unreachable": BAD,
    "without_steps": BAD,
    "gone": WARN,
    "closed": WARN,
    "gained": GOOD,
}

_BARRED = {"walk": "barred", "wheelchair": "barred_on_wheels"}
"""What is told of journeys that there are no more, by who travelled."""

_Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is affected.

    Parameters
    ----------
    id
        Of the feature.
    name, floor
        What it is called, and on which floor it is; the floor may be empty.
    notes
        What becomes of it, sentence by sentence.
    code
        Code of a sign; empty for all else.
    """

    id: str
    name: str
    floor: str
    notes: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Rooms of one floor that are affected.

    Parameters
    ----------
    floor
        What the floor is called, with how many rooms there are.
    names
        What they are called, alike ones once.
    """

    floor: str
    names: str


@dataclass(frozen=True, slots=True)
class OnFloor:
    """What is on a floor.

    Parameters
    ----------
    floor
        What the floor is called; may be empty.
    names
        What it is called, alike ones once.
    """

    floor: str
    names: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Journeys that there are no more: from each of some starts to each of some places.

    Parameters
    ----------
    summary
        From where to where, several starts or places only counted.
    starts, places
        Those that are only counted there, floor by floor.
    """

    summary: str
    starts: tuple[OnFloor, ...]
    places: tuple[OnFloor, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a change does.

    Parameters
    ----------
    code
        What, as the end of the message ``studio.impact.<code>``.
    grade
        ``bad``, ``warn``, ``good`` or ``plain``.
    text
        In words, with how many it concerns.
    items
        Whom it concerns, departments and services before all rooms; none where they are only
        counted.
    rooms
        The rooms that it concerns, floor by floor.
    ways
        The journeys that it concerns, the most first.
    """

    code: str
    grade: str
    text: str
    items: tuple[Item, ...] = ()
    rooms: tuple[Rooms, ...] = ()
    ways: tuple[Ways, ...] = ()


def list_findings(document: Mapping[str, Any], language: str) -> tuple[Finding, ...]:
    """List all that a change does, the gravest first.

    Parameters
    ----------
    document
        What `write_impact` wrote.
    language
        BCP 47 tag of the reader's language.
    """
    return _sort([*list_reach(document, language), *list_rest(document, language)])


def list_reach(document: Mapping[str, Any], language: str) -> tuple[Finding, ...]:
    """List which places and rooms are lost or gained: all that `write_reach` wrote."""
    words, reach = _Words(document["names"], language), document["reach"]
    found = (words.find_places(code, grade, reach[code]) for code, grade in _REACH.items())
    return _sort([one for one in found if one is not None])


def list_rest(document: Mapping[str, Any], language: str) -> tuple[Finding, ...]:
    """List what a change does beside that: to journeys, signs and displays."""
    words = _Words(document["names"], language)
    return _sort([*words.list_meanwhile(document), *words.list_rest(document)])


def are_ways_lost(findings: Iterable[Finding]) -> bool:
    """Tell whether journeys from some entrance, sign or screen are no longer possible."""
    return any(one.code in _BARRED.values() for one in findings)


def say_compared(document: Mapping[str, Any], language: str) -> str:
    """Say how much was compared."""
    reach, journeys = document["reach"], f"{document['journeys']['journeys']:,}"
    values = {"places": reach["places"], "rooms": reach["rooms"], "journeys": journeys}
    return translate(language, "studio.impact.compared", **values)


def _sort(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: _GRADES.index(one.grade)))


class _Words:
    """Says what is affected."""

    def __init__(self, names: Mapping[str, Mapping[str, Any]], language: str) -> None:
        self._names, self._language = names, language

    def find_places(self, code: str, grade: str, keys: Sequence[str]) -> Finding | None:
        """Say what becomes of places and rooms; None for no places."""
        if not keys:
            return None
        rooms = [key for key in keys if self._names.get(key, {}).get("room")]
        places = [key for key in keys if key not in set(rooms)]
        counted = {"places": places, "rooms": rooms}
        said = {name: self._say(name, count=len(ids)) for name, ids in counted.items() if ids}
        what = self._say("places-and-rooms", **said) if len(said) > 1 else next(iter(said.values()))
        text = self._say(code, count=len(keys), what=what)
        return Finding(code, grade, text, tuple(map(self._make_item, places)), self._group(rooms))

    def _group(self, rooms: Iterable[str]) -> tuple[Rooms, ...]:
        """Put rooms together by floor, in the order in which their floors come."""
        return tuple(
            Rooms(self._say("rooms-of", floor=floor, count=names.total()), self._join(names))
            for floor, names in self._count_by_floor(rooms).items()
        )

    def _count_by_floor(self, keys: Iterable[str]) -> Mapping[str, Counter[str]]:
        by_floor: dict[str, Counter[str]] = {}
        for item in map(self._make_item, keys):
            by_floor.setdefault(item.floor, Counter())[item.name] += 1
        return by_floor

    def _join(self, names: Counter[str]) -> str:
        said = [
            self._say("alike", name=name, count=count) if count > 1 else name
            for name, count in sorted(names.items())
        ]
        return translate(self._language, "signaudit.separator").join(said)

    def list_meanwhile(self, document: Mapping[str, Any]) -> Iterator[Finding]:
        """Yield what it does beyond that while what is closed now is."""
        calm, now = document["reach"], document["meanwhile"]
        for code in ("unreachable", "without_steps") if now is not None else ():
            known = set(calm[code])
            more = [key for key in now[code] if key not in known]
            found = self.find_places(f"{code}-meanwhile", BAD, more)
            if found is not None:
                yield found

    def list_rest(self, document: Mapping[str, Any]) -> Iterator[Finding]:
        """Yield what it does to journeys, signs and displays."""
        journeys = document["journeys"]
        for profile, code in _BARRED.items():
            rows = [one for one in journeys["lost"] if one["profile"] == profile]
            yield from self._list_ways(code, journeys[code], rows)
        yield from self._list("longer", WARN, "place", journeys["longer"], self._say_longer)
        yield from self._list("wrong", BAD, "sign", document["wrong"], self._say_wrong)
        yield from self._list("displays", PLAIN, "display", document["displays"], self._say_reasons)
        yield from self._count("planned", PLAIN, document["planned"])

    def _count(self, code: str, grade: str, count: int) -> Iterator[Finding]:
        if count:
            yield Finding(code, grade, self._say(code, count=count))

    def _list_ways(self, code: str, count: int, rows: _Rows) -> Iterator[Finding]:
        """Say how many journeys there are no more, and from where to where."""
        for one in self._count(code, BAD, count):
            yield replace(one, ways=tuple(map(self._make_ways, rows)))

    def _make_ways(self, row: Mapping[str, Any]) -> Ways:
        named, listed = {}, {}
        for ends in ("starts", "places"):
            keys = row[ends]
            is_one = len(keys) == 1
            counted = self._say(f"ways-{ends}", count=len(keys))
            named[ends] = self._make_item(keys[0]).name if is_one else counted
            floors = {} if is_one else self._count_by_floor(keys)
            listed[ends] = tuple(OnFloor(key, self._join(names)) for key, names in floors.items())
        return Ways(self._say("ways", **named), **listed)

    def _list(
        self, code: str, grade: str, member: str, rows: _Rows, say: Callable[..., Iterable[str]]
    ) -> Iterator[Finding]:
        """Put what is said of each feature together."""
        notes: dict[str, list[str]] = {}
        for row in rows:
            notes.setdefault(row[member], []).extend(say(row))
        if notes:
            items = tuple(self._make_item(key, said) for key, said in notes.items())
            yield Finding(code, grade, self._say(code, count=len(items)), items)

    def _make_item(self, key: str, notes: Iterable[str] = ()) -> Item:
        named = self._names.get(key, {})
        name = pick_label(named.get("name"), self._language) or key
        code = named.get("code", "")
        called = self._say("sign", name=name, code=code) if code and code != name else name
        floor = pick_label(named.get("floor"), self._language)
        return Item(key, called, floor, tuple(dict.fromkeys(notes)), code)

    def _say_longer(self, one: Mapping[str, Any]) -> Iterator[str]:
        yield self._say(
            "longer-how",
            profile=say_profile(one["profile"], self._language),
            start=self._make_item(one["start"]).name,
            before=ceil(one["before_s"] / 60),
            after=ceil(one["after_s"] / 60),
            count=one["journeys"],
        )

    def _say_wrong(self, one: Mapping[str, Any]) -> Iterator[str]:
        to = one["to"]
        called = pick_label(one.get("called"), self._language) if one["code"] == "renamed" else ""
        yield translate(
            self._language,
            f"signaudit.wrong.{one['code']}",
            name=called or ("" if to is None else self._make_item(to).name),
            printed=self._say_arrow(one["printed"]),
            right=self._say_arrow(one["right"]),
        )

    def _say_arrow(self, arrow: str | None) -> str:
        return "" if arrow is None else name_arrow(Arrow(arrow), self._language)

    def _say_reasons(self, one: Mapping[str, Any]) -> Iterator[str]:
        return (self._say(f"display.{reason}") for reason in one["reasons"])

    def _say(self, code: str, /, **values: Any) -> str:  # noqa: ANN401 - what the words need
        return translate(self._language, f"studio.impact.{code}", **values)
