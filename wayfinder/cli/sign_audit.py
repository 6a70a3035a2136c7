"""``wayfinder sign-audit``: who arrives by signs alone, and which signs are wrong."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from wayfinder.checks.sign_audit import PROFILES, Audit, Break, Share, audit_signs
from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.checks.sign_detours import Detours, plan_detours
from wayfinder.checks.sign_faults import Fault
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.places import find_closed
from wayfinder.cli.plans import build, plan_argument, read
from wayfinder.guide.catalogues import translate
from wayfinder.model import Closure, Conditions, Level, Plan, Sign, list_signs, pick_label
from wayfinder.route import PROFILES as ALL_PROFILES
from wayfinder.route import Router, find_time_zone
from wayfinder.services.directory import Directory

_SHOWN = 10


@click.command("sign-audit")
@plan_argument
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(list(ALL_PROFILES)),
    help="Who walks; may be repeated.  [default: walk, easy, wheelchair]",
)
@click.option("--at", metavar="TIME", help="When, 2026-11-23T09:30 say; now without it.")
@click.option(
    "--close",
    "closed",
    multiple=True,
    metavar="ID",
    help="Something that is to be closed: what is wrong then, and which temporary signs it needs.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="OLD_PLAN",
    help="The plan that the mounted signs were printed from: which of them are wrong now.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.95,
    show_default=True,
    metavar="SHARE",
    help="With a smaller share of arrivals on foot the exit code is 1.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document with everything.")
@language_option
def command(
    plan: Path,
    *,
    profiles: tuple[str, ...],
    at: str | None,
    closed: tuple[str, ...],
    against: Path | None,
    least: float,
    as_json: bool,
    language: str,
) -> int:
    """Walk from every public entrance of PLAN to every public place by its signs alone.

    The exit code is 1 where too few arrive, or where signs are wrong that hang.
    """
    floors = read(plan).plan
    router = Router(build(floors))
    departure = _read_time(floors, at, language)
    audit, wrong, detours = None, None, None
    if closed:
        with progress("Looking for the way round"):
            conditions = _close(floors, closed, language)
            signs = list_signs(floors)
            detours = plan_detours(
                router,
                signs,
                conditions,
                departure=departure,
                profile=next(iter(profiles), PROFILES[0]),
            )
    elif against is not None:
        old = Router(build(read(against).plan))
        with progress("Comparing what hangs with what is right"):
            wrong = list_wrong(_hang(old), _hang(router))
    else:
        with progress("Walking by the signs"):
            audit = audit_signs(router, profiles=profiles or PROFILES, departure=departure)
    return _answer(floors, (audit, wrong, detours), as_json=as_json, language=language, least=least)


def _hang(router: Router) -> tuple[Router, SignWalker]:
    return router, SignWalker(router, list_signs(router.network.plan))


def _answer(
    plan: Plan,
    found: tuple[Audit | None, tuple[Wrong, ...] | None, Detours | None],
    *,
    as_json: bool,
    language: str,
    least: float,
) -> Exit:
    audit, wrong, detours = found
    if as_json:
        print_json(make_document(plan, audit, wrong, detours))
    else:
        _print(_Words(plan, language), audit, wrong, detours)
    bad = bool(wrong) or (detours is not None and bool(detours.wrong))
    if audit is not None:
        bad = audit.shares[0].share < least
    return Exit.NO if bad else Exit.DONE


def _read_time(plan: Plan, text: str | None, language: str) -> datetime:
    zone = find_time_zone(plan)
    try:
        instant = datetime.fromisoformat(text) if text is not None else datetime.now(zone)
    except ValueError:
        raise CommandError(translate(language, "cli.at-unreadable", text=text)) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _close(plan: Plan, closed: Sequence[str], language: str) -> Conditions:
    directory = Directory(plan)
    ids = (one for text in closed for one in find_closed(directory, text, language))
    return Conditions(closures=tuple(Closure(one) for one in dict.fromkeys(ids)))


def make_document(
    plan: Plan,
    audit: Audit | None,
    wrong: Sequence[Wrong] | None,
    detours: Detours | None,
) -> dict[str, Any]:
    """Make the JSON document of what was found; what was not asked for is missing."""
    document: dict[str, Any] = {}
    if audit is not None:
        document["signs"], document["messages"] = audit.signs, audit.messages
        document["shares"] = [_make_share(plan, share) for share in audit.shares]
        document["faults"] = [_make_fault(fault) for fault in audit.faults]
    if detours is not None:
        document["journeys"] = detours.journeys
        document["arrived"] = {
            "before": detours.arrived_before,
            "closed": detours.arrived_closed,
            "with_temporary_signs": detours.arrived,
        }
        document["temporary"] = [_make_sign(plan, face.sign) for face in detours.faces]
        wrong = detours.wrong
    if wrong is not None:
        document["wrong"] = [_make_wrong(one) for one in wrong]
        document["reprint"] = list(dict.fromkeys(one.sign for one in wrong))
    return document


def _make_share(plan: Plan, share: Share) -> dict[str, Any]:
    return {
        "profile": share.profile,
        "journeys": share.journeys,
        "arrived": share.arrived,
        "share": round(share.share, 4),
        "breaks": [_make_break(plan, one) for one in share.breaks],
    }


def _make_break(plan: Plan, one: Break) -> dict[str, Any]:
    return {
        "code": str(one.lost),
        "level": one.level_id,
        "place": list(plan.frame.to_degrees(*one.at)),
        "last_sign": one.last_sign,
        "entrances": list(one.entrances),
        "missing": list(one.goals),
        "journeys": one.journeys,
    }


def _make_fault(fault: Fault) -> dict[str, Any]:
    finite = fault.extra_s is not None and fault.extra_s < float("inf")
    return {
        "code": fault.code,
        "sign": fault.sign,
        "to": fault.to,
        "other": fault.other,
        "extra_s": round(fault.extra_s) if finite and fault.extra_s is not None else None,
        "profiles": list(fault.profiles),
    }


def _make_wrong(one: Wrong) -> dict[str, Any]:
    printed, right = (None if arrow is None else str(arrow) for arrow in (one.printed, one.right))
    return {"code": one.code, "sign": one.sign, "to": one.to, "printed": printed, "right": right}


def _make_sign(plan: Plan, sign: Sign) -> dict[str, Any]:
    return {
        "id": sign.id,
        "level": sign.level_id,
        "place": list(plan.frame.to_degrees(*sign.point)),
        "bearing_deg": sign.bearing_deg,
        "mounting": sign.mounting,
        "messages": [{"to": m.to, "arrow": str(m.arrow)} for m in sign.messages],
    }


class _Words:
    """What things are called, for a line of text."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._plan = plan
        self.language = language
        self._refs = {sign.id: sign.ref for sign in list_signs(plan)}

    def name(self, feature_id: str) -> str:
        feature = self._plan.features.get(feature_id)
        return printable(pick_label(feature.name, self.language) if feature else "") or feature_id

    def sign(self, sign_id: str | None) -> str:
        if sign_id is None:
            return translate(self.language, "signaudit.no-sign-yet")
        own = sign_id.removeprefix("temporary-")
        return printable(self._refs.get(own) or own)

    def floor(self, level_id: str) -> str:
        level = self._plan.find(level_id, Level)
        return printable(pick_label(level.name or level.short_name, self.language)) if level else ""

    def say(self, message: str, **values: Any) -> str:  # noqa: ANN401 - what the words need
        return translate(self.language, f"signaudit.{message}", **values)

    def names(self, ids: Sequence[str]) -> str:
        shown = [self.name(one) for one in ids[:4]]
        return ", ".join(shown) + (f" … (+{len(ids) - 4})" if len(ids) > 4 else "")


