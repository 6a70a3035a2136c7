"""What is said, in any language: issues, fixes, refusals, warnings, steps."""

from wayfinder.edit import EditError, EditNote
from wayfinder.guide.catalogues import (
    LANGUAGES,
    UnknownMessageError,
    find_language,
    has_message,
    translate,
    translate_or,
)
from wayfinder.guide.phrases import say_step, say_summary
from wayfinder.model import Fix, Issue
from wayfinder.route.journey import Refusal, RouteWarning

__all__ = [
    "LANGUAGES",
    "UnknownMessageError",
    "find_language",
    "has_message",
    "say_action",
    "say_edit_error",
    "say_edit_note",
    "say_feature_type",
    "say_fix",
    "say_issue",
    "say_profile",
    "say_refusal",
    "say_step",
    "say_summary",
    "say_warning",
    "translate",
]


_KINDS = frozenset({"expected", "found", "feature_type"})
"""Values of reasons that name a feature type."""
_OF_FILES = frozenset({"feature-type-differs", "feature-type-unknown", "members-missing"})
"""Issues about what stands in a file, where types have IMDF's names."""


def say_issue(issue: Issue, language: str) -> str:
    """Say what is wrong with a plan: the message ``issue.<code>``."""
    values = dict(issue.values)
    if "feature_type" in values and issue.code not in _OF_FILES:
        values["feature_type"] = say_feature_type(str(values["feature_type"]), language)
    return translate(language, f"issue.{issue.code}", **values)


def say_fix(fix: Fix, language: str) -> str:
    """Say how to mend an issue: the message ``fix.<action>``."""
    return translate(language, f"fix.{fix.action}", **fix.arguments)


def say_action(kind: str, language: str) -> str:
    """Say what an edit is called, as in a list of edits: the message ``action.<kind>``."""
    return translate(language, f"action.{kind}")


def say_edit_error(error: EditError, language: str) -> str:
    """Say why an edit cannot be: the message ``edit.<code>``.

    Where it is about a row of many, or one edit of several, that is said first.
    """
    values = {
        key: say_feature_type(str(value), language) if key in _KINDS else value
        for key, value in error.values.items()
    }
    said = translate(language, error.message_id, **values)
    for where in ("row", "number"):
        if where in values:
            said = translate(language, f"edit-at.{where}", reason=said, **{where: values[where]})
    return said


def say_feature_type(feature_type: str, language: str) -> str:
    """Say what a feature type of IMDF's is called, itself where it has no message."""
    return translate_or(language, f"feature-type.{feature_type}", feature_type)


def say_edit_note(note: EditNote, language: str) -> str:
    """Say what an edit did besides: the message ``edit-note.<code>``."""
    return translate(language, f"edit-note.{note.code}", **note.values)


def say_refusal(refusal: Refusal, language: str) -> str:
    """Say why there is no way: the message ``refusal.<code>``."""
    return translate(language, f"refusal.{refusal.code}", **refusal.values)


def say_warning(warning: RouteWarning, language: str) -> str:
    """Say what to know before setting out: the message ``warning.<code>``."""
    return translate(language, f"warning.{warning.code}", **warning.values)


def say_profile(profile: str, language: str) -> str:
    """Say the name of a profile: the message ``profile.<name>``."""
    return translate(language, f"profile.{profile}")
