"""What an audit of signs found, as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from wayfinder.checks.sign_audit import Audit, Break, Share
from wayfinder.checks.sign_changes import Wrong
from wayfinder.checks.sign_detours import Detours, Temporary
from wayfinder.checks.sign_faults import Fault
from wayfinder.model import Sign
from wayfinder.services.audited_signs import Audited
from wayfinder.services.whereabouts import Whereabouts

Document = dict[str, Any]


def make_audit(audited: Audited, audit: Audit, where: Whereabouts) -> Document:
    """Make the document of an audit: who arrives, where the others are lost, what is wrong."""
    shares = [_make_share(share, where) for share in audit.shares]
    faults = [_make_fault(fault) for fault in audit.faults]
    named = [fault.sign for fault in audit.faults]
    named += [fault.other for fault in audit.faults if fault.other]
    named += [one.last_sign for share in audit.shares for one in share.breaks if one.last_sign]
    return {
        "signs": audit.signs,
        "messages": audit.messages,
        "shares": shares,
        "faults": faults,
        "numbers": _number(audited.signs, named),
    }


def make_changes(signs: Sequence[Sign], wrong: Sequence[Wrong]) -> Document:
    """Make the document of what an edit has made wrong about some signs, old and new."""
    removed = [one.sign for one in wrong if one.code == "removed"]
    reprint = dict.fromkeys(one.sign for one in wrong if one.code != "removed")
    return {
        "wrong": [_make_wrong(one) for one in wrong],
        "reprint": list(reprint),
        "take_down": removed,
        "numbers": _number(signs, [one.sign for one in wrong]),
    }


def make_detours(audited: Audited, closed: Sequence[str], detours: Detours) -> Document:
    """Make the document of what a closure makes wrong, and of the temporary signs for it."""
    named = [one.sign for one in detours.wrong]
    return {
        "closed": list(closed),
        "journeys": detours.journeys,
        "cut_off": detours.cut_off,
        "arrived": {
            "before": detours.arrived_before,
            "closed": detours.arrived_closed,
            "with_temporary_signs": detours.arrived,
        },
        "wrong": [_make_wrong(one) for one in detours.wrong],
        "temporary": [_make_temporary(audited, face) for face in detours.faces],
        "numbers": _number(audited.signs, named),
    }


def _number(signs: Iterable[Sign], ids: Iterable[str]) -> Mapping[str, str]:
    """Return the numbers of signs, those that have one, by id."""
    refs = {sign.id: sign.ref for sign in signs}
    return {key: refs[key] for key in dict.fromkeys(ids) if refs.get(key)}


def _make_share(share: Share, where: Whereabouts) -> Document:
    return {
        "profile": share.profile,
        "journeys": share.journeys,
        "arrived": share.arrived,
        "share": round(share.share, 4),
        "breaks": [_make_break(one, where) for one in share.breaks],
    }


def _make_break(one: Break, where: Whereabouts) -> Document:
    near = where.find_near(one.level_id, one.at)
    return {
        "code": str(one.lost),
        "level": one.level_id,
        "unit": where.find_unit(one.level_id, one.at),
        "place": list(where.plan.frame.to_degrees(*one.at)),
        "near": None if near is None else {"sign": near[0], "distance_m": round(near[1], 1)},
        "last_sign": one.last_sign,
        "entrances": list(one.entrances),
        "missing": list(one.goals),
        "journeys": one.journeys,
    }


def _make_fault(fault: Fault) -> Document:
    extra_s = fault.extra_s
    return {
        "code": fault.code,
        "sign": fault.sign,
        "to": fault.to,
        "other": fault.other,
        "extra_s": round(extra_s) if extra_s is not None and isfinite(extra_s) else None,
        "profiles": list(fault.profiles),
    }


def _make_wrong(one: Wrong) -> Document:
    printed, right = (None if arrow is None else str(arrow) for arrow in (one.printed, one.right))
    return {"code": one.code, "sign": one.sign, "to": one.to, "printed": printed, "right": right}


def _make_temporary(audited: Audited, face: Temporary) -> Document:
    sign = face.sign
    return {
        "id": sign.id,
        "covers": face.covers,
        "level": sign.level_id,
        "unit": sign.unit_id,
        "place": list(audited.plan.frame.to_degrees(*sign.point)),
        "bearing_deg": sign.bearing_deg,
        "mounting": sign.mounting,
        "messages": [{"to": m.to, "arrow": str(m.arrow)} for m in sign.messages],
    }
