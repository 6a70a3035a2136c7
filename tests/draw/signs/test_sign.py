"""What is on a sign, and that it lies where it should."""

import pytest
import zxingcpp
from PIL import Image

from tests.draw.colours import contrast
from tests.draw.signs.faces import (
    ADDRESS,
    EMERGENCY,
    PLAIN,
    ZONE_B,
    ground_floor,
    make_face,
    make_line,
)
from wayfinder.draw.signs.code import make_code
from wayfinder.draw.signs.display import Glyphs, SignDrawing, Use
from wayfinder.draw.signs.fonts import MissingGlyphError, load_font
from wayfinder.draw.signs.marks import colour_zone
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.sizes import FORMATS, SignFormat
from wayfinder.draw.theme import load_theme
from wayfinder.guide.face import Face
from wayfinder.model.sign_address import SignAddress

A4 = FORMATS["A4"]


def draw(face: Face, size: SignFormat = A4, address: SignAddress | None = ADDRESS) -> SignDrawing:
    return draw_sign(face, ground_floor(), address=address, size=size)


def said(page: SignDrawing) -> list[str]:
    return [item.text for item in page.items if isinstance(item, Glyphs)]


def outside(page: SignDrawing) -> list[str]:
    """Return the texts that leave the page."""
    return [
        item.text
        for item in page.items
        if isinstance(item, Glyphs)
        and not item.angle
        and not (
            item.x >= 0
            and item.x + load_font(item.weight).measure_em(item.text) * item.size
            <= page.width_mm + 1e-6
            and item.y - item.size * 0.9 >= -1
            and item.y <= page.height_mm
        )
    ]


def overlapping(page: SignDrawing) -> list[tuple[str, str]]:
    """Return level texts that cover each other."""
    boxes = [
        (
            item.text,
            item.x,
            item.y - 0.75 * item.size,
            item.x + load_font(item.weight).measure_em(item.text) * item.size,
            item.y + 0.05 * item.size,
        )
        for item in page.items
        if isinstance(item, Glyphs) and not item.angle
    ]
    return [
        (one[0], two[0])
        for i, one in enumerate(boxes)
        for two in boxes[:i]
        if one[1] < two[3] and two[1] < one[3] and one[2] < two[4] and two[2] < one[4]
    ]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("languages", [("zh-Hans", "en"), ("en",)])
def test_every_size_holds_what_it_must(name: str, languages: tuple[str, ...]) -> None:
    size = FORMATS[name]
    lines = PLAIN[1:2] if size.name == "hanging" else PLAIN
    face = make_face(*lines, EMERGENCY)
    drawing = draw_sign(
        face, ground_floor(*languages), address=ADDRESS, size=size, languages=languages
    )
    assert (drawing.width_mm, drawing.height_mm) == (size.width_mm, size.height_mm)
    assert not drawing.dropped
    assert not drawing.reduced
    assert drawing.letter_height_mm >= size.least_letter_mm - 1e-9
    for page in drawing.pages:
        assert outside(page) == []
        assert overlapping(page) == []
    squeezed = "".join(said(drawing)).replace(" ", "")
    for line in face.lines:
        assert line.labels[languages[0]].replace(" ", "") in squeezed
    coded = drawing.plate if size.hanging else drawing
    assert coded is not None
    assert coded.payload == ADDRESS.url
    assert {ADDRESS.text, ADDRESS.code} <= set(said(coded))
    assert any("A1-07" in text for text in said(coded))
    assert any("010-6000 1000" in text for text in said(coded))


def test_arrows_stand_once_a_direction_and_symbols_beside_each_name() -> None:
    drawing = draw(make_face(*PLAIN, EMERGENCY))
    keys = [item.part.key for item in drawing.items if isinstance(item, Use)]
    arrows = [key.split()[1] for key in keys if key.startswith("arrow")]
    assert arrows == ["ahead", "left", "right"]
    assert "symbol emergency emergency light" in keys
    assert keys.count("symbol pharmacy info light") >= 3


def test_emergency_is_never_left_out_though_it_is_the_farthest() -> None:
    many = [make_line(n, {"zh-Hans": f"第{n}诊室", "en": f"Room {n}"}) for n in range(40)]
    drawing = draw(make_face(*many, EMERGENCY))
    assert "急诊" in said(drawing)
    assert "第0诊室" in said(drawing)
    assert len(drawing.dropped) == 33
    assert EMERGENCY not in drawing.dropped
    kept = {line.to for line in many} - {line.to for line in drawing.dropped}
    # what is left out lies farther than all that is kept
    assert kept == {line.to for line in many[:7]}
    assert outside(drawing) == []


def test_an_overlong_name_wraps_then_loses_its_second_language_and_is_never_cut() -> None:
    long = "国家老年疾病临床医学研究中心神经内科认知障碍与运动障碍联合多学科会诊门诊"
    english = (
        "JOINT CLINIC OF THE NATIONAL CENTRE FOR COGNITIVE AND MOTOR DISORDERS OF THE OLD, " * 3
    )
    named = make_line(1, {"zh-Hans": long, "en": english.strip()})
    drawing = draw(make_face(named, *PLAIN, EMERGENCY), FORMATS["A5"])
    texts = said(drawing)
    assert long in "".join(texts)
    assert named in drawing.reduced
    assert not any("…" in text for text in texts)
    assert "Radiology" in texts
    assert outside(drawing) == []
    assert overlapping(drawing) == []


