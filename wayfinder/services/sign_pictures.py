"""A sign as it would be printed today, for staff to look at."""

from dataclasses import dataclass

from wayfinder.draw.scene import make_scene
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.fonts import MissingGlyphError
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.svg import write_svg
from wayfinder.kept import Kept, keep_with
from wayfinder.model import Conditions
from wayfinder.services.base_address import make_sign_address
from wayfinder.services.batch_choice import choose_languages
from wayfinder.services.served import Served
from wayfinder.services.sign_faces import make_face

_KEPT = 48
_Key = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SignPicture:
    """A sign drawn as it is printed.

    Parameters
    ----------
    front, plate
        SVG of its face, and of the plate with its code; the plate is empty where the code is on the
        face.
    size
        Name of its format.
    problem
        Why it cannot be drawn: the fonts lack a character; empty where it can.
    """

    front: str
    plate: str = ""
    size: str = ""
    problem: str = ""


def leave_today(served: Served) -> Served:
    """Return a venue as its signs see it: they hang for years, whatever is closed today."""
    return served.with_fire(None).with_conditions(Conditions(), 0)


def picture_sign(
    served: Served, sign_id: str, *, base: str | None, language: str, second: bool = True
) -> SignPicture:
    """Draw a sign as a batch would print it.

    Parameters
    ----------
    served
        The venue.
    sign_id
        Id of a sign of its plan.
    base
        Address that codes lead to; None: a specimen.
    language
        BCP 47 tag of the language that goes first where the plan speaks it.
    second
        Whether there is a second language too.

    Raises
    ------
    KeyError
        The plan has no such sign.
    """
    languages = choose_languages(served.plan, language)[: 2 if second else 1]
    kept: Kept[_Key, SignPicture] = keep_with(served.network, "sign_pictures", lambda: Kept(_KEPT))
    code = served.signs[sign_id].code or ""
    key = (sign_id, code, base or "", languages)
    return kept.get(key, lambda: _draw(served, sign_id, base, languages))


def _draw(
    served: Served, sign_id: str, base: str | None, languages: tuple[str, ...]
) -> SignPicture:
    sign = served.signs[sign_id]
    face = make_face(leave_today(served), sign_id)
    address = make_sign_address(base, sign.code) if base and sign.code else None
    second = languages[1] if len(languages) > 1 else None
    scene = make_scene(served.plan, sign.level_id, language=languages[0], second_language=second)
    letters = face.letter_height_mm or 0.0
    try:
        size = choose_size(face, languages, letter_height_mm=letters, address=address)
        drawing = draw_sign(
            face,
            scene,
            address=address,
            size=size,
            languages=languages,
            letter_height_mm=face.letter_height_mm,
        )
        plate = "" if drawing.plate is None else write_svg(drawing.plate)
        front = write_svg(drawing)
    except MissingGlyphError as error:
        return SignPicture("", problem=str(error))
    return SignPicture(front, plate, size.name)
