"""The reference of actions is made from the program, and says something of everything."""

from dataclasses import fields

from tests.edit.reference import PAGE, insert_reference, read_docstring
from wayfinder.edit import ACTIONS


def test_the_reference_is_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    assert page == insert_reference(page), "run: python -m tests.edit.reference"


def test_every_action_tells_what_it_does_and_what_its_arguments_mean() -> None:
    for kind, made in ACTIONS.items():
        text, arguments = read_docstring(made)
        assert text.endswith("."), kind
        assert arguments.keys() == {field.name for field in fields(made)}, kind
        assert all(arguments.values()), kind
