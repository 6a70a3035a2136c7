"""Reading back: what is wrong with a page is found on the page, and named by its sign."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.draw.signs import faces
from wayfinder.draw.signs import pdf, svg
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.sizes import FORMATS
from wayfinder.services import read_back as read_back_module
from wayfinder.services.read_back import Expected, Fault, Picture, read_back, read_codes

ADDRESS = "HTTPS://WAY.EXAMPLE.ORG/S/VQAFYHP"
OTHER = "HTTPS://WAY.EXAMPLE.ORG/S/34679AC"
TEXT = "way.example.org/S/VQAFYHP"
GOOD = Expected("face-1", "A1-01", ADDRESS, (TEXT, "VQAFYHP"))


def make_matrix(payload: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(payload)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]


def write_page(canvas: Canvas, codes: Sequence[str], texts: Sequence[str]) -> None:
    for number, payload in enumerate(codes):
        matrix = make_matrix(payload)
        cell = 30 * mm / len(matrix)
        for row, line in enumerate(matrix):
            for column, dark in enumerate(line):
                if dark:
                    x = 30 * mm + number * 60 * mm + column * cell
                    canvas.rect(x, 60 * mm - row * cell, cell, cell, stroke=0, fill=1)
    for number, text in enumerate(texts):
        canvas.drawString(20 * mm, 100 * mm - number * 6 * mm, text)
    canvas.showPage()


def write_pdf(path: Path, *pages: tuple[Sequence[str], Sequence[str]]) -> Path:
    canvas = Canvas(str(path), pagesize=(148 * mm, 210 * mm))
    for codes, texts in pages:
        write_page(canvas, codes, texts)
    canvas.save()
    return path


def write_svg(path: Path, payload: str) -> Path:
    matrix = make_matrix(payload)
    cells = "".join(
        f"M{20 + x} {20 + y}h1v1h-1z"
        for y, line in enumerate(matrix)
        for x, dark in enumerate(line)
        if dark
    )
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="148mm" height="210mm"'
        f' viewBox="0 0 148 210"><path d="{cells}"/></svg>',
        "utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("codes", "texts", "problem", "found"),
    [
        ([ADDRESS], [TEXT], "", ""),
        ([], [TEXT], "no-code", ""),
        ([OTHER], [TEXT], "wrong-code", OTHER),
        ([ADDRESS.lower()], [TEXT], "wrong-code", ADDRESS.lower()),
        ([ADDRESS], ["way.example.org"], "no-text", TEXT),
        ([ADDRESS], [TEXT[:12], TEXT[12:]], "", ""),
    ],
)
def test_a_page_is_what_it_has_to_be(
    tmp_path: Path, codes: list[str], texts: list[str], problem: str, found: str
) -> None:
    path = write_pdf(tmp_path / "signs.pdf", (codes, texts))
    faults = read_back(path, [GOOD])
    wanted = (Fault("face-1", "A1-01", "signs.pdf", 1, problem, found),) if problem else ()
    assert faults == wanted


def test_two_codes_on_a_page_are_one_too_many(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "signs.pdf", ([ADDRESS, OTHER], [TEXT]))
    (fault,) = read_back(path, [GOOD])
    assert fault.problem == "several-codes"


def test_a_specimen_must_not_carry_a_code(tmp_path: Path) -> None:
    specimen = Expected("face-1", "A1-01", None, ("SPECIMEN",))
    good = write_pdf(tmp_path / "good.pdf", ([], ["SPECIMEN"]))
    bad = write_pdf(tmp_path / "bad.pdf", ([ADDRESS], ["SPECIMEN"]))
    assert read_back(good, [specimen]) == ()
    (fault,) = read_back(bad, [specimen])
    assert (fault.problem, fault.found) == ("unwanted-code", ADDRESS)


def test_the_page_that_is_wrong_is_named(tmp_path: Path) -> None:
    other = Expected("face-2", "A1-02", OTHER)
    path = write_pdf(tmp_path / "signs.pdf", ([ADDRESS], [TEXT]), ([ADDRESS], []))
    (fault,) = read_back(path, [GOOD, other])
    assert (fault.sign, fault.name, fault.page) == ("face-2", "A1-02", 2)


def test_a_missing_page_is_a_fault_of_every_sign_in_the_file(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "signs.pdf", ([ADDRESS], [TEXT]))
    faults = read_back(path, [GOOD, GOOD])
    assert [fault.problem for fault in faults] == ["no-page", "no-page"]


@pytest.mark.parametrize("name", ["signs.pdf", "sign.png", "sign.svg"])
def test_a_file_that_is_cut_off_is_a_fault(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4 and no more")
    (fault,) = read_back(path, [GOOD])
    assert fault.problem == "no-page"


def test_svg_is_drawn_and_read(tmp_path: Path) -> None:
    path = write_svg(tmp_path / "sign.svg", ADDRESS)
    assert read_back(path, [GOOD]) == ()
    (fault,) = read_back(path, [Expected("face-1", "A1-01", OTHER)])
    assert fault.problem == "wrong-code"


def test_png_is_read_in_any_colours(tmp_path: Path) -> None:
    side = 8
    matrix = make_matrix(ADDRESS)
    image = Image.new("RGB", ((len(matrix) + 8) * side,) * 2, "white")
    for y, line in enumerate(matrix):
        for x, dark in enumerate(line):
            if dark:
                at = ((x + 4) * side, (y + 4) * side)
                image.paste((20, 30, 90), (*at, at[0] + side, at[1] + side))
    content = BytesIO()
    image.save(content, "PNG")
    path = tmp_path / "sign.png"
    path.write_bytes(content.getvalue())
    assert read_back(path, [GOOD]) == ()
    (fault,) = read_back(path, [Expected("face-1", "A1-01", None)])
    assert fault.problem == "unwanted-code"


def test_other_files_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "signs.txt"
    path.write_text("no page", "utf-8")
    with pytest.raises(ValueError, match=r"signs\.txt"):
        read_back(path, [GOOD])


@pytest.mark.parametrize("kind", ["pdf", "svg"])
def test_a_large_sign_is_read_in_a_picture_of_bounded_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    sizes: list[int] = []

    def watch(picture: Picture) -> tuple[str, ...]:
        sizes.append(picture.size)
        return read_codes(picture)

    monkeypatch.setattr(read_back_module, "read_codes", watch)
    drawing = draw_sign(faces.make_face(), None, address=faces.ADDRESS, size=FORMATS["totem-large"])
    path = tmp_path / f"totem.{kind}"
    content = pdf.write_pdf([drawing]) if kind == "pdf" else svg.write_svg(drawing).encode()
    path.write_bytes(content)
    texts = drawing.texts if kind == "pdf" else ()
    assert read_back(path, [Expected("one", "One", ADDRESS, texts)]) == ()
    assert max(sizes) < 11_000_000
