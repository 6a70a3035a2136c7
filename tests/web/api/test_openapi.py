"""The document, the page of it, and the codes of errors."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import TypeAdapter, ValidationError

from tests.web.conftest import BASE_URL
from wayfinder.guide.catalogues import LANGUAGES, has_message
from wayfinder.route import PROFILES
from wayfinder.settings import Settings
from wayfinder.web.api.blueprint import OPERATIONS
from wayfinder.web.api.openapi import list_errors, make_document
from wayfinder.web.api.operations import ERRORS, PREFIX
from wayfinder.web.api.parameters import Language, Profile


def test_every_operation_is_in_the_document(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    described = {one["operationId"] for path in document["paths"].values() for one in path.values()}
    assert described == {operation.id for operation in OPERATIONS}
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": BASE_URL}]


def test_every_reference_in_the_document_leads_somewhere() -> None:
    document = make_document(OPERATIONS, BASE_URL)
    names = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert names
    assert names <= set(document["components"]["schemas"])


def test_every_parameter_has_a_description_and_an_example() -> None:
    for operation in OPERATIONS:
        for name, field in operation.query.model_fields.items():
            assert field.examples, f"{operation.id}: {name}"
            assert field.description, f"{operation.id}: {name}"


def test_languages_and_profiles_are_those_that_there_are() -> None:
    language = TypeAdapter(Language).json_schema()["anyOf"][0]["enum"]
    assert language == list(LANGUAGES)
    for tag in LANGUAGES:
        assert Settings(language=tag).language == tag
    with pytest.raises(ValidationError, match="must be one of"):
        Settings(language="tlh")
    assert TypeAdapter(Profile).json_schema()["enum"] == list(PROFILES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_words(language: str) -> None:
    for operation in OPERATIONS:
        assert set(operation.errors) <= set(ERRORS), operation.id
    for code in ERRORS:
        assert has_message(language, f"api.{code}"), code
    assert len(list_errors(language)) == len(ERRORS)


def test_the_page_says_what_the_document_says(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs").text
    for operation in OPERATIONS:
        assert f'id="{operation.id}"' in page
        assert operation.path.replace("<", "&lt;").replace(">", "&gt;") in page
    for code in ERRORS:
        assert f"<code>{code}</code>" in page
    assert "<script" not in page
    for target in re.findall(r'href="#(\w+)"', page):
        assert f'id="{target}"' in page, target


def test_the_documentation_has_every_address_and_error() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text("utf-8")
    for operation in OPERATIONS:
        path = operation.path.replace("<", "{").replace(">", "}")
        assert f"`{operation.method} {path}`" in text, operation.id
    for code in ERRORS:
        assert f"`{code}`" in text, code
    assert PREFIX in text


def test_no_hours_that_are_taken_may_hold_nul() -> None:
    schemas = make_document(OPERATIONS, BASE_URL)["components"]["schemas"]
    hours = schemas["HoursDraft"]["properties"]["hours"]
    assert re.fullmatch(hours["pattern"], "Mo-Fr 08:00-12:00")
    assert not re.fullmatch(hours["pattern"], "off\0")
