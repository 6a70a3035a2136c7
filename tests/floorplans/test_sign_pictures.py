"""Pictures of signs in the docs: drawn here, written into ``docs/images`` with ``--pictures``."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from wayfinder.draw.scene import make_scene
from wayfinder.draw.signs.display import SignDrawing
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.png import write_png
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.services.base_address import make_sign_address
from wayfinder.services.batch_choice import choose_levels
from wayfinder.services.batch_orders import Wish
from wayfinder.services.served import Served
from wayfinder.services.sign_batches import make_batch
from wayfinder.services.sign_faces import make_face

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
BASE = "https://way.example.org"
TONGUES = ("zh-Hans", "en")
PAPER = (190, 196, 202)


def draw(served: Served, ref: str) -> SignDrawing:
    sign = next(one for one in served.signs.values() if one.ref == ref)
    face = make_face(served, sign.id)
    address = make_sign_address(BASE, sign.code or "")
    height = face.letter_height_mm
    assert height is not None
    first, second = TONGUES
    scene = make_scene(served.plan, sign.level_id, language=first, second_language=second)
    size = choose_size(face, TONGUES, letter_height_mm=height, address=address)
    return draw_sign(face, scene, address=address, size=size, letter_height_mm=height)


def show(page: SignDrawing, dpi: float) -> Image.Image:
    return Image.open(BytesIO(write_png(page, dpi))).convert("RGB")


def frame(*pictures: Image.Image) -> Image.Image:
    """Put pictures side by side on grey, so that white sheets have an edge."""
    gap = 12
    width = sum(one.width + gap for one in pictures) + gap
    sheet = Image.new("RGB", (width, max(one.height for one in pictures) + 2 * gap), PAPER)
    x = gap
    for one in pictures:
        sheet.paste(one, (x, gap))
        x += one.width + gap
    return sheet


def take_wall(served: Served, _: Path) -> Image.Image:
    return frame(show(draw(served, "A1-08"), 32))


def take_hanging(served: Served, _: Path) -> Image.Image:
    """Show a hanging sign and its plate, the plate larger than true."""
    drawing = draw(served, "A1-01")
    assert drawing.plate is not None
    return frame(show(drawing, 16), show(drawing.plate, 30))


def take_directory(served: Served, _: Path) -> Image.Image:
    return frame(show(draw(served, "A1-S1"), 34))


def take_mounting(served: Served, folder: Path) -> Image.Image:
    level = next(one.level_id for one in served.signs.values() if one.ref.startswith("E1-"))
    levels = choose_levels(served.plan, [level])
    make_batch(served, Wish(folder / "signs", base=BASE, levels=levels, languages=TONGUES))
    (file,) = (folder / "signs").glob("mounting-*.pdf")
    with pypdfium2.PdfDocument(file) as document:
        page: Image.Image = document[0].render(scale=0.9).to_pil()
    return frame(page.convert("RGB"))


PICTURES: dict[str, Callable[[Served, Path], Image.Image]] = {
    "sign-wall": take_wall,
    "sign-hanging": take_hanging,
    "sign-directory": take_directory,
    "sign-mounting": take_mounting,
}


@pytest.mark.long
@pytest.mark.parametrize("name", PICTURES)
def test_the_docs_have_this_picture(
    served_hospital: Served, tmp_path: Path, name: str, pytestconfig: pytest.Config
) -> None:
    shot = PICTURES[name](served_hospital, tmp_path)
    file = IMAGES / f"{name}.png"
    if pytestconfig.getoption("--pictures"):
        shot.quantize(96, dither=Image.Dither.NONE).save(file, optimize=True)
    assert len(shot.getcolors(1 << 24) or ()) > 50
    with Image.open(file) as kept:
        assert kept.size == shot.size, f"{file} is old: run with --pictures"
