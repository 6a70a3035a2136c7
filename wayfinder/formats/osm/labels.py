"""Names of OSM elements as IMDF labels, with the language that plain names are in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from wayfinder.formats.osm.elements import MAX_TEXT, Tags

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_ALIAS_KEYS = ("alt_name", "short_name", "official_name", "loc_name", "old_name", "loc_ref")
_SCRIPTS = (("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"))
UNDETERMINED = "und"


def clean_text(text: str) -> str:
    """Return a text without controls and direction marks, no longer than OSM allows."""
    kept = (" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    return " ".join("".join(kept).split())[:MAX_TEXT]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and (
        character not in "\u200c\u200d"
    )


def read_labels(tags: Tags, key: str, language: str) -> dict[str, str]:
    """Return ``key`` and ``key:xx`` as labels: BCP 47 tag to text.

    Parameters
    ----------
    tags
        Tags of the element.
    key
        ``name`` or another key that OSM writes with languages.
    language
        BCP 47 tag of the plain key.
    """
    labels: dict[str, str] = {}
    if plain := clean_text(tags.get(key, "")):
        labels[language] = plain
    prefix = f"{key}:"
    for full, text in tags.items():
        tag = full.removeprefix(prefix)
        if full.startswith(prefix) and _TAG.fullmatch(tag) and (value := clean_text(text)):
            labels[normal_tag(tag)] = value
    return labels


def read_name(tags: Tags, language: str) -> dict[str, str]:
    """Return the names of an element; where it has none its ``ref`` is one."""
    labels = read_labels(tags, "name", language)
    if not labels and (ref := clean_text(tags.get("ref", ""))):
        labels[language] = ref
    return labels


def read_aliases(tags: Tags, language: str) -> dict[str, list[str]]:
    """Return further names by language, those of a list separated by semicolons each for itself."""
    aliases: dict[str, list[str]] = {}
    for key in _ALIAS_KEYS:
        for tag, text in read_labels(tags, key, language).items():
            names = [part.strip() for part in text.split(";") if part.strip()]
            aliases.setdefault(tag, []).extend(names)
    return {tag: list(dict.fromkeys(names)) for tag, names in aliases.items() if names}


def normal_tag(tag: str) -> str:
    """Write a language as BCP 47 does: ``zh_hans`` becomes ``zh-Hans``, ``pt-br`` ``pt-BR``."""
    first, *rest = tag.replace("_", "-").split("-")
    sized = {2: str.upper, 4: str.title}
    return "-".join((first.lower(), *(sized.get(len(part), str.lower)(part) for part in rest)))


def find_language(all_tags: Iterable[Tags]) -> str:
    """Return the language that plain names are in, ``und`` where nothing tells.

    It is the one whose ``name:xx`` equals ``name`` most often; else that of the country in the
    addresses, where that has one official language (CLDR); else that of the script.
    """
    equal: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    names: list[str] = []
    for tags in all_tags:
        equal.update(_equal_languages(tags))
        countries.update([tags["addr:country"].upper()] if "addr:country" in tags else [])
        names += [tags["name"]] if "name" in tags and len(names) < 1000 else []
    if equal:
        return equal.most_common(1)[0][0]
    if countries and (language := _language_of(countries.most_common(1)[0][0])):
        return language
    scripts = Counter(_scripts(names))
    return scripts.most_common(1)[0][0] if scripts else UNDETERMINED


def _equal_languages(tags: Tags) -> Iterator[str]:
    """Yield the languages in which the name is the plain one."""
    name = tags.get("name")
    if name is None:
        return
    for key, text in tags.items():
        tag = key.removeprefix("name:")
        if text == name and key.startswith("name:") and _TAG.fullmatch(tag):
            yield normal_tag(tag)


def _language_of(country: str) -> str | None:
    official = get_official_languages(country, de_facto=True)
    if len(official) != 1:
        return None
    try:
        locale = Locale.parse(f"{official[0]}_{country}", resolve_likely_subtags=True)
    except (ValueError, UnknownLocaleError):
        return str(official[0])
    script = f"-{locale.script}" if locale.language == "zh" and locale.script else ""
    return f"{locale.language}{script}"


def _scripts(names: Iterable[str]) -> Iterator[str]:
    """Yield the language that the script of each name tells, if any."""
    for name in names:
        kinds = {unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in name[:80]}
        language = next((language for script, language in _SCRIPTS if script in kinds), None)
        if language is not None:
            yield language
