"""Plans what the signs of the hospital announce: where faces are missing, and the lines of all."""

import sys
from collections.abc import Mapping, Sequence

from floorplans.drawing.kit import DrawingError, Hospital
from floorplans.drawing.qinghe import draw_hospital
from floorplans.drawing.signs import make_prefix
from floorplans.drawing.signs.placing import Placer
from floorplans.drawing.signs.planned import Added, make_refs, name_floor, write_planned
from wayfinder.checks.sign_plan import plan_signs
from wayfinder.model import Release, Sign
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_faces import make_face


def plan_hospital() -> int:
    """Plan the signs of the hospital as its table has them, and write ``planned.json``."""
    hospital = draw_hospital(planned=False)
    served = make_served("qinghe", Release(hospital.plan(), 1))
    kept = tuple(sign for sign in served.signs.values() if not sign.directory)
    found = plan_signs(served.router, kept=kept)
    sys.stderr.write(f"{found.told} of {found.wanted} told by {len(found.signs)} faces\n")
    added = [sign for sign in found.signs if sign.id not in served.signs]
    refs = _number(hospital, kept, added)
    names = {level.id: name_floor(level) for level in hospital.floors}
    faces = {
        refs[sign.id]: {
            "floor": names[sign.level_id],
            "x": round(sign.point[0], 3),
            "y": round(sign.point[1], 3),
            "bearing_deg": round(sign.bearing_deg or 0.0, 1) % 360,
            "mounting": sign.mounting,
        }
        for sign in added
    }
    messages: dict[str, Mapping[str, str]] = {
        refs.get(sign.id, sign.ref): {one.to: str(one.arrow) for one in sign.messages}
        for sign in found.signs
        if sign.messages
    }
    messages |= _speak(served, [sign for sign in kept if sign.ref not in messages])
    write_fitting(faces, messages)
    return 0


def write_fitting(faces: Mapping[str, Added], messages: Mapping[str, Mapping[str, str]]) -> None:
    """Write the faces for which there is room on the walls as they are drawn, and what is said."""
    hospital = draw_hospital(planned=False)
    placer = Placer(hospital.floors)
    floors = {name_floor(floor): floor for floor in hospital.floors}
    fitting = {}
    for ref, face in faces.items():
        floor = floors[face["floor"]]
        try:
            at = (face["x"], face["y"])
            placer.hang(floor, ref, at, face["bearing_deg"], face["mounting"])
        except DrawingError as error:
            sys.stderr.write(f"{error}\n")
            continue
        x, y = floor.spots[-1].at
        fitting[ref] = {**face, "x": x, "y": y}
    gone = faces.keys() - fitting.keys()
    write_planned(fitting, {ref: said for ref, said in messages.items() if ref not in gone})


def _number(hospital: Hospital, kept: Sequence[Sign], added: Sequence[Sign]) -> Mapping[str, str]:
    """Return the numbers of added faces by their ids."""
    prefixes = {f.id: make_prefix(f.building.key, f.label) for f in hospital.floors}
    refs = make_refs([sign.ref for sign in kept], [prefixes[sign.level_id] for sign in added])
    return dict(zip((sign.id for sign in added), refs, strict=True))


def _speak(served: Served, silent: Sequence[Sign]) -> Mapping[str, Mapping[str, str]]:
    """Let faces that the plan does not need say what lies each way."""
    faces = ((sign.ref, make_face(served, sign.id)) for sign in silent)
    return {ref: {line.to: str(line.arrow) for line in face.lines} for ref, face in faces}


if __name__ == "__main__":
    sys.exit(plan_hospital())
