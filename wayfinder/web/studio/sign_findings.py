"""What audits of signs found, as pages show it: sentences, and marks on floors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from wayfinder.draw.marked import Mark
from wayfinder.guide.catalogues import translate
from wayfinder.guide.pointing import name_arrow
from wayfinder.guide.words import say_profile
from wayfinder.model import Arrow, Level, Plan, Sign
from wayfinder.services.whereabouts import Whereabouts
from wayfinder.web.language import carry_language

Document = Mapping[str, Any]
_SAME_M = 3.0
"""Where people of several kinds are lost so near to each other there is one mark (ours)."""
_LISTED = frozenset({"unneeded", "no-messages"})
_MOST = 200
"""So many of a kind are shown; the file has all (ours)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one sign, or one place.

    Parameters
    ----------
    number
        The sign, or the number on the map.
    lines
        What is to be said of it.
    href
        Page of the sign; empty where there is none.
    """

    number: str
    lines: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class ShareShown:
    """How many arrive.

    Parameters
    ----------
    profile
        Who walks, in words.
    journeys, arrived
        How many set out and arrive.
    percent
        The share, in words.
    breaks
        Where the others are lost, by number.
    """

    profile: str
    journeys: int
    arrived: int
    percent: str
    breaks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FaultsShown:
    """What is wrong with single signs, of one kind.

    Parameters
    ----------
    heading
        What it is.
    findings
        The signs.
    is_list
        Whether their numbers say all: there may be many.
    """

    heading: str
    findings: tuple[Finding, ...]
    is_list: bool = False


class Findings:
    """Says what an audit found, for a page.

    Parameters
    ----------
    slug
        The venue.
    plan
        The plan that was audited.
    signs
        Its signs, with their codes; and those that it had before.
    language
        BCP 47 tag.
    before
        The plan as it was, for the names of what is gone.
    """

    def __init__(
        self,
        slug: str,
        plan: Plan,
        signs: Iterable[Sign],
        language: str,
        before: Plan | None = None,
    ) -> None:
        self._slug = slug
        self._plan = plan
        self._signs = {sign.id: sign for sign in signs}
        self._language = language
        self._where = Whereabouts(plan, tuple(self._signs.values()), language, before)
        self._codes = {sign.id: sign.code for sign in self._signs.values() if sign.code}

    def _say(self, message: str, **values: Any) -> str:  # noqa: ANN401 - what the words need
        return translate(self._language, f"signaudit.{message}", **values)

    def list_shares(self, document: Document) -> list[ShareShown]:
        """Say who arrives and where the others are lost; breaks are numbered through."""
        shown: list[ShareShown] = []
        number = 0
        for share in document["shares"]:
            breaks: list[Finding] = []
            for one in share["breaks"]:
                number += 1
                if len(breaks) < _MOST:
                    breaks.append(Finding(f"{number}", tuple(self._say_break(one))))
            percent = f"{100 * share['share']:.1f}"
            profile = say_profile(share["profile"], self._language)
            shown.append(
                ShareShown(profile, share["journeys"], share["arrived"], percent, tuple(breaks))
            )
        return shown

    def _say_break(self, one: Document) -> Iterator[str]:
        where = self._where
        at = self._plan.frame.to_metres(*one["place"])
        place = where.place(one["level"], at)
        why = self._say(f"lost.{one['code']}")
        yield self._say("break", count=one["journeys"], place=place, why=why)
        entrances = where.names(one["entrances"])
        if one["last_sign"] is None:
            yield self._say("break-entrance", entrances=entrances)
        else:
            yield self._say("break-sign", entrances=entrances, sign=where.sign(one["last_sign"]))
        yield self._say("break-missing", names=where.names(one["missing"]))

    def mark_breaks(self, document: Document) -> dict[str, list[Mark]]:
        """Return the marks of each floor on which people are lost, one a place."""
        found: dict[tuple[str, int, int], list[tuple[int, Document]]] = {}
        number = 0
        for share in document["shares"]:
            for one in share["breaks"]:
                number += 1
                x, y = self._plan.frame.to_metres(*one["place"])
                key = (one["level"], round(x / _SAME_M), round(y / _SAME_M))
                found.setdefault(key, []).append((number, one))
        marks: defaultdict[str, list[Mark]] = defaultdict(list)
        for (level, _, _), breaks in found.items():
            first, one = breaks[0]
            at = self._plan.frame.to_metres(*one["place"])
            title = "; ".join(next(self._say_break(other)) for _, other in breaks[:2])
            marks[level].append(Mark(at, title, "break", f"#break-{first}", None, f"{first}"))
        return dict(marks)

    def list_faults(self, document: Document) -> list[FaultsShown]:
        """Say what is wrong with single signs, by kind."""
        kinds: defaultdict[str, list[Document]] = defaultdict(list)
        for fault in document["faults"]:
            kinds[fault["code"]].append(fault)
        shown = []
        for code, faults in kinds.items():
            count = len({fault["sign"] for fault in faults})
            heading = self._say(f"fault.{code}", count=count).rstrip("：:")
            found = [self._find(one["sign"], [self._say_fault(one)]) for one in faults[:_MOST]]
            if code in _LISTED:
                found = [self._find(one["sign"], ()) for one in faults]
            shown.append(FaultsShown(heading, tuple(found), code in _LISTED))
        return shown

    def _say_fault(self, fault: Document) -> str:
        parts = [self._where.sign(fault["sign"])]
        sign = self._signs.get(fault["sign"])
        if fault["to"] is not None:
            arrows = {one.to: one.arrow for one in (sign.messages if sign is not None else ())}
            arrow = arrows.get(fault["to"])
            name = self._where.announce(fault["to"])
            said = name_arrow(arrow, self._language) if arrow is not None else ""
            parts.append(self._say("line", name=name, arrow=said) if said else f" · {name}")
        if fault["other"] is not None:
            parts.append(self._say("line-other", sign=self._where.number(fault["other"])))
        if fault["extra_s"] is not None:
            parts.append(self._say("line-longer", seconds=fault["extra_s"]))
        return "".join(parts)

    def list_wrong(self, wrong: Sequence[Document]) -> list[Finding]:
        """Say what is printed and no longer right, sign by sign."""
        signs: defaultdict[str, list[str]] = defaultdict(list)
        for one in wrong:
            signs[one["sign"]].append(self._say_wrong(one))
        return [
            self._find(sign, [self._where.sign(sign), *dict.fromkeys(lines)])
            for sign, lines in signs.items()
        ]

    def _say_wrong(self, one: Document) -> str:
        printed, right = (
            "" if arrow is None else name_arrow(Arrow(arrow), self._language)
            for arrow in (one["printed"], one["right"])
        )
        name = self._where.announce(one["to"]) if one["to"] else ""
        return self._say(f"wrong.{one['code']}", name=name, printed=printed, right=right)

    def list_faces(self, faces: Sequence[Document]) -> list[Finding]:
        """Say which temporary faces are to be put up, and what they say."""
        found = []
        for number, face in enumerate(faces, start=1):
            if face["covers"]:
                head = self._say("cover", sign=self._where.sign(face["covers"]))
            else:
                at = self._plan.frame.to_metres(*face["place"])
                head = self._say("stand", place=self._where.place(face["level"], at))
            found.append(Finding(f"{number}", (head, *self._say_lines(face["messages"]))))
        return found

    def _say_lines(self, messages: Sequence[Document]) -> Iterator[str]:
        for one in messages:
            arrow = name_arrow(Arrow(one["arrow"]), self._language)
            yield self._say("says", name=self._where.announce(one["to"]), arrow=arrow)

    def list_gaps(self, gaps: Sequence[Document]) -> list[Finding]:
        """Say where people are lost whatever one hangs."""
        found = []
        for number, gap in enumerate(gaps[:_MOST], start=1):
            at = self._plan.frame.to_metres(*gap["place"])
            place = self._where.place(gap["level"], at)
            missing = self._say("break-missing", names=self._where.names(gap["places"]))
            found.append(Finding(f"{number}", (place, missing)))
        return found

    def mark_faces(
        self, faces: Sequence[Document], *, kept: str = "cover"
    ) -> dict[str, list[Mark]]:
        """Return the marks of faces that are planned or temporary, by floor."""
        marks: defaultdict[str, list[Mark]] = defaultdict(list)
        for number, face in enumerate(faces, start=1):
            at = self._plan.frame.to_metres(*face["place"])
            is_new = face.get("new", not face.get("covers"))
            said = "; ".join(self._say_lines(face["messages"]))
            title = f"{number} {said}"[:180]
            kind = "new" if is_new else kept
            marks[face["level"]].append(Mark(at, title, kind, "", face["bearing_deg"]))
        return dict(marks)

    def _find(self, sign: str, lines: Iterable[str]) -> Finding:
        code = self._codes.get(sign)
        address = {"slug": self._slug, "sign": code, **carry_language()}
        href = url_for("studio.show_sign", **address) if code else ""
        return Finding(self._where.number(sign), tuple(lines), href)

    def choose_level(self, levels: Iterable[str]) -> str | None:
        """Return the level whose map is shown: the one that is asked for, else that of the most."""
        found = [one for one in levels if self._plan.find(one, Level) is not None]
        asked = request.args.get("level", "")
        return asked if asked in found else next(iter(found), None)