def _print(
    words: _Words,
    audit: Audit | None,
    wrong: Sequence[Wrong] | None,
    detours: Detours | None,
) -> None:
    for line in _list_lines(words, audit, wrong, detours):
        click.echo(line)


def _list_lines(
    words: _Words,
    audit: Audit | None,
    wrong: Sequence[Wrong] | None,
    detours: Detours | None,
) -> Iterator[str]:
    if audit is not None:
        yield words.say("counts", signs=audit.signs, messages=audit.messages)
        for share in audit.shares:
            yield from _say_share(words, share)
        yield from _say_faults(words, audit.faults)
    if detours is not None:
        yield words.say(
            "detours",
            journeys=detours.journeys,
            before=detours.arrived_before,
            closed=detours.arrived_closed,
            arrived=detours.arrived,
            signs=len(detours.faces),
        )
        for face in detours.faces:
            sign = face.sign
            x, y = sign.point
            names = words.names([message.to for message in sign.messages])
            yield "  " + words.say(
                "temporary",
                sign=words.sign(sign.id),
                floor=words.floor(sign.level_id),
                x=f"{x:.1f}",
                y=f"{y:.1f}",
                names=names,
            )
        wrong = detours.wrong
    if wrong is not None:
        yield from _say_wrong(words, wrong)


def _say_share(words: _Words, share: Share) -> Iterator[str]:
    percent = f"{100 * share.share:.1f}"
    figures = {"journeys": share.journeys, "arrived": share.arrived, "percent": percent}
    yield words.say("share", profile=share.profile, **figures)
    for one in share.breaks[:_SHOWN]:
        yield "  " + words.say(
            "break",
            journeys=one.journeys,
            why=words.say(f"lost.{one.lost}"),
            floor=words.floor(one.level_id),
            x=f"{one.at[0]:.1f}",
            y=f"{one.at[1]:.1f}",
            sign=words.sign(one.last_sign),
            names=words.names(one.goals),
        )
    if len(share.breaks) > _SHOWN:
        yield "  " + translate(words.language, "cli.more", count=len(share.breaks) - _SHOWN)


def _say_faults(words: _Words, faults: Sequence[Fault]) -> Iterator[str]:
    codes = dict.fromkeys(fault.code for fault in faults)
    for code in codes:
        found = [fault for fault in faults if fault.code == code]
        signs = list(dict.fromkeys(words.sign(fault.sign) for fault in found))
        shown = ", ".join(signs[:_SHOWN]) + (" …" if len(signs) > _SHOWN else "")
        yield words.say(f"fault.{code}", count=len(signs), signs=shown)


def _say_wrong(words: _Words, wrong: Sequence[Wrong]) -> Iterator[str]:
    signs = list(dict.fromkeys(one.sign for one in wrong))
    yield words.say("reprint", count=len(signs))
    for one in wrong:
        said = words.say(
            f"wrong.{one.code}",
            name=words.name(one.to) if one.to else "",
            printed=translate(words.language, f"arrow.{one.printed}") if one.printed else "",
            right=translate(words.language, f"arrow.{one.right}") if one.right else "",
        )
        yield f"  {words.sign(one.sign)}: {said}"
