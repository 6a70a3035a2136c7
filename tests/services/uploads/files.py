"""Small files of every kind that is taken."""

import atexit
import bz2
import gzip
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import osmium
import xlsxwriter
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.ascii_plan import draw_plan
from tests.formats.osm.drawing import Drawing
from tests.services.uploads.old_tables import Table, make_ods, make_xls
from wayfinder.formats.imdf_write import write_imdf
from wayfinder.model import Plan
from wayfinder.services.uploads import Kind, Nursery

FLOOR = """
+-----+-----+
|A    |B    |
+--1--+--2--+
3hall       |
+-----------+
"""


@cache
def share_nursery() -> Nursery:
    """Return the nursery of all tests of a process: to start one takes seconds."""
    made = Nursery()
    atexit.register(made.close)
    return made


def make_house() -> Plan:
    """Return a plan of two rooms."""
    return draw_plan(FLOOR)


def make_imdf() -> bytes:
    """Return a plan as a zip."""
    with TemporaryDirectory() as folder:
        return write_imdf(make_house(), Path(folder) / "plan.zip").read_bytes()


def make_collection() -> bytes:
    """Return the rooms of a plan alone."""
    with zipfile.ZipFile(BytesIO(make_imdf())) as archive:
        return archive.read(next(name for name in archive.namelist() if "unit" in name))


def make_osm() -> Drawing:
    """Return a drawing of one room with a door."""
    drawing = Drawing()
    drawing.box(0, 0, 4, 4, indoor="room", level="0", name="A")
    drawing.box(4, 0, 8, 4, indoor="corridor", level="0")
    drawing.node(4, 2, {"door": "yes", "level": "0"})
    return drawing


def make_pbf() -> bytes:
    """Return the same drawing as libosmium packs it."""
    drawing = make_osm()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.osm.pbf"
        (Path(folder) / "plan.osm").write_text(drawing.xml(), "utf-8")
        with osmium.SimpleWriter(str(path)) as writer:
            for element in osmium.FileProcessor(str(Path(folder) / "plan.osm")):
                writer.add(element)
        return path.read_bytes()


def make_picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a picture of a line."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).line((0, 0, *size), "black", 3)
    made = BytesIO()
    image.convert(mode).save(made, kind)
    return made.getvalue()


def make_frames(kind: str, mode: str = "RGB") -> bytes:
    """Return two pictures in one file."""
    images = [Image.new("RGB", (60, 40), colour).convert(mode) for colour in ("white", "red")]
    made = BytesIO()
    images[0].save(made, kind, save_all=True, append_images=images[1:])
    return made.getvalue()


def make_scan(kind: str, mode: str, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's
    """Return a picture as scanners keep it."""
    with Image.open(BytesIO(make_picture())) as image:
        made = BytesIO()
        image.convert(mode).save(made, kind, **options)
    return made.getvalue()


def make_pdf(pages: int = 2, size: tuple[float, float] = (200, 100)) -> bytes:
    """Return a document of some pages."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=size)
    for _ in range(pages):
        canvas.line(0, 0, *size)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def make_scanned_pdf() -> bytes:
    """Return a page that is a photo."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=(200, 100))
    canvas.drawImage(ImageReader(BytesIO(make_picture("JPEG"))), 0, 0, 200, 100)
    canvas.save()
    return made.getvalue()


def make_csv() -> bytes:
    """Return a table as text."""
    return "id,name:en,hours\nA,Room A,Mo-Fr 08:00-12:00\nB,Büro,\n".encode()


def make_xlsx() -> bytes:
    """Return a table as a workbook."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((["id", "name:en"], ["A", "Room A"], ["B", 7])):
            sheet.write_row(number, 0, row)
    return made.getvalue()


class Sample(NamedTuple):
    """A small file: what it is to be, its name, what makes it."""

    kind: Kind
    file: str
    make: Callable[[], bytes]


def _make_xml() -> bytes:
    return make_osm().xml().encode()


_TABLE: Table = (
    *(("id", "name:en"), ("A", "Room A"), ("B", 7.0)),
    *((f"C{number}", number) for number in range(120)),
)
SAMPLES: Mapping[str, Sample] = {
    "imdf": Sample(Kind.PLAN, "plan.zip", make_imdf),
    "imdf-collection": Sample(Kind.PLAN, "unit.geojson", make_collection),
    "osm": Sample(Kind.PLAN, "plan.osm", _make_xml),
    "osm-gzip": Sample(Kind.PLAN, "plan.osm.gz", lambda: gzip.compress(_make_xml(), mtime=0)),
    "osm-bzip2": Sample(Kind.PLAN, "plan.osm.bz2", lambda: bz2.compress(_make_xml())),
    "pbf": Sample(Kind.PLAN, "plan.osm.pbf", make_pbf),
    "geojson": Sample(
        Kind.PLAN, "plan.geojson", lambda: json.dumps(_make_geojson()).encode("utf-8")
    ),
    "bmp": Sample(Kind.PICTURE, "plan.bmp", lambda: make_picture("BMP")),
    "bmp-few-colours": Sample(Kind.PICTURE, "plan.bmp", lambda: make_picture("BMP", "P")),
    "gif": Sample(Kind.PICTURE, "plan.gif", lambda: make_frames("GIF", "P")),
    "png": Sample(Kind.PICTURE, "plan.png", make_picture),
    "jpeg": Sample(Kind.PICTURE, "plan.jpg", lambda: make_picture("JPEG")),
    "jpeg-of-several": Sample(Kind.PICTURE, "plan.jpg", lambda: make_frames("MPO")),
    "tiff": Sample(Kind.PICTURE, "plan.tif", lambda: make_picture("TIFF", "1")),
    "tiff-fax": Sample(
        Kind.PICTURE, "plan.tif", lambda: make_scan("TIFF", "1", compression="group4")
    ),
    "tiff-lzw": Sample(
        Kind.PICTURE, "plan.tif", lambda: make_scan("TIFF", "RGB", compression="tiff_lzw")
    ),
    "webp": Sample(Kind.PICTURE, "plan.webp", lambda: make_picture("WEBP")),
    "pdf": Sample(Kind.PICTURE, "plan.pdf", make_pdf),
    "pdf-scan": Sample(Kind.PICTURE, "plan.pdf", make_scanned_pdf),
    "csv": Sample(Kind.SHEET, "places.csv", make_csv),
    "csv-utf16": Sample(
        Kind.SHEET, "places.csv", lambda: make_csv().decode("utf-8").encode("utf-16")
    ),
    "csv-gbk": Sample(
        Kind.SHEET, "places.csv", lambda: "id,name:zh-Hans\nA,化验室\n".encode("gbk")
    ),
    "xlsx": Sample(Kind.SHEET, "places.xlsx", make_xlsx),
    "xls": Sample(Kind.SHEET, "places.xls", lambda: make_xls(_TABLE, merged=(1, 2, 0, 0))),
    "ods": Sample(Kind.SHEET, "places.ods", lambda: make_ods(_TABLE[:4])),
}
"""A file of each format that is read, and of each way to pack it that another library unpacks."""


def _make_geojson() -> dict[str, Any]:
    ring = [[13.0, 51.0], [13.0001, 51.0], [13.0001, 51.0001], [13.0, 51.0001], [13.0, 51.0]]
    room = {
        "type": "Feature",
        "id": "way/1",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"indoor": "room", "level": "0", "name": "A"},
    }
    return {"type": "FeatureCollection", "features": [room]}
