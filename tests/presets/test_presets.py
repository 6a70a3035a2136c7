"""Presets are data: every file is of the schema, has its symbol, and falls back as it should."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wayfinder.draw.theme import THEMES, load_theme
from wayfinder.formats import read_plan
from wayfinder.model import Amenity, Occupant, Opening, Unit
from wayfinder.presets import find_preset, list_kinds, list_presets, name_category
from wayfinder.resources import floorplans_dir, static_dir

FOLDER = Path(str(files("wayfinder.presets")))
DATA = sorted((FOLDER / "data").glob("*.json"))


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    document = json.loads((FOLDER / "preset.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def test_every_file_is_of_the_schema_and_named_after_its_category(
    schema: Draft202012Validator,
) -> None:
    for path in DATA:
        document = json.loads(path.read_text("utf-8"))
        assert [error.message for error in schema.iter_errors(document)] == [], path.name
        assert document["category"] == path.stem
    assert len(DATA) == len(list_presets()) > 200


def test_the_schema_refuses_what_the_drawing_could_not_use(schema: Draft202012Validator) -> None:
    good = json.loads(DATA[0].read_text("utf-8"))
    for change in ({"kind": "pink"}, {"rank": 0}, {"name": {"en": "only"}}, {"colour": "#fff"}):
        assert not schema.is_valid({**good, **change})


def test_every_symbol_is_there_and_every_kind_has_a_colour() -> None:
    for preset in list_presets():
        if preset.symbol:
            assert (static_dir() / "symbols" / f"{preset.symbol}.svg").is_file(), preset.category
        for theme in THEMES:
            assert preset.kind in load_theme(theme).fills, preset.category


def test_symbols_are_listed_with_their_origin() -> None:
    listed = (static_dir() / "symbols" / "README.md").read_text("utf-8")
    drawn = {path.stem for path in (static_dir() / "symbols").glob("*.svg")}
    assert all(f"| `{name}` |" in listed for name in drawn)
    assert listed.count("CC0") > len(drawn)


@pytest.mark.parametrize(
    "path", sorted((static_dir() / "symbols").glob("*.svg")), ids=lambda path: path.stem
)
def test_a_symbol_is_one_path_that_canvases_can_draw_too(path: Path) -> None:
    svg = path.read_text("utf-8")
    assert "&" not in svg, "what XML reads as a space ends the path on a canvas"
    assert svg.count("<path") == svg.count("<") - 2  # beside <svg> and </svg>
    assert svg.count("<path") == 1


@pytest.mark.parametrize(
    ("category", "found"),
    [
        ("restroom", "restroom"),
        ("restroom.unheard.of", "restroom"),
        ("restroom.female.wheelchair", "restroom.female.wheelchair"),
        ("parking.waitingarea", "parking"),
    ],
)
def test_a_category_falls_back_to_what_it_is_a_kind_of(category: str, found: str) -> None:
    preset = find_preset(category)
    assert preset is not None
    assert preset.category == found


@pytest.mark.parametrize("category", ["", ".", "dragonlair", "restrooms", "../data/restroom"])
def test_an_unknown_category_has_no_preset(category: str) -> None:
    assert find_preset(category) is None
    assert name_category(category, "en") is None


def test_names_and_what_people_type() -> None:
    assert name_category("restroom", "zh-CN") == "卫生间"
    assert name_category("restroom", "en-GB") == "Toilets"
    pharmacy = find_preset("pharmacy")
    assert pharmacy is not None
    assert "取药" in pharmacy.terms["zh-Hans"]
    assert pharmacy.symbol == "pharmacy"


def test_a_hospital_finds_what_it_needs() -> None:
    wanted = (
        *("information", "registration", "cashier", "pharmacy", "pharmacy.chinese", "laboratory"),
        *("radiology", "ct", "mri", "ultrasound", "ecg", "endoscopy", "dialysis", "bloodsampling"),
        *("cardiology", "orthopaedics", "paediatrics", "obstetrics", "ophthalmology", "dentistry"),
        *("emergency", "triage", "feverclinic", "ward", "nursestation", "icu", "admissions"),
        *("mothersroom", "defibrillator", "drinkingfountain", "atm", "wheelchairloan", "elevator"),
    )
    assert [category for category in wanted if find_preset(category) is None] == []


def test_all_categories_of_the_sample_are_known() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    assert plan is not None
    used = {f.category for kind in (Unit, Amenity, Occupant, Opening) for f in plan.list_of(kind)}
    assert {category for category in used if find_preset(category) is None} == set()


@pytest.mark.parametrize(
    ("category", "kinds"),
    [
        ("restroom", ("restroom",)),
        ("restroom.male", ("restroom.male", "restroom")),
        (
            "restroom.male.wheelchair",
            ("restroom.male.wheelchair", "restroom.wheelchair", "restroom.male", "restroom"),
        ),
        ("parking.bay", ("parking.bay",)),
        ("parking.bicycle", ("parking.bicycle",)),
        ("pharmacy.chinese", ("pharmacy.chinese",)),
        ("unheard.of", ("unheard.of", "unheard")),
    ],
)
def test_a_category_is_a_kind_of_those_above_it_unless_it_stands_apart(
    category: str, kinds: tuple[str, ...]
) -> None:
    assert list_kinds(category) == kinds


def test_no_term_is_an_illness_or_a_complaint() -> None:
    complaints = {
        *("发烧", "头痛", "头疼", "拉肚子", "腹泻", "糖尿病", "高血压", "癌症", "骨折", "中风"),
        *("胸痛", "咳嗽", "感冒", "痔疮", "受伤", "肚子疼", "牙疼", "fever", "headache", "cough"),
        *("diarrhoea", "diabetes", "cancer", "stroke", "fracture", "heart attack", "injury"),
        *("pain", "stomach ache", "toothache", "cold", "flu", "burns", "wound"),
    }
    for preset in list_presets():
        assert complaints.isdisjoint(word.casefold() for word in preset.list_words())


def test_any_of_these_will_do() -> None:
    nearest = {preset.category for preset in list_presets() if preset.nearest}
    assert {"restroom", "elevator", "cashier", "pharmacy", "pedestrian.principal"} <= nearest
    assert nearest.isdisjoint({"cardiology", "radiology", "ward", "emergency"})
