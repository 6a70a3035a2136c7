"""What a change does to everybody, in words: for a publish, a rollback, a closure.

Made of what `wayfinder.services.impact.document` has kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from wayfinder.guide.catalogues import translate
from wayfinder.guide.pointing import name_arrow
from wayfinder.guide.words import say_profile
from wayfinder.model import Arrow, pick_label

BAD, WARN, GOOD, PLAIN = "bad", "warn", "good", "plain"
"""How grave a finding is."""


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
    """

    id: str
    name: str
    floor: str
    notes: tuple[str, ...] = ()


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
        Whom it concerns; none where they are only counted.
    """

    code: str
    grade: str
    text: str
    items: tuple[Item, ...] = ()


class ImpactView:
    """An impact in words.

    Parameters
    ----------
    document
        What `write_impact` wrote.
    language
        BCP 47 tag of the reader's language.
    """

    def __init__(self, document: Mapping[str, Any], language: str) -> None:
        self._document = document
        self._names = document["names"]
        self.language = language

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What it does, the gravest first."""
        found = [*self._list_journeys(), *self._list_meanwhile(), *self._list_faces()]
        order = (BAD, WARN, PLAIN, GOOD)
        return tuple(sorted(found, key=lambda one: order.index(one.grade)))

    @property
    def is_calm(self) -> bool:
        """Whether nobody is worse off."""
        return all(one.grade in {GOOD, PLAIN} for one in self.findings)

    @property
    def compared(self) -> str:
        """How much was compared, in words."""
        journeys = self._document["journeys"]
        counted = f"{journeys['journeys']:,}"
        return self._say("compared", places=journeys["places"], journeys=counted)

    @property
    def wrong_signs(self) -> tuple[str, ...]:
        """Ids of the printed signs that become wrong."""
        return tuple(dict.fromkeys(one["sign"] for one in self._document["wrong"]))

    def _list_journeys(self) -> Iterator[Finding]:
        journeys = self._document["journeys"]
        for code, grade in (
            ("unreachable", BAD),
            ("without_steps", BAD),
            ("gone", WARN),
            ("closed", WARN),
            ("gained", GOOD),
        ):
            yield from self._list(code, grade, journeys[code])
        if journeys["barred"]:
            yield Finding("barred", BAD, self._say("barred", count=journeys["barred"]))
        longer: dict[str, list[Mapping[str, Any]]] = {}
        for one in journeys["longer"]:
            longer.setdefault(one["place"], []).append(one)
        if longer:
            items = [
                self._make_item(place, map(self._say_longer, found))
                for place, found in longer.items()
            ]
            yield Finding("longer", WARN, self._say("longer", count=len(items)), tuple(items))

    def _list_meanwhile(self) -> Iterator[Finding]:
        """Yield what it does beyond that while what is closed now is."""
        calm, now = self._document["journeys"], self._document["meanwhile"]
        if now is None:
            return
        for code in ("unreachable", "without_steps"):
            more = [key for key in now[code] if key not in calm[code]]
            yield from self._list(f"{code}-meanwhile", BAD, more)

    def _list_faces(self) -> Iterator[Finding]:
        wrong: dict[str, list[Mapping[str, Any]]] = {}
        for one in self._document["wrong"]:
            wrong.setdefault(one["sign"], []).append(one)
        if wrong:
            items = [
                self._make_item(sign, map(self._say_wrong, found)) for sign, found in wrong.items()
            ]
            yield Finding("wrong", BAD, self._say("wrong", count=len(items)), tuple(items))
        displays = self._document["displays"]
        if displays:
            items = [
                self._make_item(one["display"], map(self._say_reason, one["reasons"]))
                for one in displays
            ]
            yield Finding("displays", PLAIN, self._say("displays", count=len(items)), tuple(items))
        if self._document["planned"]:
            planned = self._document["planned"]
            yield Finding("planned", PLAIN, self._say("planned", count=planned))

    def _list(self, code: str, grade: str, keys: Sequence[str]) -> Iterator[Finding]:
        if keys:
            items = tuple(self._make_item(key) for key in keys)
            yield Finding(code, grade, self._say(code, count=len(items)), items)

    def _make_item(self, key: str, notes: Iterable[str] = ()) -> Item:
        named = self._names.get(key, {})
        name = pick_label(named.get("name"), self.language) or key
        code = named.get("code")
        called = self._say("sign", name=name, code=code) if code and code != name else name
        floor = pick_label(named.get("floor"), self.language)
        return Item(key, called, floor, tuple(dict.fromkeys(notes)))

    def _say_longer(self, one: Mapping[str, Any]) -> str:
        return self._say(
            "longer-how",
            profile=say_profile(one["profile"], self.language),
            start=self._make_item(one["start"]).name,
            before=ceil(one["before_s"] / 60),
            after=ceil(one["after_s"] / 60),
            count=one["journeys"],
        )

    def _say_wrong(self, one: Mapping[str, Any]) -> str:
        to = one["to"]
        called = pick_label(one.get("called"), self.language) if one["code"] == "renamed" else ""
        return translate(
            self.language,
            f"signaudit.wrong.{one['code']}",
            name=called or ("" if to is None else self._make_item(to).name),
            printed=self._say_arrow(one["printed"]),
            right=self._say_arrow(one["right"]),
        )

    def _say_arrow(self, arrow: str | None) -> str:
        return "" if arrow is None else name_arrow(Arrow(arrow), self.language)

    def _say_reason(self, reason: str) -> str:
        return self._say(f"display.{reason}")

    def _say(self, code: str, /, **values: Any) -> str:  # noqa: ANN401 - what the words need
        return translate(self.language, f"studio.impact.{code}", **values)
