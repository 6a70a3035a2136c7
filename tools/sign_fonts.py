"""Write the fonts of the signs, ``static/fonts``, from the package that holds Noto Sans SC.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    python3 -m tools.sign_fonts expo-google-fonts-noto-sans-sc-0.4.3.tgz

Kept are the characters of 通用规范汉字表 (8,105: what places and people in China may be called
since 2013), those of GB 2312 and the usual ones of Big5, Latin, Greek and Cyrillic letters, kana,
punctuation and marks. TrueType outlines, since that is what ReportLab embeds.
"""

import hashlib
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "fonts"
CHARACTERS = Path(__file__).with_name("tongyong_guifan_hanzi.txt")
"""The table's characters by code point: all with the property kTGH in Unihan 15.0."""

PACKAGE_SHA256 = "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"
SOURCES = {
    "NotoSansSC-Regular.ttf": "package/400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "package/700Bold/NotoSansSC_700Bold.ttf",
}
LICENCE = "package/LICENSE_FONT"

_RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x24F),  # Latin of Europe
    (0x1E00, 0x1EFF),  # Latin of Vietnam
    (0x370, 0x4FF),  # Greek, Cyrillic
    (0x2000, 0x22FF),  # punctuation, indices, currencies, numerals, arrows, mathematics
    (0x2460, 0x26FF),  # numbers in circles, shapes, signs
    (0x3000, 0x30FF),  # marks of Chinese, kana
    (0xFF00, 0xFFEF),  # full width
)
# Tables that nothing here reads: letters stand side by side by their widths, in every writer alike.
_UNREAD = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx")


class PackageError(Exception):
    """The package is not the one that the fonts are made of."""


def list_characters() -> frozenset[int]:
    """List the code points that the fonts keep, as far as the source has them."""
    table = CHARACTERS.read_text("utf-8").split()
    kept = {ord(character) for character in "".join(table)}
    kept.update(code for first, last in _RANGES for code in range(first, last + 1))
    kept.update(_list_encoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    usual = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    kept.update(_list_encoded("big5", range(0xA4, 0xC7), usual))
    return frozenset(kept)


def _list_encoded(encoding: str, leads: range, trails: range | tuple[int, ...]) -> Iterator[int]:
    """Yield the code points that two bytes stand for."""
    for lead in leads:
        for trail in trails:
            text = bytes((lead, trail)).decode(encoding, "ignore")
            if len(text) == 1:
                yield ord(text)


def cut_font(source: bytes) -> bytes:
    """Return a font with the kept characters alone."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += _UNREAD
    font: Any = subset.load_font(io.BytesIO(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list_characters())
    cutter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def write_fonts(package: Path, target: Path = TARGET) -> None:
    """Write the fonts and their licence.

    Raises
    ------
    PackageError
        It is another package, or another version of it.
    """
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != PACKAGE_SHA256:
        raise PackageError(f"{package}: has the hash {found}, not {PACKAGE_SHA256}")
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        for name, member in {**SOURCES, "OFL.txt": LICENCE}.items():
            held = archive.extractfile(member)
            if held is None:
                raise PackageError(f"{package}: has no {member}")
            data = held.read()
            (target / name).write_bytes(cut_font(data) if name.endswith(".ttf") else data)


if __name__ == "__main__":
    try:
        write_fonts(Path(sys.argv[1]))
    except (IndexError, OSError, PackageError, tarfile.TarError) as error:
        sys.exit(f"sign_fonts: {error}; see the first lines of tools/sign_fonts.py")
