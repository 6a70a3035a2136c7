"""What another version of the program found is said by this one, or at least that it was found."""

from typing import Any

import pytest

from wayfinder.guide.words import LANGUAGES, say_issue, translate
from wayfinder.model import Fix, Issue, Severity
from wayfinder.services.kept_issues import read_issues, write_issue

FLOORS = {"reached": 0, "places": 8, "missing": ["how wide 5 doors are"], "floors": ["2F"]}
LOCKED = Issue("unit-locked", Severity.ERROR, {"name": "X", "level": "1F"}, ("x",), "f", (1.0, 2.0))


def keep(issue: Issue) -> Issue:
    (read,) = read_issues([write_issue(issue)])
    return read


def test_what_this_version_wrote_is_read_as_it_was() -> None:
    values, fix = {"name": {"en": "X"}, "level": "1F"}, Fix("add-door", {"towards": "Y"})
    for issue in (LOCKED, Issue("unit-locked", Severity.NOTE, values, ("x", "y"), fix=fix)):
        assert keep(issue) == issue


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["wheelchair-widths-unknown", "wheelchair-floors-unknown"])
def test_widths_that_are_unknown_have_the_remedy_that_there_was(code: str, language: str) -> None:
    said = say_issue(keep(Issue(code, Severity.WARNING, FLOORS)), language)
    assert said.endswith(translate(language, "checks.widths-unknown.remedy"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_left_open(language: str) -> None:
    values: dict[str, Any] = {"name": "X-ray"}
    said = say_issue(keep(Issue("unit-locked", Severity.ERROR, values, ("x",))), language)
    assert "X-ray" in said
    assert "…" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_words_is_told_by_its_code(language: str) -> None:
    read = keep(Issue("gone-for-good", Severity.ERROR, {"name": "X"}, ("x",), "floor", (1, 2)))
    assert "“gone-for-good”" in say_issue(read, language)
    assert (read.severity, read.features, read.level) == (Severity.ERROR, ("x",), "floor")


def test_a_fix_without_words_is_none() -> None:
    for fix in (Fix("gone", {}), Fix("add-door", {})):
        assert keep(Issue("unit-locked", Severity.ERROR, LOCKED.values, fix=fix)).fix is None


def test_what_was_kept_without_a_fix_is_read() -> None:
    document = write_issue(LOCKED)
    del document["fix"]
    assert read_issues([document]) == (LOCKED,)
