"""Every code that the program can give is in both catalogues and in the documentation."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from tests.reference_pages import (
    FLOOR_PLANS,
    PAGE,
    SOURCE,
    find_severities,
    insert_key_table,
    list_codes,
    list_constants,
    list_modules,
    make_key_table,
    make_page,
)
from wayfinder.formats import list_plan_issues
from wayfinder.model import Plan, make_feature
from wayfinder.model.kinds import KINDS
from wayfinder.model.wayfinder_schema import load_schema

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MESSAGES = ("issue", "fix", "unreadable", "unwritable")
OTHERS = {"utf-8", "x-features", "elf-intersection", "draft-issues", "release-issues"}
"""Texts that look like codes and are none."""
REFUSED = {"plan-too-large"}
"""Codes of errors about uploads, where plans are read that have issues."""

RAISED = ("Issue(", "make_issue(", "UnreadableError(", "UnwritableError(", "Fix(", ".report(")


def test_the_pages_are_up_to_date() -> None:
    hint = "run: python -m tests.reference_pages"
    assert PAGE.read_text(encoding="utf-8") == make_page(), hint
    plans = FLOOR_PLANS.read_text(encoding="utf-8")
    assert plans == insert_key_table(plans), hint
    assert make_key_table() in plans


def test_the_schema_is_a_schema_and_names_features_that_there_are() -> None:
    schema = load_schema()
    Draft202012Validator.check_schema(schema)
    for key, rule in schema["properties"].items():
        assert rule["description"].endswith("."), key
        assert set(rule["x-features"]) <= set(KINDS), key


def test_the_example_of_the_page_keeps_to_the_schema() -> None:
    page = FLOOR_PLANS.read_text(encoding="utf-8")
    examples = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert examples
    for example in examples:
        feature = json.loads(example)
        Draft202012Validator(dict(load_schema())).validate(feature["properties"]["wayfinder"])
        made = make_feature(
            *(feature["id"], feature["feature_type"]),
            *(feature["geometry"], feature["properties"]),
        )
        ignored = {"venue-missing", "levels-missing", "units-missing", "reference-missing"}
        codes = {issue.code for issue in list_plan_issues(Plan.of([made]))}
        assert codes <= ignored


def test_every_key_that_the_program_reads_is_in_the_schema() -> None:
    known = set(load_schema()["properties"])
    read = {
        name
        for path in list_modules()
        for name in re.findall(
            r"(?:wayfinder, |wayfinder\.get\()\"([a-z_]+)\"", path.read_text(encoding="utf-8")
        )
    }
    assert len(read) > 10
    assert read <= known


@pytest.mark.parametrize("kind", MESSAGES)
def test_both_languages_have_the_same_codes(kind: str) -> None:
    assert list_codes("en", kind) == list_codes("zh-Hans", kind)
    assert list_codes("en", kind)


@pytest.mark.parametrize("kind", MESSAGES)
def test_every_code_in_the_catalogues_is_used(kind: str) -> None:
    used = {constant for path in list_modules() for constant in list_constants(path)}
    assert list_codes("en", kind) - used == set()


def test_every_code_in_the_source_is_in_the_catalogues() -> None:
    known = {code for kind in (*MESSAGES, "refusal", "warning") for code in list_codes("en", kind)}
    unknown = {
        (str(path.relative_to(SOURCE)), constant)
        for path in list_modules()
        if any(word in path.read_text(encoding="utf-8") for word in RAISED)
        for constant in list_constants(path)
        if constant not in known | OTHERS | REFUSED and not UUID.fullmatch(constant)
    }
    assert unknown == set()


def test_every_issue_has_a_severity() -> None:
    found = find_severities()
    assert [code for code in sorted(list_codes("en", "issue")) if not found.get(code)] == []
