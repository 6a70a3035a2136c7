"""The words of a display's scripts, in all languages that it speaks."""

from functools import cache

from flask import json
from markupsafe import Markup

from wayfinder.guide.catalogues import list_catalogues


@cache
def write_words(languages: tuple[str, ...], domains: tuple[str, ...]) -> Markup:
    """Write the words of some domains as JSON that may stand in a page: data, never run.

    Language to message id to text, placeholders in braces.
    """
    words = {language: read_words(language, domains) for language in languages}
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing in it can end the element


def read_words(language: str, domains: tuple[str, ...]) -> dict[str, str]:
    """Read the words of some domains in one language; of plural messages the last form."""
    found: dict[str, str] = {}
    for domain, catalogue in list_catalogues(language):
        if domain not in domains:
            continue
        for message in catalogue:
            if message.id:
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                said = message.string or ""
                found[msgid] = said if isinstance(said, str) else said[-1]
    return found
