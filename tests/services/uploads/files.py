"""Small files of every kind that is taken."""

import atexit
import json
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import osmium
import xlsxwriter
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from tests.ascii_plan import draw_plan
from tests.formats.osm.drawing import Drawing
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


def make_pdf(pages: int = 2, size: tuple[float, float] = (200, 100)) -> bytes:
    """Return a document of some pages."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=size)
    for _ in range(pages):
        canvas.line(0, 0, *size)
        canvas.showPage()
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


def make_samples() -> Mapping[str, tuple[Kind, str, bytes]]:
    """Return a file of each format: what it is to be, its name, what is in it."""
    drawing = make_osm()
    return {
        "imdf": (Kind.PLAN, "plan.zip", make_imdf()),
        "osm": (Kind.PLAN, "plan.osm", drawing.xml().encode()),
        "pbf": (Kind.PLAN, "plan.osm.pbf", make_pbf()),
        "geojson": (Kind.PLAN, "plan.geojson", json.dumps(_make_geojson()).encode()),
        "png": (Kind.PICTURE, "plan.png", make_picture()),
        "jpeg": (Kind.PICTURE, "plan.jpg", make_picture("JPEG")),
        "tiff": (Kind.PICTURE, "plan.tif", make_picture("TIFF", "1")),
        "webp": (Kind.PICTURE, "plan.webp", make_picture("WEBP")),
        "pdf": (Kind.PICTURE, "plan.pdf", make_pdf()),
        "csv": (Kind.SHEET, "places.csv", make_csv()),
        "xlsx": (Kind.SHEET, "places.xlsx", make_xlsx()),
    }


def _make_geojson() -> dict[str, Any]:
    ring = [[13.0, 51.0], [13.0001, 51.0], [13.0001, 51.0001], [13.0, 51.0001], [13.0, 51.0]]
    room = {
        "type": "Feature",
        "id": "way/1",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"indoor": "room", "level": "0", "name": "A"},
    }
    return {"type": "FeatureCollection", "features": [room]}
