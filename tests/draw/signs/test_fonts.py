"""The letters of signs."""

import hashlib
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tools.sign_fonts import CHARACTERS
from wayfinder.draw.signs.fonts import BOLD, REGULAR, Font, load_font
from wayfinder.resources import static_dir


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_all_characters_that_names_in_china_may_have_are_there(weight: str) -> None:
    table = "".join(CHARACTERS.read_text("utf-8").split())
    assert len(set(table)) == 8105
    font = load_font(weight)
    assert font.find_missing(table) is None
    assert font.find_missing("ABCÄÖÜéñ0123456789 ,.;:!?()（），。、·→←↑↓°№") is None
    assert font.find_missing("a🏥b") == "🏥"


@pytest.mark.parametrize("character", "急A,3é")
def test_letters_have_outlines_within_their_square(character: str) -> None:
    left, top, right, bottom = load_font(BOLD).outline(character).bounds
    assert -0.1 < left < right < 1.1
    assert -1.1 < top < bottom < 0.3


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_a_letter_that_several_ask_for_at_once_is_whole() -> None:
    known = load_font(BOLD)
    fresh, together = Font(BOLD, known.path), Barrier(4)
    letters = [chr(code) for code in range(0x4E00, 0x4E80) if not known.find_missing(chr(code))]

    def read(font: Font) -> list[object]:
        outlines = map(font.outline, letters)
        return [(one.commands, one.points.tolist()) for one in outlines]

    def read_together(font: Font) -> list[object]:
        together.wait()
        return read(font)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(read_together, [fresh] * 4))
    assert found == [read(known)] * 4


def test_chinese_characters_are_one_em_wide_and_letters_less() -> None:
    font = load_font(REGULAR)
    assert font.measure_em("急诊") == pytest.approx(2)
    assert 0.2 < font.measure_em("i") < 0.5
    assert [x for _, x in font.place_letters("急诊")] == pytest.approx([0, 1])


def test_the_files_are_those_whose_source_is_written_beside_them() -> None:
    folder = static_dir() / "fonts"
    told = dict(re.findall(r"\| `(NotoSansSC-\w+\.ttf)` \|.*`([0-9a-f]{64})`", _readme()))
    assert len(told) == 2
    for name, digest in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text("utf-8")
    assert sum(path.stat().st_size for path in folder.glob("*.ttf")) < 12_000_000


def _readme() -> str:
    return (static_dir() / "fonts" / "README.md").read_text("utf-8")
