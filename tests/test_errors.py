"""What is refused says so in one line, and names its words."""

import pytest

from wayfinder.errors import CodedError
from wayfinder.formats import UnreadableError
from wayfinder.services.fire.errors import RefusedError
from wayfinder.store import UnknownError


@pytest.mark.parametrize(
    ("error", "line", "message_id"),
    [
        (UnknownError("no-venue", venue="x"), "no-venue (venue='x')", "store.no-venue"),
        (RefusedError("too-late"), "too-late", "fire.too-late"),
        (
            UnreadableError("too-large", "a.zip: unit", limit=2),
            "a.zip: unit: too-large (limit=2)",
            "unreadable.too-large",
        ),
    ],
)
def test_an_error_is_a_line_and_the_name_of_its_words(
    error: CodedError, line: str, message_id: str
) -> None:
    assert (str(error), error.message_id) == (line, message_id)


def test_what_its_words_need_is_not_changed() -> None:
    with pytest.raises(TypeError):
        UnknownError("no-venue", venue="x").values["venue"] = "y"  # type: ignore[index]