def test_a_word_without_a_place_to_break_is_broken_anyway() -> None:
    word = "Hals-Nasen-Ohren" + "heilkundeabteilungsleitungssekretariat" * 2
    drawing = draw_sign(
        make_face(make_line(1, {"de": word})),
        None,
        address=ADDRESS,
        size=FORMATS["A5"],
        languages=("en",),
    )
    assert word in "".join(said(drawing))
    assert outside(drawing) == []


def test_a_missing_translation_falls_back_is_not_repeated_and_is_told() -> None:
    lines = (make_line(1, {"zh-Hans": "药房"}), make_line(2, {"en": "Canteen"}))
    drawing = draw_sign(make_face(*lines), None, address=ADDRESS, size=A4)
    assert said(drawing).count("药房") == 1
    assert said(drawing).count("Canteen") == 1
    assert drawing.untranslated == ("to-1", "to-2")


def test_a_missing_letter_names_the_sign_and_the_character() -> None:
    with pytest.raises(MissingGlyphError) as found:
        draw(make_face(make_line(1, {"zh-Hans": "药房🏥", "en": "Pharmacy"})))
    assert "A1-07" in str(found.value)
    assert "U+1F3E5" in str(found.value)


def test_without_an_address_it_is_a_specimen_without_a_code() -> None:
    drawing = draw(make_face(*PLAIN), address=None)
    assert drawing.payload is None
    assert drawing.texts == ()
    assert any("SPECIMEN 样张" in text for text in said(drawing))
    assert "VQAFYHP" not in "".join(said(drawing))


def test_a_floor_and_a_zone_elsewhere_stand_beside_the_name() -> None:
    far = make_line(1, {"zh-Hans": "病房", "en": "Ward"}, zone=ZONE_B, floor={"en": "5F"})
    texts = said(draw(make_face(far)))
    assert "5F" in texts
    assert "B" in texts


@pytest.mark.parametrize("theme", ["light", "print"])
@pytest.mark.parametrize(
    "colour", ["blue", "green", "orange", "red", "purple", "yellow", "x", None]
)
def test_letters_of_zones_can_be_read_in_every_colour(theme: str, colour: str | None) -> None:
    ground, ink = colour_zone(colour, load_theme(theme))
    assert contrast(ground, ink) >= 4.5


@pytest.mark.parametrize("theme", ["light", "print"])
def test_names_have_a_contrast_of_seven(theme: str) -> None:
    ink = load_theme(theme).ink
    assert contrast(ink["text"], ink["page"]) >= 7
    assert contrast(ink["on-banner"], ink["banner"]) >= 7


def test_the_code_is_as_large_as_its_scanning_distance_asks_for() -> None:
    for size in FORMATS.values():
        assert size.code_mm >= 30
        assert size.code_mm >= 100 * size.scan_m - 1e-9


def test_a_code_is_what_a_phone_reads() -> None:
    outline, modules = make_code(ADDRESS.url)
    assert modules == 29
    picture = Image.new("L", (modules + 8, modules + 8), 255)
    inside = [[False] * modules for _ in range(modules)]
    # even-odd along each row: a module is dark behind an odd number of upright edges
    at = 0
    for ring in outline.commands.split("Z")[:-1]:
        points = outline.points[at : at + len(ring)].astype(int).tolist()
        at += len(ring)
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            for y in range(min(y1, y2), max(y1, y2)) if x1 == x2 else ():
                for x in range(x1, modules):
                    inside[y][x] = not inside[y][x]
    for y, row in enumerate(inside):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    (found,) = zxingcpp.read_barcodes(picture.resize((370, 370), Image.Resampling.NEAREST))
    assert found.text == ADDRESS.url
    assert found.ec_level == "Q"


def test_a_hanging_sign_says_what_it_has_no_room_for() -> None:
    drawing = draw(make_face(*PLAIN, EMERGENCY), FORMATS["hanging"])
    shown = {line.to for line in (*PLAIN, EMERGENCY)} - {line.to for line in drawing.dropped}
    assert EMERGENCY.to in shown
    assert len(shown) >= 2
    assert drawing.letter_height_mm >= 25 - 1e-9
    assert outside(drawing) == []


def test_few_names_are_larger_and_a_farther_reader_gets_larger_letters() -> None:
    rooms = [make_line(n, {"zh-Hans": f"第{n}诊室", "en": f"Room {n}"}) for n in range(8)]
    few, many = draw(make_face(PLAIN[0])), draw(make_face(*rooms))
    assert few.letter_height_mm > many.letter_height_mm
    far = draw_sign(make_face(*PLAIN), None, address=ADDRESS, size=A4, letter_height_mm=15)
    assert far.letter_height_mm >= 15 - 1e-9


def test_a_language_is_asked_for() -> None:
    with pytest.raises(ValueError, match="one language or two"):
        draw_sign(make_face(), None, address=None, size=A4, languages=())
