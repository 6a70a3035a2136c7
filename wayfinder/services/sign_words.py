"""What an audit of signs found, in words for whoever looks after the signs of a house."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from wayfinder.checks.sign_audit import Audit, Break, Share
from wayfinder.checks.sign_changes import Wrong
from wayfinder.checks.sign_detours import Detours
from wayfinder.checks.sign_faults import Fault
from wayfinder.guide.catalogues import translate
from wayfinder.guide.pointing import name_arrow
from wayfinder.guide.words import say_profile
from wayfinder.model import Arrow, Sign
from wayfinder.services.whereabouts import Whereabouts

_SHOWN, _NUMBERS = 10, 40
_LISTED = frozenset({"unneeded", "no-messages"})
"""Told by their numbers alone: there may be many."""


class Teller:
    """Says what was found, line by line.

    Parameters
    ----------
    where
        What things are called.
    signs
        The signs.
    everything
        Whether all is told, or of each kind the first ones.
    """

    def __init__(self, where: Whereabouts, signs: Sequence[Sign], *, everything: bool) -> None:
        self._where = where
        self._arrows: Mapping[tuple[str, str], Arrow] = {
            (sign.id, message.to): message.arrow for sign in signs for message in sign.messages
        }
        self._most = None if everything else _SHOWN
        self._profiles = 0

    def _say(self, message: str, **values: Any) -> str:  # noqa: ANN401 - what the words need
        return translate(self._where.language, f"signaudit.{message}", **values)

    def _say_more(self, count: int) -> Iterator[str]:
        if self._most is not None and count > self._most:
            yield "  " + self._say("more", count=count - self._most)

    def tell_audit(self, audit: Audit) -> Iterator[str]:
        """Yield who arrives, where the others are lost, and what is wrong with single signs."""
        self._profiles = len(audit.shares)
        yield self._say("counts", signs=audit.signs, messages=audit.messages)
        for share in audit.shares:
            yield from self._tell_share(share)
        codes = dict.fromkeys(fault.code for fault in audit.faults)
        for code in codes:
            yield from self._tell_faults(code, [one for one in audit.faults if one.code == code])

    def _tell_share(self, share: Share) -> Iterator[str]:
        profile = say_profile(share.profile, self._where.language)
        if not share.journeys:
            yield self._say("share-none", profile=profile)
            return
        percent = f"{100 * share.share:.1f}"
        figures = {"journeys": share.journeys, "arrived": share.arrived, "percent": percent}
        yield self._say("share", profile=profile, **figures)
        for one in share.breaks[: self._most]:
            yield from self._tell_break(one)
        yield from self._say_more(len(share.breaks))

    def _tell_break(self, one: Break) -> Iterator[str]:
        where = self._where
        values = {"count": one.journeys, "place": where.place(one.level_id, one.at)}
        yield "  " + self._say("break", why=self._say(f"lost.{one.lost}"), **values)
        entrances = where.names(one.entrances)
        if one.last_sign is None:
            said = self._say("break-entrance", entrances=entrances)
        else:
            said = self._say("break-sign", entrances=entrances, sign=where.sign(one.last_sign))
        yield "      " + said
        yield "      " + self._say("break-missing", names=where.names(one.goals))

    def _tell_faults(self, code: str, faults: Sequence[Fault]) -> Iterator[str]:
        signs = list(dict.fromkeys(fault.sign for fault in faults))
        yield self._say(f"fault.{code}", count=len(signs))
        if code in _LISTED:
            most = None if self._most is None else _NUMBERS
            shown = self._where.join(self._where.number(one) for one in signs[:most])
            yield f"  {shown}" + (" …" if most is not None and len(signs) > most else "")
            return
        for fault in faults[: self._most]:
            yield f"  {self._where.sign(fault.sign)}{self._say_fault(fault)}"
        yield from self._say_more(len(faults))

    def _say_fault(self, fault: Fault) -> str:
        """Say which line is at fault, how much it costs, and whom."""
        parts = []
        if fault.to is not None:
            arrow = self._arrows.get((fault.sign, fault.to))
            values = {"name": self._where.announce(fault.to), "arrow": self._say_arrow(arrow)}
            parts.append(self._say("line", **values))
        if fault.other is not None:
            parts.append(self._say("line-other", sign=self._where.number(fault.other)))
        if fault.extra_s is not None and isfinite(fault.extra_s):
            parts.append(self._say("line-longer", seconds=round(fault.extra_s)))
        elif fault.extra_s is not None:
            parts.append(self._say("line-never"))
        if fault.profiles and len(fault.profiles) < self._profiles:
            names = (say_profile(one, self._where.language) for one in fault.profiles)
            parts.append(self._say("line-profiles", profiles=self._where.join(names)))
        return "".join(parts)

    def _say_arrow(self, arrow: Arrow | None) -> str:
        return name_arrow(arrow, self._where.language) if arrow else ""

    def tell_detours(self, detours: Detours) -> Iterator[str]:
        """Yield whom a closure concerns, and what to put up."""
        yield self._say(
            "detours",
            journeys=detours.journeys,
            before=detours.arrived_before,
            closed=detours.arrived_closed,
            arrived=detours.arrived,
            count=len(detours.faces),
        )
        if detours.cut_off:
            yield self._say("cut-off", count=detours.cut_off)
        for face in detours.faces:
            sign = face.sign
            if face.covers is None:
                yield self._say("stand", place=self._where.place(sign.level_id, sign.point))
            else:
                yield self._say("cover", sign=self._where.sign(face.covers))
            for message in sign.messages:
                values = {"name": self._where.announce(message.to)}
                yield "    " + self._say("says", arrow=self._say_arrow(message.arrow), **values)
        yield from self.tell_wrong(detours.wrong, heading="wrong-now")

    def tell_wrong(self, wrong: Sequence[Wrong], *, heading: str = "wrong") -> Iterator[str]:
        """Yield what is printed and no longer right, sign by sign."""
        signs = list(dict.fromkeys(one.sign for one in wrong))
        yield self._say(heading, count=len(signs))
        for sign in signs:
            yield f"  {self._where.sign(sign)}"
            yield from (f"    {self._say_wrong(one)}" for one in wrong if one.sign == sign)

    def _say_wrong(self, one: Wrong) -> str:
        return self._say(
            f"wrong.{one.code}",
            name=self._where.announce(one.to) if one.to else "",
            printed=self._say_arrow(one.printed),
            right=self._say_arrow(one.right),
        )
