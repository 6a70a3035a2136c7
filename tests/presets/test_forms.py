"""What can be said of a feature: all that the model knows is asked somewhere."""

import json

import pytest

from wayfinder.edit import ACTIONS
from wayfinder.edit.members import list_categories
from wayfinder.guide.catalogues import LANGUAGES, has_message
from wayfinder.model.kinds import KINDS
from wayfinder.presets import list_presets
from wayfinder.presets.forms import get_form, list_form_types, list_known_keys, list_offered
from wayfinder.resources import static_dir


def test_every_feature_type_has_a_form() -> None:
    assert set(list_form_types()) == set(KINDS)


@pytest.mark.parametrize("feature_type", list_form_types())
def test_all_that_the_model_lets_be_said_is_asked_or_set_elsewhere(feature_type: str) -> None:
    unasked = {key for key, reason in list_known_keys(feature_type) if reason == ""}
    assert unasked == set()


@pytest.mark.parametrize("feature_type", list_form_types())
def test_a_field_is_set_by_an_edit_and_is_asked_once(feature_type: str) -> None:
    fields = get_form(feature_type).list_fields()
    assert {field.action for field in fields} <= set(ACTIONS)
    assert len({field.id for field in fields}) == len(fields)


def test_what_a_preset_asks_for_is_a_field_of_its_types() -> None:
    for preset in list_presets():
        for key in preset.fields:
            types = [
                one
                for one in preset.feature_types
                if any(field.id == key for field in get_form(one).list_fields())
            ]
            assert types, f"{preset.category}: {key}"


@pytest.mark.parametrize("feature_type", list_form_types())
def test_an_offered_category_is_one_that_an_edit_takes(feature_type: str) -> None:
    known = list_categories(feature_type)
    assert not known or set(list_offered(feature_type)) <= known


def test_bounds_and_units_are_those_of_the_schema() -> None:
    fields = {field.id: field for field in get_form("unit").list_fields()}
    width = fields["ours.lift.door_width_m"]
    assert (width.unit, width.minimum, width.maximum, width.above) == ("m", 0.3, 30, False)
    (widths,) = (one for one in get_form("venue").list_fields() if one.input == "widths")
    assert (widths.minimum, widths.maximum) == (0.3, 30)
    pixels = {field.id: field for field in get_form("amenity").list_fields()}
    assert pixels["ours.display.width_px"].whole
    assert fields["ours.direction"].options == ("up", "down")
    assert fields["ours.aliases"].input == "aliases"
    assert {one.id: one.action for one in get_form("level").fields}["ordinal"] == "set-ordinal"


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_and_what_they_offer_have_words(language: str) -> None:
    for feature_type in list_form_types():
        for field in get_form(feature_type).list_fields():
            last = field.id.rpartition(".")[2]
            names = (field.id, field.id.removeprefix("ours."))
            assert any(has_message(language, f"studio.forms.field.{name}") for name in names)
            for value in field.options:
                assert has_message(language, f"studio.forms.option.{last}.{value}")


def test_colours_of_zones_are_those_that_signs_can_show() -> None:
    colours = {field.id: field for field in get_form("section").fields}["ours.zone.colour"]
    known = json.loads((static_dir() / "signs" / "zones.json").read_text("utf-8"))["colours"]
    assert set(colours.options) == set(known) - {"gray"}
