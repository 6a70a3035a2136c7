"""The signs of the hospital as they are printed: nothing is left out, all can be read from afar."""

from collections.abc import Iterator

import pytest

from wayfinder.checks.public_places import list_public_places
from wayfinder.draw.signs.display import Glyphs, SignDrawing
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.guide.face import Face
from wayfinder.guide.groups import GroupKind, get_groups
from wayfinder.model.sign_address import SignAddress
from wayfinder.services.served import Served
from wayfinder.services.sign_faces import make_face

TONGUES = ("zh-Hans", "en")


@pytest.fixture(scope="module")
def printed(served_hospital: Served, *, run_all: bool) -> dict[str, tuple[Face, SignDrawing]]:
    """Return faces by number and as they are printed, without their maps."""
    return {face.sign.ref: (face, draw(face)) for face in choose_faces(served_hospital, run_all)}


def choose_faces(served: Served, run_all: bool) -> Iterator[Face]:  # noqa: FBT001 - a choice
    """Yield all faces, or in a quick run some and the first directory."""
    signs = list(served.signs.values())
    chosen = signs if run_all else [*signs[::17], *[s for s in signs if s.directory][:1]]
    return (make_face(served, sign.id) for sign in chosen)


def draw(face: Face) -> SignDrawing:
    code = face.sign.code or ""
    address = SignAddress(f"HTTPS://WAY.EXAMPLE.ORG/S/{code}", f"way.example.org/S/{code}", code)
    height = face.letter_height_mm
    assert height is not None
    size = choose_size(face, TONGUES, letter_height_mm=height, address=address)
    return draw_sign(face, None, address=address, size=size, letter_height_mm=height)


def test_no_face_leaves_anything_out(printed: dict[str, tuple[Face, SignDrawing]]) -> None:
    lacking = {
        ref: [line.labels["zh-Hans"] for line in (*drawing.dropped, *drawing.reduced)]
        for ref, (_, drawing) in printed.items()
    }
    assert {ref: names for ref, names in lacking.items() if names} == {}


def test_all_letters_are_as_high_as_where_they_hang_needs(
    printed: dict[str, tuple[Face, SignDrawing]],
) -> None:
    low = {
        ref: (drawing.letter_height_mm, face.letter_height_mm)
        for ref, (face, drawing) in printed.items()
        if drawing.letter_height_mm < (face.letter_height_mm or 0.0) - 1e-9
    }
    assert low == {}


def test_every_face_says_something_in_both_languages(
    printed: dict[str, tuple[Face, SignDrawing]],
) -> None:
    faces = {ref: face for ref, (face, _) in printed.items()}
    assert [ref for ref, face in faces.items() if not face.lines] == []
    assert [ref for ref, face in faces.items() if face.gone] == []
    assert [ref for ref, (_, drawing) in printed.items() if drawing.untranslated] == []
    assert [ref for ref, face in faces.items() if not any(x.emergency for x in face.lines)] == []


def test_no_face_says_the_same_twice_on_one_arrow(
    printed: dict[str, tuple[Face, SignDrawing]],
) -> None:
    for ref, (face, _) in printed.items():
        said = [(line.arrow, line.labels["zh-Hans"]) for line in face.lines]
        assert len(set(said)) == len(said), ref


def test_a_directory_names_every_public_place_and_the_groups_that_signs_announce(
    printed: dict[str, tuple[Face, SignDrawing]], served_hospital: Served
) -> None:
    groups = get_groups(served_hospital.plan)
    places = list_public_places(served_hospital.network)
    announced = {
        group.labels["zh-Hans"]
        for sign in served_hospital.signs.values()
        for message in sign.messages
        if (group := groups.find_group(message.to)) and group.kind is GroupKind.BUILDING
    }
    for face, drawing in printed.values():
        if not face.directory:
            continue
        written = {item.text for item in drawing.items if isinstance(item, Glyphs)}
        named = {place.name["zh-Hans"] for place in places if "zh-Hans" in place.name}
        assert len(named) > 150
        assert {name for name in named if name not in written} == set()
        assert announced <= written
