"""What an audit asks to be printed: signs that an edit has made wrong, or temporary ones.

A temporary face has no code of its own: codes are for ever. One that hangs over a sign carries that
sign's, for it hangs in the same place and looks the same way; a stand carries none.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wayfinder.model import (
    Amenity,
    Closure,
    Conditions,
    Feature,
    Plan,
    Release,
    Unit,
    make_feature,
)
from wayfinder.model.sign import SIGNAGE, Arrow
from wayfinder.model.values import read_number, read_object
from wayfinder.services.batch_folder import BatchError
from wayfinder.services.served import Served, make_served

_LARGEST = 64 * 2**20
_MOST_FACES = 1_000
_ARROWS = frozenset(map(str, Arrow))
_UNREADABLE = (
    *(ValueError, KeyError, TypeError, AttributeError),
    *(OverflowError, RecursionError),
)
"""What a document that somebody else wrote may raise; a number of 400 digits is no degree."""


@dataclass(frozen=True, slots=True)
class TemporaryFace:
    """A temporary face as an audit's document has it.

    Parameters
    ----------
    id
        Of no feature of the plan.
    covers
        Id of the sign that it hangs over; empty for a stand.
    unit_id
        Where a stand stands.
    place
        Longitude and latitude in degrees.
    bearing_deg
        Outward normal of its face, degrees clockwise from true north.
    messages
        What it announces, as in the plan: ``to`` and ``arrow``.
    """

    id: str
    covers: str
    unit_id: str
    place: tuple[float, float]
    bearing_deg: float | None
    messages: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What an audit asks to be printed.

    Parameters
    ----------
    plan
        Hash of the plan that was audited.
    reprint
        Ids of its signs that are to be printed anew.
    faces
        Temporary faces.
    closed
        Ids of what is closed while they hang.
    """

    plan: str
    reprint: tuple[str, ...] = ()
    faces: tuple[TemporaryFace, ...] = ()
    closed: tuple[str, ...] = ()


def read_order(path: Path) -> Order:
    """Read what ``wayfinder sign-audit --json`` wrote.

    Raises
    ------
    BatchError
        It cannot be read, or is of an audit that asks for nothing to be printed: one with neither
        an older plan nor a closure.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BatchError("printing.bad-audit", file=str(path), problem="> 64 MB")
        document = json.loads(path.read_text("utf-8"))
        faces = tuple(_read_face(said) for said in document.get("temporary", ()))
        order = Order(
            plan=str(document["plan"]),
            reprint=_read_ids(document.get("reprint", [])),
            faces=faces,
            closed=_read_ids(document.get("closed", [])),
        )
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise BatchError("printing.bad-audit", file=str(path), problem=problem) from None
    except _UNREADABLE as error:
        problem = str(error) or type(error).__name__
        raise BatchError("printing.bad-audit", file=str(path), problem=problem) from None
    if "temporary" not in document and "reprint" not in document:
        raise BatchError("printing.audit-without-order", file=str(path))
    if not order.reprint and not order.faces:
        raise BatchError("printing.none-needed")
    if len(faces) > _MOST_FACES or len({face.id for face in faces}) != len(faces):
        raise BatchError("printing.bad-audit", file=str(path), problem="temporary")
    return order


def _read_ids(said: Any) -> tuple[str, ...]:  # noqa: ANN401 - any JSON value
    if not isinstance(said, list) or not all(isinstance(one, str) and one for one in said):
        raise TypeError("a list of ids is wanted")
    return tuple(said)


def _read_face(said: Mapping[str, Any]) -> TemporaryFace:
    lon, lat = (float(value) for value in said["place"])
    if not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
        raise ValueError(f"place {said['place']}")
    messages = tuple({"to": str(one["to"]), "arrow": str(one["arrow"])} for one in said["messages"])
    if any(one["arrow"] not in _ARROWS for one in messages):
        raise ValueError(f"arrow of {said['id']}")
    return TemporaryFace(
        id=str(said["id"]),
        covers=str(said["covers"] or ""),
        unit_id=str(said["unit"]),
        place=(lon, lat),
        bearing_deg=read_number(said, "bearing_deg"),
        messages=messages,
    )


def hang_temporary(served: Served, order: Order) -> Served:
    """Return a venue with the temporary faces of an order in it, while what it closes is closed.

    For printing alone: nothing of it is ever published.

    Raises
    ------
    BatchError
        The order is of another plan.
    """
    release = served.snapshot.release
    if order.plan != release.hash:
        raise BatchError("printing.audit-of-other-plan", found=order.plan, plan=release.hash)
    if not order.faces:
        return served
    stands = 0
    features: list[Feature] = []
    codes = {sign.id: sign.code for sign in served.signs.values() if sign.code}
    for face in order.faces:
        if face.id in served.plan:
            raise BatchError("printing.audit-of-other-plan", found=face.id, plan=release.hash)
        if face.covers:
            features.append(_cover(served.plan, face))
            if face.covers in codes:
                codes[face.id] = codes[face.covers]
        else:
            stands += 1
            features.append(_make_stand(served.plan, face, f"T{stands}"))
    plan = served.plan.with_features(*features)
    hung = make_served(served.slug, Release(plan, release.number)).with_codes(codes)
    # a lift that is closed on one floor is closed on all: as it was audited
    closed = sorted(hung.router.search.shafts.expand(set(order.closed) & plan.features.keys()))
    return hung.with_conditions(Conditions(closures=tuple(map(Closure, closed))), 0)


def _cover(plan: Plan, face: TemporaryFace) -> Feature:
    """Return a face as the sign that it hangs over, with other lines and no code.

    A directory stays one: it lists what it did, with the arrows that are right for now.
    """
    below = plan.find(face.covers, Amenity)
    if below is None or below.category != SIGNAGE:
        raise BatchError("printing.no-such-sign", sign=face.covers[:80])
    placed = dict(read_object(below.wayfinder, "sign"))
    said = {key: value for key, value in below.wayfinder.items() if key != "sign_code"}
    said["sign"] = {**placed, "messages": [dict(one) for one in face.messages]}
    properties = {
        "category": SIGNAGE,
        "unit_ids": list(below.unit_ids),
        "name": None,
        "wayfinder": said,
    }
    geometry = below.geometry
    return make_feature(face.id, "amenity", dict(geometry) if geometry else None, properties)


def _make_stand(plan: Plan, face: TemporaryFace, ref: str) -> Feature:
    if plan.find(face.unit_id, Unit) is None:
        raise BatchError("printing.audit-of-other-plan", found=face.unit_id[:80], plan="")
    placed = {
        "bearing_deg": face.bearing_deg,
        "mounting": "pillar",
        "messages": [dict(one) for one in face.messages],
    }
    properties = {
        "category": SIGNAGE,
        "unit_ids": [face.unit_id],
        "name": None,
        "wayfinder": {"sign": placed, "ref": ref},
    }
    geometry = {"type": "Point", "coordinates": list(face.place)}
    return make_feature(face.id, "amenity", geometry, properties)


def choose_ordered(served: Served, order: Order) -> frozenset[str]:
    """Return the ids of the signs that an order asks for; raises BatchError for an unknown one."""
    ids: Sequence[str] = [*order.reprint, *(face.id for face in order.faces)]
    for one in ids:
        if one not in served.signs:
            raise BatchError("printing.no-such-sign", sign=one[:80])
    return frozenset(ids)
