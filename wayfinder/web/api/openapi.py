"""The OpenAPI 3.1 document, made of the operations."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from wayfinder import __version__
from wayfinder.guide.catalogues import translate
from wayfinder.web.api import documents
from wayfinder.web.api.operations import (
    ERRORS,
    PARAMETER_ERRORS,
    PREFIX,
    Answer,
    Operation,
)
from wayfinder.web.api.parameters import TEXT_LENGTH, Query

JsonObject = dict[str, Any]

_REF = "#/components/schemas/{model}"
_NAMES = re.compile(r"<(?:path:)?(\w+)>")
_LANGUAGE = "en"
_PATH_PARAMETERS: Mapping[str, str] = {
    "venue": "Id of the venue.",
    "level": "Id of the floor.",
    "place": "Id of a place, a code of the hospital's own, or a name that only one place has.",
    "code": "The code on the sign, in any case.",
    "display": "Id of the display, in any case.",
}
_EXAMPLES: Mapping[str, str] = {
    "venue": "clinic",
    "level": "3ff0b0a5-…",
    "place": "PED",
    "code": "VQAFYHP",
    "display": "DEH4QRNK",
}


def make_document(operations: Iterable[Operation], url: str) -> JsonObject:
    """Make the document.

    Parameters
    ----------
    operations
        What there is.
    url
        Public address of the server.
    """
    listed = tuple(operations)
    paths: dict[str, JsonObject] = {}
    for operation in listed:
        path = PREFIX + _NAMES.sub(r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wayfinder",
            "version": __version__,
            "summary": "Ways through hospitals",
            "description": "Places, ways, floors and what holds today. Names and words are in the "
            "language of `lang`, else of `Accept-Language`. Unknown parameters are refused. "
            "Nothing that is asked is recorded.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url}],
        "paths": paths,
        "components": {
            "schemas": _make_schemas(listed),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made with `wayfinder token`; a display gets its own when it "
                    "enrols.",
                }
            },
        },
    }


def _describe(operation: Operation) -> JsonObject:
    described: JsonObject = {
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": [
            *(_describe_path(name) for name in _NAMES.findall(operation.path)),
            *_describe_query(operation.query),
            *_describe_headers(operation),
        ],
        "responses": _describe_answers(operation),
    }
    if operation.description:
        described["description"] = operation.description
    if operation.body is not None:
        schema = {"$ref": _REF.format(model=operation.body.__name__)}
        described["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {"schema": schema, "examples": dict(operation.body_examples)}
            },
        }
    if operation.scope:
        described["security"] = [{"token": []}]
    return described


def _describe_path(name: str) -> JsonObject:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": _PATH_PARAMETERS[name],
        "schema": {"type": "string", "minLength": 1, "maxLength": TEXT_LENGTH},
        "example": _EXAMPLES[name],
    }


def _describe_query(model: type[Query]) -> list[JsonObject]:
    schema = model.model_json_schema(ref_template=_REF, by_alias=True)
    required = schema.get("required", [])
    return [
        _describe_parameter(name, dict(member), required=name in required)
        for name, member in schema.get("properties", {}).items()
    ]


def _describe_parameter(name: str, member: JsonObject, *, required: bool) -> JsonObject:
    member.pop("title", None)
    description, examples = member.pop("description"), member.pop("examples", [])
    if "anyOf" in member:  # absent, not null
        (kept,) = (one for one in member.pop("anyOf") if one != {"type": "null"})
        member |= kept
    if member.get("default", 0) is None:
        del member["default"]
    described: JsonObject = {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": member,
    }
    if examples:
        described["example"] = _type_example(examples[0], member)
    return described


def _type_example(example: Any, member: JsonObject) -> Any:  # noqa: ANN401 - JSON values
    """Return an example as its schema wants it: addresses hold texts only."""
    return example == "true" if member.get("type") == "boolean" else example


def _describe_headers(operation: Operation) -> list[JsonObject]:
    language = {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "Languages of the answer, where `lang` is not given.",
        "schema": {"type": "string"},
        "example": "zh-CN,zh;q=0.9",
    }
    known = {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "`ETag` of the answer that one has: an unchanged one is 304.",
        "schema": {"type": "string"},
        "example": 'W/"0123456789abcdef01"',
    }
    return [language, known] if operation.validated else [language]


def _describe_answers(operation: Operation) -> JsonObject:
    answers: JsonObject = {
        str(status): _describe_answer(answer, operation)
        for status, answer in operation.answers.items()
    }
    if operation.validated:
        answers["304"] = {
            "description": "Unchanged since the answer with this `ETag`.",
            "headers": _ETAG,
        }
    codes: dict[int, list[str]] = {}
    common = ("bad-request", "internal-server-error", "uri-too-long", *PARAMETER_ERRORS)
    for code in (*common, *operation.errors, *(["unauthorized"] if operation.scope else [])):
        codes.setdefault(ERRORS[code], []).append(code)
    for status, names in sorted(codes.items()):
        answers[str(status)] = _describe_error(status, sorted(set(names)))
    return answers


def _describe_answer(answer: Answer, operation: Operation) -> JsonObject:
    schema: JsonObject = {"type": "string"}
    if answer.model is not None:
        schema = {"$ref": _REF.format(model=answer.model.__name__)}
    described: JsonObject = {
        "description": answer.description,
        "content": {answer.media_type: {"schema": schema}},
    }
    if operation.validated:
        described["headers"] = _ETAG
    return described


def _describe_error(status: int, codes: list[str]) -> JsonObject:
    listed = "; ".join(f"`{code}`" for code in codes)
    described: JsonObject = {
        "description": f"{HTTPStatus(status).phrase}: {listed}.",
        "content": {"application/json": {"schema": {"$ref": _REF.format(model="Error")}}},
    }
    if status == HTTPStatus.UNAUTHORIZED:
        described["headers"] = {
            "WWW-Authenticate": {"description": "`Bearer`", "schema": {"type": "string"}}
        }
    return described


def list_errors(language: str = _LANGUAGE) -> list[tuple[str, int, str]]:
    """List every code of an error with its status and an example of what it says."""
    values = {
        "parameter": "profile",
        "example": "wheelchair",
        "allowed": ["from", "to"],
        "known": ["clinic"],
        "place": "心电图",
        "count": 2,
        "sign": "VQAFYHQ",
        "problem": "…",
    }
    return [
        (code, status, translate(language, f"api.{code}", **values))
        for code, status in ERRORS.items()
    ]


def _make_schemas(operations: Iterable[Operation]) -> JsonObject:
    answers = {answer.model for one in operations for answer in one.answers.values()}
    bodies = {one.body for one in operations}
    models: set[tuple[type[BaseModel], Any]] = {
        (model, "serialization") for model in answers | {documents.Error} if model is not None
    }
    models |= {(model, "validation") for model in bodies if model is not None}
    ordered = sorted(models, key=lambda pair: pair[0].__name__)
    _, schema = models_json_schema(ordered, ref_template=_REF)
    return dict(schema["$defs"])


_ETAG = {
    "ETag": {
        "description": "Names this answer; send it back as `If-None-Match`.",
        "schema": {"type": "string"},
    }
}
