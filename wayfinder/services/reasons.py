"""Why something is closed: ready in every language, or in people's own words."""

from collections.abc import Mapping

from wayfinder.guide.catalogues import LANGUAGES, has_message, translate
from wayfinder.model import Labels, pick_label

PHRASES = ("broken", "maintenance", "cleaning", "infection", "works", "event", "other")
"""Reasons that are ready in every language: ``closing.reason.<phrase>``."""


def make_reason(phrase: str, own: Mapping[str, str]) -> Labels:
    """Make the reason in all languages: one's own words, else a ready phrase.

    Parameters
    ----------
    phrase
        One of `PHRASES`; empty for none. Where there are own words in some languages alone, the
        others get the phrase that says the least: nobody reads a language that they do not know.
    own
        Language to one's own words; those that are empty do not count.
    """
    words = {language: text.strip() for language, text in own.items() if text.strip()}
    known = phrase if phrase in PHRASES else "other" if words else ""
    ready = {
        language: translate(language, f"closing.reason.{known}")
        for language in LANGUAGES
        if known and has_message(language, f"closing.reason.{known}")
    }
    return {**ready, **words}


def say_within(reason: Labels, language: str) -> str:
    """Say a reason as it stands within a sentence: "Closed (out of order)".

    What begins with a capital in people's own words may be a name, and stays as it is.
    """
    text = pick_label(reason, language)
    ready = (translate(language, f"closing.reason.{phrase}") for phrase in PHRASES)
    return text[:1].lower() + text[1:] if text in ready else text
