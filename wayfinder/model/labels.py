"""Names in several languages: BCP 47 tag -> text, as IMDF writes them."""

import re
from collections.abc import Mapping

Labels = Mapping[str, str]

SHOWN_CHARACTERS = 200
"""Of a name that is longer no more is shown."""

# Controls; marks that turn the direction of the text around them (U+202A-202E, U+2066-2069), which
# let "exe.txt" look like another name (Unicode Technical Report 36); spaces without width; line and
# paragraph separators; tags. Marks that Arabic or Hebrew need (U+200E, U+200F, U+061C) may stay.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)

_SCRIPT_OF_REGION = {"cn": "hans", "sg": "hans", "tw": "hant", "hk": "hant", "mo": "hant"}


def _expand(tag: str) -> list[str]:
    """Write the subtags in lower case, with the script that a Chinese region implies."""
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] == "zh" and not any(part in {"hans", "hant"} for part in parts):
        region = next((part for part in parts[1:] if part in _SCRIPT_OF_REGION), "cn")
        parts.insert(1, _SCRIPT_OF_REGION[region])
    return parts


def _likeness(wanted: list[str], offered: list[str]) -> int:
    """Count the leading subtags that two expanded tags share; 0 where the language differs."""
    shared = 0
    for one, other in zip(wanted, offered, strict=False):
        if one != other:
            break
        shared += 1
    return shared


def find_hidden(text: str) -> tuple[str, ...]:
    """Return the distinct characters of a text that hide or turn what is read, in their order."""
    return tuple(dict.fromkeys(_HIDDEN.findall(text)))


def clean_label(text: str) -> str:
    """Return a text as it is shown: hidden characters gone, white space single, not too long."""
    head = text[: 10 * SHOWN_CHARACTERS]
    spaced = re.sub(r"[\s\x00-\x1f\u2028\u2029]+", " ", head)
    # what is hidden may have stood between two spaces
    shown = re.sub(r" {2,}", " ", _HIDDEN.sub("", spaced)).strip()
    if len(shown) > SHOWN_CHARACTERS or len(head) < len(text):
        return shown[: SHOWN_CHARACTERS - 1].rstrip() + "…"
    return shown


def pick_label(labels: Labels | None, language: str, *, fallback: str = "") -> str:
    """Choose the text whose language is nearest to the one asked for, as it is to be shown.

    Parameters
    ----------
    labels
        BCP 47 tag to text; None counts as empty.
    language
        BCP 47 tag wanted, such as ``zh-Hans`` or ``en-GB``; ``zh`` and ``zh-CN`` count as
        ``zh-Hans``.
    fallback
        Returned where there is no text at all.

    Returns
    -------
    str
        The best match; without one in that language English, then the first text there is; cleaned
        by `clean_label`.
    """
    return (clean_label(labels.get(pick_tag(labels, language), "")) if labels else "") or fallback


def pick_tag(labels: Labels, language: str) -> str:
    """Return in which language `pick_label` says it; empty where there is no text at all."""
    if labels.get(language):
        return language
    for wanted in (_expand(language), ["en"]):
        ranked = sorted(
            ((_likeness(wanted, _expand(tag)), tag) for tag in labels if labels[tag]),
            key=lambda pair: (-pair[0], pair[1]),
        )
        if ranked and ranked[0][0] > 0:
            return ranked[0][1]
    return next((tag for tag, text in labels.items() if text), "")


def has_language(labels: Labels, language: str) -> bool:
    """Tell whether there is a text in a language, whatever its script or region.

    A text of no language (``und``), such as a number, is one in all.
    """
    wanted = {_expand(language)[0], "und"}
    return any(text and _expand(tag)[0] in wanted for tag, text in labels.items())
