"""Every reason and every note has its words, in every language, and the values that they need."""

import ast
from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from wayfinder.edit import ACTIONS, EditError
from wayfinder.guide.catalogues import list_catalogues
from wayfinder.guide.words import LANGUAGES, has_message, say_edit_error
from wayfinder.model.kinds import KINDS

FOLDER = Path(__file__).resolve().parents[2] / "wayfinder" / "edit"


_KINDS = {"EditError": "edit", "MalformedActionError": "edit", "note": "edit-note"}


def list_codes() -> dict[str, set[str]]:
    """Return the messages that the source speaks of: those of errors and those of notes."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            kind = {"EditError": "edit", "MalformedActionError": "edit", "note": "edit-note"}.get(
                name
            )
            code = node.args[0]
            if kind is not None:
                assert isinstance(code, ast.Constant), f"{path.name}:{node.lineno}"
                assert isinstance(code.value, str)
                found[kind].add(f"{kind}.{code.value}")
    return found


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def list_messages(language: str, kind: str) -> set[str]:
    return {
        _id(message)
        for _, catalogue in list_catalogues(language)
        for message in catalogue
        if _id(message).startswith(f"{kind}.")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_all_that_is_said_and_none_besides(language: str) -> None:
    for kind, codes in list_codes().items():
        assert codes == list_messages(language, kind)
    assert {f"action.{kind}" for kind in ACTIONS} == list_messages(language, "action")
    kinds = {f"feature-type.{kind}" for kind in (*KINDS, "feature")}
    assert kinds == list_messages(language, "feature-type")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_is_said(language: str) -> None:
    said = say_edit_error(EditError("id-taken", {"id": "A"}), language)
    assert "A" in said
    assert has_message(language, "edit.id-taken")
    assert [name for _, name, _, _ in Formatter().parse(said) if name] == []


def test_a_reason_names_its_row_and_no_type_of_the_standard() -> None:
    values = {"expected": "unit", "id": "X", "row": 3}
    said = say_edit_error(EditError("feature-missing", values), "en")
    assert said.startswith("Row 3: ")
    assert "room or corridor" in said
