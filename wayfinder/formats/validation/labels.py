"""Names that would not be shown as they are written, or not at all."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wayfinder.formats.limits import MAX_NAME_CHARACTERS
from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Issue, Plan, Severity
from wayfinder.model.labels import find_hidden
from wayfinder.model.values import read_object

_LABELS = ("name", "alt_name", "short_name")
_NEEDS_NAME = frozenset({"level", "occupant", "venue"})
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
"""BCP 47 as far as its form goes."""


def list_label_issues(plan: Plan) -> Iterator[Issue]:
    """Yield the issues of all names, other names, short names and aliases."""
    for feature in plan:
        for member in _LABELS:
            value = feature.properties.get(member)
            if isinstance(value, str) and value:
                yield make_issue(
                    plan, feature, "label-without-language", Severity.NOTE, member=member
                )
        for member, language, text in _list_texts(feature):
            yield from _judge(plan, feature, member, language, text)
        if feature.feature_type in _NEEDS_NAME and not any(map(str.strip, feature.name.values())):
            yield make_issue(plan, feature, "name-missing", Severity.WARNING)


def _list_texts(feature: Feature) -> Iterator[tuple[str, str, str]]:
    """Yield member, language and text of each label, also of plain texts."""
    for member in _LABELS:
        value = feature.properties.get(member)
        labels = value if isinstance(value, Mapping) else {"und": value}
        for language, text in labels.items():
            if isinstance(text, str):
                yield member, language, text
    for language, texts in feature.aliases.items():
        for text in texts:
            yield "wayfinder.aliases", language, text
    for system, code in read_object(feature.wayfinder, "codes").items():
        if isinstance(code, str):
            yield f"wayfinder.codes.{system[:40]}", "und", code


def _judge(plan: Plan, feature: Feature, member: str, language: str, text: str) -> Iterator[Issue]:
    where: dict[str, Any] = {"member": member, "language": language[:40]}
    hidden = find_hidden(text)
    if hidden:
        found = [f"U+{ord(character):04X}" for character in hidden[:10]]
        yield make_issue(
            plan,
            feature,
            "label-with-hidden-characters",
            Severity.WARNING,
            **where,
            characters=found,
        )
    if len(text) > MAX_NAME_CHARACTERS:
        length: dict[str, Any] = {"length": len(text), "limit": MAX_NAME_CHARACTERS}
        yield make_issue(plan, feature, "label-too-long", Severity.WARNING, **where, **length)
    if not _LANGUAGE_TAG.fullmatch(language):
        yield make_issue(plan, feature, "language-unknown", Severity.NOTE, **where)
