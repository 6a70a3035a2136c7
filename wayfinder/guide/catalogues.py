"""Words from the gettext catalogues in ``wayfinder/locale/<language>/<domain>.po``.

Message ids are symbolic (``issue.door-one-sided``), placeholders are named (``{door}``), plural
forms are gettext's and follow the value called ``count``. All domains of a language are one
dictionary; an id stands in one domain only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import c2py
from string import Formatter
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from wayfinder.languages import LANGUAGES, LOCALE_DIR
from wayfinder.model import pick_label

__all__ = [
    "LANGUAGES",
    "UnknownMessageError",
    "find_language",
    "find_needed",
    "find_spoken",
    "has_message",
    "list_catalogues",
    "list_messages",
    "list_spoken",
    "name_language",
    "translate",
    "translate_or",
]

_FALLBACK = "en"
# Controls, and the marks that turn the direction of the text round, must not leave a name and
# enter a sentence.
_UNPRINTABLE: Mapping[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)),
    **dict.fromkeys((0x2028, 0x2029), " "),
}


class UnknownMessageError(LookupError):
    """The catalogues of a language lack a message, or a value that its placeholders need."""


@dataclass(frozen=True)
class _Words:
    """All messages of one language: plural messages have one text a form."""

    locale: Locale
    texts: Mapping[str, str | tuple[str, ...]]
    choose_form: Callable[[int], int]


@lru_cache(maxsize=1024)
def find_language(tag: str) -> str:
    """Return the language of the catalogues nearest to a BCP 47 tag, English where none is near."""
    offered = {language: language for language in LANGUAGES}
    return pick_label(offered, tag, fallback=_FALLBACK)


def find_spoken(tag: str) -> str | None:
    """Return the language with catalogues that a BCP 47 tag means, or None.

    Any Chinese is answered in simplified characters until there is a catalogue of traditional ones.
    """
    primary = tag.partition("-")[0].partition("_")[0].lower()
    known = any(language.partition("-")[0] == primary for language in LANGUAGES)
    return find_language(tag.replace("_", "-")) if known and len(tag) <= 35 else None


def list_spoken(tags: Iterable[str]) -> tuple[str, ...]:
    """List the languages with catalogues that BCP 47 tags mean, each once; all where none does."""
    spoken = (find_spoken(tag) for tag in tags)
    return tuple(dict.fromkeys(language for language in spoken if language)) or LANGUAGES


def name_language(tag: str) -> str:
    """Return what a language is called in itself, as one offers it: 中文, English.

    One that nobody knows is called by its tag: plans and tables bring what they like.
    """
    try:
        name = Locale.parse(tag, sep="-").get_language_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]


def translate(language: str, msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - anything that prints
    """Say a message in a language.

    Parameters
    ----------
    language
        BCP 47 tag; the nearest language that has catalogues is spoken.
    msgid
        Symbolic id, such as ``issue.door-one-sided``.
    values
        What the placeholders need. Labels (language to text) are said in the language, sequences
        as a list in words, None as nothing; ``count`` chooses the plural form.

    Raises
    ------
    UnknownMessageError
        No catalogue has the id, or a placeholder has no value.
    """
    words = _load(find_language(language))
    text = words.texts.get(msgid)
    if text is None:
        raise UnknownMessageError(f"no catalogue of {language!r} has the message {msgid!r}")
    if isinstance(text, tuple):
        text = text[words.choose_form(abs(int(values.get("count", 1))))]
    try:
        return text.format_map(_Spoken(values, language, words.locale))
    except KeyError as error:
        raise UnknownMessageError(f"{msgid!r} needs a value for {error}") from error


class _Spoken(dict[str, str]):
    """The values of a message in words, said when the message asks for them."""

    def __init__(self, values: Mapping[str, Any], language: str, locale: Locale) -> None:
        super().__init__()
        self._values, self._language, self._locale = values, language, locale

    def __missing__(self, key: str) -> str:
        return _say_value(self._values[key], self._language, self._locale)


def translate_or(language: str, msgid: str, otherwise: str, /, **values: Any) -> str:  # noqa: ANN401 - as `translate`
    """Say a message as `translate` does, or something else where no catalogue has it."""
    return translate(language, msgid, **values) if has_message(language, msgid) else otherwise


def has_message(language: str, msgid: str) -> bool:
    """Tell whether the catalogues have a message."""
    return msgid in _load(find_language(language)).texts


@cache
def find_needed(msgid: str) -> frozenset[str] | None:
    """Return the names of the values that a message needs in any language; None: there is none."""
    texts = [_load(language).texts.get(msgid) for language in LANGUAGES]
    if not all(texts):
        return None
    forms = [form for text in texts for form in ([text] if isinstance(text, str) else text or ())]
    names = {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}
    return frozenset(names)


def list_messages(language: str, *prefixes: str) -> Mapping[str, str | tuple[str, ...]]:
    """Return the messages whose ids begin so, as the catalogues have them: for scripts.

    Plural messages have one text a form, in the order of gettext.
    """
    texts = _load(find_language(language)).texts
    return {key: text for key, text in texts.items() if key.startswith(prefixes)}


def list_catalogues(language: str) -> Iterator[tuple[str, Catalog]]:
    """Yield the domains of a language with their catalogues, in the order of their names."""
    for path in sorted((LOCALE_DIR / language).glob("*.po")):
        with path.open("rb") as file:
            yield path.stem, read_po(file, locale=language.replace("-", "_"), abort_invalid=True)


@cache
def _load(language: str) -> _Words:
    texts: dict[str, str | tuple[str, ...]] = {}
    choose_form: Callable[[int], int] = c2py("0")
    for domain, catalogue in list_catalogues(language):
        choose_form = c2py(catalogue.plural_expr)
        for message in catalogue:
            msgid = message.id[0] if isinstance(message.id, list | tuple) else message.id
            if not msgid:
                continue
            if msgid in texts:
                raise ValueError(f"{domain}.po ({language}) repeats {msgid!r} of another domain")
            said = message.string
            texts[msgid] = said if isinstance(said, str) else tuple(said or ())
    return _Words(Locale.parse(language, sep="-"), texts, choose_form)


def _say_value(value: object, language: str, locale: Locale) -> str:
    if isinstance(value, str):
        return value.translate(_UNPRINTABLE)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, Mapping):
        return pick_label(value, language).translate(_UNPRINTABLE)
    if isinstance(value, Sequence):
        return format_list([_say_value(item, language, locale) for item in value], locale=locale)
    return str(value)
