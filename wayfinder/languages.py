"""The languages that are spoken: each is a folder of catalogues, and nothing else names them."""

from pathlib import Path

LOCALE_DIR = Path(__file__).resolve().parent / "locale"
"""A folder a language, named by its BCP 47 tag, with the same ``.po`` files in each."""

_FIRST = ("zh-Hans", "en")
"""Those that are offered first; the first one is that of the hospital's own country."""


def list_languages(folder: Path) -> tuple[str, ...]:
    """List the languages with catalogues in a folder, those of `_FIRST` first."""
    found = sorted(path.name for path in folder.iterdir() if any(path.glob("*.po")))
    return tuple(sorted(found, key=lambda tag: _FIRST.index(tag) if tag in _FIRST else len(_FIRST)))


LANGUAGES = list_languages(LOCALE_DIR)
"""Languages with catalogues, the first one of the hospital's own country first."""


def check_language(tag: str) -> str:
    """Return a tag that has catalogues.

    Raises
    ------
    ValueError
        It has none.
    """
    if tag not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
    return tag
