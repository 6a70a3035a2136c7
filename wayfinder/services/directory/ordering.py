"""The order of names in a list, as one looks for them: by sound in Chinese, by number in rows."""

import re

from wayfinder.services.directory.fold import fold
from wayfinder.services.directory.pinyin import spell

__all__ = ["make_order"]

_DIGITS = "零一二三四五六七八九"
# 二室, 外三科, 第十二诊区; but not 一般外科 and 三叉神经, where the numeral counts nothing
_NUMBERED = re.compile(f"([{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}])(?=[室科区楼层号诊部病组段门])")
_NUMBER = re.compile(r"(\d+)")
_WIDTH = 5


def make_order(name: str, language: str) -> str:
    """Return what a list sorts a name by, character by character.

    Parameters
    ----------
    name
        The name.
    language
        BCP 47 tag: a Chinese name is sorted by how it is spelt in Latin letters.
    """
    if language.startswith("zh"):
        name = _NUMBERED.sub(lambda found: str(_read_number(found[1])), name)
        spelling = spell(name)
        text = spelling.full if spelling is not None else fold(name)
    else:
        text = fold(name)
    # 1 before 10 before 2 would be no order of rooms
    return _NUMBER.sub(lambda found: found[1].zfill(_WIDTH), text)


def _read_number(text: str) -> int:
    """Read a Chinese numeral below a hundred."""
    tens, ten, ones = text.rpartition("十")
    number = _DIGITS.index(ones) if ones else 0
    return number + 10 * (_DIGITS.index(tens) if tens else 1) if ten else number
