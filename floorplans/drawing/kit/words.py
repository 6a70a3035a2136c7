"""Names as one writes them in a list: ``收费处 / Cashier: 缴费, 交钱, pay``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from floorplans.drawing.kit.errors import DrawingError

_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Words:
    """What a place is called.

    Parameters
    ----------
    name
        Its name by BCP 47 language; empty where it has none.
    aliases
        What people say or type besides, by language.
    """

    name: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def zh(self) -> str:
        """The Chinese name, or an empty text."""
        return self.name.get("zh-Hans", "")


def parse_words(text: str | None) -> Words:
    """Read a name in both languages and its aliases.

    Parameters
    ----------
    text
        ``Chinese / English: alias, alias``; an alias with a Chinese character is Chinese. None and
        an empty text are no name.

    Raises
    ------
    DrawingError
        One of the two languages is missing.

    Examples
    --------
    >>> parse_words("收费处 / Cashier: 缴费, pay").aliases
    {'zh-Hans': ['缴费'], 'en': ['pay']}
    """
    if not text:
        return Words()
    names, _, rest = text.partition(": ")
    zh, slash, en = (part.strip() for part in names.partition(" / "))
    if not (slash and zh and en):
        raise DrawingError([f"{text!r} is no name: write it as 'Chinese / English: alias, alias'"])
    aliases: dict[str, list[str]] = {}
    for alias in filter(None, (part.strip() for part in rest.split(","))):
        aliases.setdefault("zh-Hans" if _CHINESE.search(alias) else "en", []).append(alias)
    return Words({"zh-Hans": zh, "en": en}, aliases)
