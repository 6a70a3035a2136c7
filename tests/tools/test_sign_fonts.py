"""The program that cuts the fonts of signs."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tools.sign_fonts import PackageError, cut_font, list_characters, write_fonts
from wayfinder.resources import static_dir


def test_characters_of_the_standards_are_kept() -> None:
    kept = list_characters()
    assert {ord(c) for c in "医院㙍門診AÄЖ→（"} <= kept
    assert 13_000 < len(kept) < 20_000


def test_what_is_cut_again_stays_as_it_is(tmp_path: Path) -> None:
    source = static_dir() / "fonts" / "NotoSansSC-Regular.ttf"
    target = tmp_path / "again.ttf"
    target.write_bytes(cut_font(source.read_bytes()))
    assert _list_cmap(target) == _list_cmap(source)


def test_another_package_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "other.tgz"
    package.write_bytes(b"something else")
    with pytest.raises(PackageError, match=r"other\.tgz: has the hash"):
        write_fonts(package, tmp_path)
    assert not list(tmp_path.glob("*.ttf"))


def _list_cmap(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())
