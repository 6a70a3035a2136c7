"""Actions as JSON documents: written for the log, read from whoever sends them, strictly."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from wayfinder.edit.action import Action
from wayfinder.edit.errors import MalformedActionError
from wayfinder.edit.plain import SENT, STORED, Limits, check_plain
from wayfinder.edit.registry import ACTIONS


def parse_action(document: object) -> Action:
    """Return the action of a JSON document that was read into Python, from a log of ours.

    Parameters
    ----------
    document
        An object with ``kind`` and the arguments of that action, none other.

    Raises
    ------
    MalformedActionError
        It is none; ``values`` has the place and the problem.
    """
    return _parse(document, STORED)


def parse_offered(document: object) -> Action:
    """Return the action of a JSON document that somebody sent.

    Raises
    ------
    MalformedActionError
        It is none, or one that the program alone makes, or too large.
    """
    action = _parse(document, SENT)
    if not action.offered:
        raise MalformedActionError("action-unknown", {"kind": action.kind})
    return action


def _parse(document: object, limits: Limits) -> Action:
    check_plain(document, limits)
    if not isinstance(document, Mapping):
        raise _malformed("", "an action is an object")
    kind = document.get("kind")
    made = ACTIONS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise MalformedActionError("action-unknown", {"kind": str(kind)[:80]})
    arguments = {key: value for key, value in document.items() if key != "kind"}
    # as JSON, for in Python a list is no tuple
    text = json.dumps(arguments, allow_nan=False, default=_as_plain)
    try:
        action: Action = _adapt(made).validate_json(text)
    except ValidationError as error:
        raise _explain(error.errors(include_url=False)[0]) from None
    return action


def write_action(action: Action) -> dict[str, Any]:
    """Return an action as a plain JSON document, which `parse_action` reads."""
    adapter = _adapt(type(action))
    return {"kind": action.kind, **adapter.dump_python(action, mode="json", warnings="error")}


def describe_action(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of an action's arguments; raises KeyError."""
    return _adapt(ACTIONS[kind]).json_schema()


@cache
def _adapt(made: type[Action]) -> TypeAdapter[Any]:
    return TypeAdapter(made)


def _as_plain(value: object) -> object:
    """Return what plain JSON has in the place of a mapping that is no dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def _explain(error: ErrorDetails) -> MalformedActionError:
    place = ""
    for part in error["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    return _malformed(place.lstrip(".")[:200], error["msg"])


def _malformed(place: str, problem: str) -> MalformedActionError:
    return MalformedActionError("action-malformed", {"place": place, "problem": problem})
