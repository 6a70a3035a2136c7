"""The blueprint of the API: its operations, its document, its documentation."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from flask import Blueprint, Response, render_template
from markupsafe import Markup, escape

from wayfinder.web.api import (
    conditions,
    display_fire,
    display_now,
    displays,
    fire,
    now,
    places,
    routes,
    signs,
    venues,
)
from wayfinder.web.api.openapi import JsonObject, list_errors, make_document
from wayfinder.web.api.operations import PREFIX, Operation
from wayfinder.web.api.parameters import read_query
from wayfinder.web.api.venues import LanguageQuery
from wayfinder.web.etags import add_validator
from wayfinder.web.site import get_site

OPERATIONS: tuple[Operation, ...] = (
    *venues.OPERATIONS,
    *places.OPERATIONS,
    *routes.OPERATIONS,
    *now.OPERATIONS,
    *signs.OPERATIONS,
    *conditions.OPERATIONS,
    *display_now.OPERATIONS,
    *displays.OPERATIONS,
    *fire.OPERATIONS,
    *display_fire.OPERATIONS,
)
"""Everything that the API can do."""


def make_blueprint() -> Blueprint:
    """Make the API; `create_app` hangs it into the application."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX, template_folder="templates")
    for operation in OPERATIONS:
        blueprint.add_url_rule(
            operation.path, operation.id, operation.view, methods=[operation.method]
        )
    for name, do in _FILTERS.items():
        blueprint.add_app_template_filter(do, name)
    blueprint.add_url_rule("/openapi.json", "openapi", get_openapi)
    blueprint.add_url_rule("/docs", "docs", get_docs)
    return blueprint


def get_openapi() -> Response:
    """Answer with the OpenAPI document."""
    read_query(LanguageQuery)
    return add_validator(
        Response(_write_document(get_site().settings.public_url), mimetype="application/json")
    )


def get_docs() -> Response:
    """Answer with the page that says the same to people."""
    return add_validator(
        Response(_write_page(get_site().settings.public_url), mimetype="text/html")
    )


@cache
def _write_document(url: str) -> str:
    return json.dumps(make_document(OPERATIONS, url), ensure_ascii=False, indent=1)


@cache
def _write_page(url: str) -> str:
    document = make_document(OPERATIONS, url)
    by_id = {
        one["operationId"]: one for path in document["paths"].values() for one in path.values()
    }
    return render_template(
        "api/docs.html",
        document=document,
        documents=by_id,
        operations=OPERATIONS,
        errors=list_errors(),
        prefix=PREFIX,
    )


def _mark_code(text: str) -> Markup:
    """Set what stands between backticks as code."""
    parts = [escape(part) for part in text.split("`")]
    marked = (Markup("<code>{}</code>").format(p) if i % 2 else p for i, p in enumerate(parts))
    return Markup("").join(marked)


def _say_values(schema: JsonObject) -> str:
    """Say what a parameter may be."""
    if "items" in schema:
        return f"{_say_values(schema['items'])}; at most {schema['maxItems']} times"
    if "enum" in schema:
        said = ", ".join(schema["enum"])
    else:
        span = (schema.get("minimum"), schema.get("maximum"))
        said = str(schema.get("format", schema.get("type", "")))
        if span != (None, None):
            said += f", {span[0]} to {span[1]}"
        elif "maxLength" in schema:
            said += f", at most {schema['maxLength']} characters"
    return f"{said}; {schema['default']} without it" if "default" in schema else said


def _write_example(value: Any) -> str:  # noqa: ANN401 - JSON values
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _take_last(reference: str) -> str:
    return reference.rpartition("/")[2]


def _print_json(value: Any) -> str:  # noqa: ANN401 - JSON values
    return json.dumps(value, ensure_ascii=False, indent=2)


_FILTERS: Mapping[str, Callable[..., str]] = {
    "api_code": _mark_code,
    "api_values": _say_values,
    "api_example": _write_example,
    "api_last": _take_last,
    "api_pretty": _print_json,
}
