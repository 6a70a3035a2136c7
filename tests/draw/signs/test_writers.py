"""The three writers draw the same list."""

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from tests.draw.samples import SVG, parse
from tests.draw.signs.faces import ADDRESS, EMERGENCY, PLAIN, ground_floor, make_face
from wayfinder.draw.signs.display import Glyphs, SignDrawing
from wayfinder.draw.signs.outlines import flatten, read_path, rectangle
from wayfinder.draw.signs.pdf import write_pdf
from wayfinder.draw.signs.png import write_png
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.sizes import FORMATS
from wayfinder.draw.signs.svg import write_svg


@pytest.fixture(scope="module")
def a4() -> SignDrawing:
    face = make_face(*PLAIN, EMERGENCY, spots=((16.0, 9.0),))
    return draw_sign(face, ground_floor(), address=ADDRESS, size=FORMATS["A4"])


@pytest.fixture(scope="module")
def a4_pdf(a4: SignDrawing) -> bytes:
    return write_pdf([a4, a4])


def render(pdf: bytes, dpi: float, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=dpi / 72).to_pil()
    return picture.convert("RGB")


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_pdf_has_the_page_size_the_words_and_a_code_that_is_read(a4_pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(a4_pdf)
    assert len(document) == 2
    assert document[0].get_size() == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=0.1)
    text = document[0].get_textpage().get_text_range()
    for word in ("挂号收费处", "Radiology", "急诊", ADDRESS.text, ADDRESS.code):
        assert word in text
    assert read(render(a4_pdf, 72)) == [ADDRESS.url]


def test_pdf_is_read_blurred_and_askew(a4_pdf: bytes) -> None:
    page = render(a4_pdf, 150).filter(ImageFilter.GaussianBlur(1))
    turned = page.rotate(15, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    assert read(turned) == [ADDRESS.url]


def test_pdf_embeds_its_letters_writes_shared_parts_once_and_is_the_same_each_time(
    a4: SignDrawing, a4_pdf: bytes
) -> None:
    assert write_pdf([a4, a4]) == a4_pdf
    assert len(a4_pdf) < 1.35 * len(write_pdf([a4]))
    assert a4_pdf.count(b"/FontFile2") >= 2


def test_without_a_sign_there_is_no_document() -> None:
    with pytest.raises(ValueError, match="no sign"):
        write_pdf([])


def test_a_hanging_sign_is_two_pages_and_only_the_plate_has_the_code() -> None:
    face = make_face(*PLAIN, EMERGENCY)
    drawing = draw_sign(face, ground_floor(), address=ADDRESS, size=FORMATS["hanging"])
    pdf = write_pdf([drawing])
    assert [read(render(pdf, 72, page)) for page in (0, 1)] == [[], [ADDRESS.url]]


def test_png_has_its_size_and_a_code_that_is_read(a4: SignDrawing) -> None:
    picture = Image.open(BytesIO(write_png(a4, 100)))
    assert picture.size == (827, 1169)
    assert read(picture.convert("RGB")) == [ADDRESS.url]


def test_png_and_pdf_show_the_same(a4: SignDrawing, a4_pdf: bytes) -> None:
    png = Image.open(BytesIO(write_png(a4, 72))).convert("L")
    pdf = render(a4_pdf, 72).convert("L").resize(png.size)
    blurred = [np.asarray(p.filter(ImageFilter.GaussianBlur(2)), dtype=float) for p in (png, pdf)]
    assert np.abs(blurred[0] - blurred[1]).mean() < 2.5


def test_a_large_png_is_drawn_in_bands_that_nobody_sees(
    a4: SignDrawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = np.asarray(Image.open(BytesIO(write_png(a4, 40))), dtype=int)
    monkeypatch.setattr("wayfinder.draw.signs.png._BAND_PIXELS", 400_000)
    banded = np.asarray(Image.open(BytesIO(write_png(a4, 40))), dtype=int)
    assert np.abs(whole - banded).max() <= 40
    assert np.abs(whole - banded).mean() < 0.05


@pytest.mark.parametrize("dpi", [0, -1, 601, float("nan")])
def test_png_refuses_resolutions_that_make_no_sense(a4: SignDrawing, dpi: float) -> None:
    with pytest.raises(ValueError, match="dpi"):
        write_png(a4, dpi)


def test_svg_needs_no_font_and_says_what_it_shows(a4: SignDrawing) -> None:
    svg = write_svg(a4)
    root = parse(svg)
    assert root.get("width") == "210mm"
    assert not list(root.iter(f"{SVG}text"))
    described = root.findtext(f"{SVG}desc") or ""
    for item in a4.items:
        if isinstance(item, Glyphs):
            assert item.text in described
    defined = {node.get("id") for node in root.iter() if node.get("id")}
    used = {(node.get("href") or "")[1:] for node in root.iter(f"{SVG}use")}
    assert used <= defined


def test_curves_are_broken_into_lines_that_stay_near() -> None:
    (points, closed), *rest = flatten(rectangle(-1, -1, 2, 2, radius=1), 0.001)
    assert closed
    assert not rest
    assert np.abs(np.hypot(points[:, 0], points[:, 1]) - 1).max() < 0.003


def test_paths_of_symbols_with_arcs_are_read() -> None:
    outline = read_path("M0,0h10a5,5 0 0 1 0,10H0z")
    left, top, right, bottom = outline.bounds
    assert (left, top, bottom) == (0, 0, 10)
    assert right == pytest.approx(15)
