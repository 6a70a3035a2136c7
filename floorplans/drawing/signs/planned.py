"""What the signs announce, and the faces that the sign plan adds: data, made by a program.

``python -m floorplans.drawing.signs.planning`` plans them anew after the building or the table of
signs has changed, and writes ``planned.json``; after that draw the hospital. It takes minutes, so
the drawing itself only reads what was planned.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from floorplans.drawing.kit import Floor, Hospital
from floorplans.drawing.signs.placing import Placer

FILE = Path(__file__).parent / "planned.json"

Added = Mapping[str, Any]
"""``floor`` (such as ``A 1F``), ``x``, ``y`` in metres, ``bearing_deg``, ``mounting``."""


def read_planned() -> Mapping[str, Any]:
    """Return the added faces by their numbers, and the messages by the number of their face."""
    planned: Mapping[str, Any] = json.loads(FILE.read_text("utf-8"))
    return planned


def put_up(hospital: Hospital, placer: Placer, planned: Mapping[str, Any]) -> None:
    """Put up the added faces, and give all faces their messages.

    Raises
    ------
    KeyError
        The plan is of a hospital that had other floors or other signs: plan it anew.
    """
    floors = {name_floor(floor): floor for floor in hospital.floors}
    for ref, face in planned["faces"].items():
        placer.hang(
            floors[face["floor"]],
            ref,
            (face["x"], face["y"]),
            face["bearing_deg"] % 360,
            face["mounting"],
        )
    spots = {spot.key: spot for floor in hospital.floors for spot in floor.spots if spot.is_sign}
    for ref, messages in planned["messages"].items():
        listed = [{"to": to, "arrow": arrow} for to, arrow in messages.items()]
        sign = spots[ref].wayfinder["sign"]
        spots[ref].wayfinder = {**spots[ref].wayfinder, "sign": {**sign, "messages": listed}}


def name_floor(floor: Floor) -> str:
    """Return what no other floor of the site is called: its building's key and its label."""
    return f"{floor.building.key} {floor.label}"


def write_planned(faces: Mapping[str, Added], messages: Mapping[str, Mapping[str, str]]) -> None:
    """Write what was planned, a face a line."""
    FILE.write_text("".join(_list_text(faces, messages)), "utf-8")


def _list_text(
    faces: Mapping[str, Added], messages: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    yield '{\n"faces": {\n'
    yield ",\n".join(f'"{ref}": {json.dumps(face)}' for ref, face in sorted(faces.items()))
    yield '\n},\n"messages": {\n'
    yield ",\n".join(f'"{ref}": {json.dumps(said)}' for ref, said in sorted(messages.items()))
    yield "\n}\n}\n"


def make_refs(known: Sequence[str], prefixes: Sequence[str]) -> list[str]:
    """Return numbers for further signs: each goes on after the last one of its prefix."""
    last: defaultdict[str, int] = defaultdict(int)
    for ref in known:
        prefix, _, number = ref.rpartition("-")
        last[prefix] = max(last[prefix], int(number))
    made = []
    for prefix in prefixes:
        last[prefix] += 1
        made.append(f"{prefix}-{last[prefix]:02d}")
    return made
