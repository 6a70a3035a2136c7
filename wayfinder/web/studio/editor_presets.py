"""What the editor's forms are made of: presets, fields and edits; and what a door joins."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, request

from wayfinder.edit import find_sides
from wayfinder.guide.catalogues import has_message, translate, translate_or
from wayfinder.model import Opening, pick_label
from wayfinder.model.imdf_terms import load_terms
from wayfinder.presets import Preset, find_preset, list_presets
from wayfinder.presets.forms import Field, get_form, list_form_types, list_offered
from wayfinder.services.drafts import read_plan
from wayfinder.web.errors import ApiError
from wayfinder.web.language import choose_language
from wayfinder.web.site import get_site
from wayfinder.web.studio.drafting import DRAFT, answer, as_json
from wayfinder.web.studio.editor_commands import list_commands
from wayfinder.web.studio.room import get_room

PATH = f"/api/v/<slug>/drafts/{DRAFT}"
WORDS = "studio.forms."
_OURS = "ours."


def register(blueprint: Blueprint) -> None:
    """Hang the views into the blueprint."""
    blueprint.add_url_rule(f"{PATH}/presets", "get_draft_presets", get_draft_presets)
    blueprint.add_url_rule(f"{PATH}/sides", "get_door_sides", get_door_sides)


@as_json
def get_draft_presets(slug: str, draft_id: int) -> Response:  # noqa: ARG001 - `as_json` looks
    """Answer with what forms are made of."""
    return answer(describe_forms(choose_language()))


@as_json
def get_door_sides(slug: str, draft_id: int) -> Response:
    """Answer with the units on either side of a door, looking along its line."""
    plan = read_plan(get_room().drafts, slug, draft_id).plan
    door = request.args.get("door", "")
    if not isinstance(plan.features.get(door), Opening):
        raise ApiError(404, "not-found")
    sides = find_sides(plan, door)
    return answer({"left": sides.left, "right": sides.right})


def describe_forms(language: str) -> dict[str, Any]:
    """Return all that forms are made of, in a language."""
    fields = {field.id: field for one in list_form_types() for field in get_form(one).list_fields()}
    return {
        "language": language,
        "categories": [
            *(_describe_preset(preset, language) for preset in list_presets()),
            *_list_plain_categories(language),
        ],
        "types": {one: _describe_type(one, fields, language) for one in list_form_types()},
        "fields": {key: _describe_field(field, language) for key, field in fields.items()},
        "commands": [
            {**command, "title": translate(language, f"action.{command['kind']}")}
            for command in list_commands()
        ],
    }


def _describe_preset(preset: Preset, language: str) -> dict[str, Any]:
    symbol = preset.symbol and get_site().assets.get_path(f"symbols/{preset.symbol}.svg")
    found = {
        "category": preset.category,
        "label": pick_label(preset.name, language),
        "search": list(preset.list_words()),
        "symbol": symbol,
        "kind": preset.kind,
        "types": list(preset.feature_types),
        "fields": list(preset.fields),
    }
    return _drop_empty(found)


def _list_plain_categories(language: str) -> Iterable[dict[str, Any]]:
    """Yield the categories that are offered and have no preset of their own."""
    known = {preset.category for preset in list_presets()}
    listed = (category for one in list_form_types() for category in list_offered(one))
    for category in dict.fromkeys(listed):
        if category not in known:
            yield {"category": category, "label": name_category(category, language)}


def name_category(category: str, language: str) -> str:
    """Return what a category is called, be it one of the presets or of IMDF alone."""
    preset = find_preset(category)
    otherwise = category if preset is None else pick_label(preset.name, language)
    return translate_or(language, f"{WORDS}category.{category}", otherwise)


def _describe_type(feature_type: str, fields: Mapping[str, Field], language: str) -> dict[str, Any]:
    form = get_form(feature_type)
    own = {field.id: field.action for field in form.list_fields()}
    return {
        "label": translate(language, f"feature-type.{feature_type}"),
        "geometry": list(load_terms()[feature_type].geometry),
        "fields": [field.id for field in form.fields],
        "more": [field.id for field in form.more],
        "special": [field.id for field in form.special],
        "actions": {key: kind for key, kind in own.items() if fields[key].action != kind},
        "categories": list(list_offered(feature_type)),
    }


def _describe_field(field: Field, language: str) -> dict[str, Any]:
    last = field.id.rpartition(".")[2]
    found: dict[str, Any] = {
        "path": list(field.path),
        "input": field.input,
        "action": field.action,
        "label": _name_field(field.id, language),
        "hint": translate_or(language, f"{WORDS}hint.{field.id}", ""),
        "unit": field.unit,
        "min": field.minimum,
        "max": field.maximum,
        "above": field.above,
        "whole": field.whole,
        "of": list(field.of),
        "options": [
            {"value": value, "label": translate(language, f"{WORDS}option.{last}.{value}")}
            for value in field.options
        ],
    }
    return _drop_empty(found)


def _drop_empty(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value or type(value) in {int, float}}


def _name_field(field_id: str, language: str) -> str:
    """Say what a field is called: by its path, else by its path in the ``wayfinder`` object."""
    short = f"{WORDS}field.{field_id.removeprefix(_OURS)}"
    own = f"{WORDS}field.{field_id}"
    return translate(language, own if has_message(language, own) else short)
