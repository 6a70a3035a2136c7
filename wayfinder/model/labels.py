"""Names in several languages: BCP 47 tag -> text, as IMDF writes them."""

from collections.abc import Mapping

Labels = Mapping[str, str]

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


def pick_label(labels: Labels | None, language: str, *, fallback: str = "") -> str:
    """Choose the text whose language is nearest to the one asked for.

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
        The best match; without one in that language English, then the first text there is.
    """
    if not labels:
        return fallback
    exact = labels.get(language)
    if exact:
        return exact
    for wanted in (_expand(language), ["en"]):
        ranked = sorted(
            ((_likeness(wanted, _expand(tag)), tag) for tag in labels if labels[tag]),
            key=lambda pair: (-pair[0], pair[1]),
        )
        if ranked and ranked[0][0] > 0:
            return labels[ranked[0][1]]
    return next((text for text in labels.values() if text), fallback)
