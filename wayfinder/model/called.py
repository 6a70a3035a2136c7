"""What features are called: by name, and by number or code."""

from collections.abc import Iterator

from wayfinder.model.feature import Feature
from wayfinder.model.kinds import Level
from wayfinder.model.values import read_text


def list_texts(feature: Feature) -> Iterator[tuple[str, bool]]:
    """Yield what a feature is called in any language, and whether that is one of its names.

    A floor's label is a name of it; other names and aliases are not.
    """
    for text in feature.name.values():
        yield text, True
    if isinstance(feature, Level):
        for text in feature.short_name.values():
            yield text, True
    for text in feature.alt_name.values():
        yield text, False
    for aliases in feature.aliases.values():
        for text in aliases:
            yield text, False


def list_refs(feature: Feature) -> Iterator[str]:
    """Yield the numbers on a feature's door or face."""
    for values in (feature.wayfinder, feature.properties):
        ref = values.get("ref")
        if isinstance(ref, str):
            yield ref


def find_sign_code(feature: Feature) -> str | None:
    """Return the code that the plan gives a sign, as it is written there, or None."""
    return read_text(feature.wayfinder, "sign_code")
