"""Every edit is somewhere in the editor, and whatever forms say has words in every language."""

import re
from collections.abc import Iterator

import pytest

from wayfinder.edit import ACTIONS, describe_action
from wayfinder.guide.catalogues import LANGUAGES, has_message, list_messages
from wayfinder.presets import find_preset
from wayfinder.presets.forms import Field, get_form, list_form_types, list_offered
from wayfinder.resources import static_dir
from wayfinder.web.studio.editor_commands import ELSEWHERE, find_input, list_commands
from wayfinder.web.studio.icons import LINES

EDITOR = static_dir() / "studio" / "editor"
DOCS = static_dir().parent / "docs" / "studio.md"
PREFIX = "studio.forms."
OWN = frozenset(f"{kind}.{value}" for kind in ("arrow",) for value in (
    "ahead", "ahead-right", "right", "back-right", "back", "back-left", "left", "ahead-left",
    "up", "down", "here",
))  # fmt: skip


def read_scripts(*folders: str) -> str:
    """Return the scripts of some folders of the editor."""
    files = [path for one in folders for path in sorted((EDITOR / one).glob("*.js"))]
    return "\n".join(path.read_text("utf-8") for path in files)


def list_rows() -> dict[str, tuple[str, str, str]]:
    """Return the table of docs/studio.md: edit to where it is on the plan, in forms, by keys."""
    rows = re.findall(
        r"^\| `([a-z-]+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$",
        DOCS.read_text("utf-8"),
        re.MULTILINE,
    )
    return {kind: (plan.strip(), forms.strip(), keys.strip()) for kind, plan, forms, keys in rows}


def test_the_table_names_every_edit_and_where_it_is_done() -> None:
    rows = list_rows()
    assert list(rows) == list(ACTIONS)
    commands = {command["kind"] for command in list_commands()}
    assert {kind for kind, row in rows.items() if row[2] == "yes"} == commands
    assert {kind for kind, row in rows.items() if row[2] != "yes"} == set(ELSEWHERE)


def test_scripts_name_the_edits_that_the_table_says_they_do() -> None:
    on_plan, in_forms = read_scripts("tools", "canvas"), read_scripts("forms")
    fields = {field.action for one in list_form_types() for field in get_form(one).list_fields()}
    wrong = []
    for kind, (plan, form, _) in list_rows().items():
        if plan != "–" and f'"{kind}"' not in on_plan and kind not in ELSEWHERE:
            wrong.append(f"{kind}: on the plan")
        if form != "–" and f'"{kind}"' not in in_forms and kind not in {*fields, "restore"}:
            wrong.append(f"{kind}: in forms")
    assert wrong == []


def test_all_that_an_edit_needs_is_asked() -> None:
    for command in list_commands():
        kind, schema = command["kind"], describe_action(command["kind"])
        names = {argument["name"] for argument in command["arguments"]}
        needed = set(schema.get("required", ()))
        if kind == "move-wall":
            needed.discard("end")  # a wall is chosen with both its ends
        assert needed <= names, kind
        assert all(find_input(kind, name) for name in schema["properties"])


def test_whatever_is_asked_has_an_input_in_the_browser() -> None:
    fields = {field.input for one in list_form_types() for field in get_form(one).list_fields()}
    asked = {argument["input"] for one in list_commands() for argument in one["arguments"]}
    simple = read_block("forms/fields.js", "INPUTS")
    special = read_block("forms/fields-command.js", "SHAPES")
    special |= read_block("forms/fields-command.js", "SPECIAL")
    assert fields <= simple
    assert asked <= simple | special | {"new-id", "level"}


def read_block(path: str, name: str) -> set[str]:
    """Return the keys of an object in a script."""
    text = (EDITOR / path).read_text("utf-8")
    found = re.search(rf"^const {name} = \{{(.*?)\}};$", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return set(re.findall(r'(?:^|[{,])\s*"?([a-z-]+)"?\s*:', found[1]))


def list_said() -> Iterator[str]:
    """Yield what scripts and the server say of forms."""
    scripts = read_scripts("forms")
    yield from re.findall(r'"forms\.([A-Za-z0-9.-]+)"', scripts)
    yield from read_dynamic(scripts)
    yield from list_said_of_edits()
    for feature_type in list_form_types():
        for field in get_form(feature_type).list_fields():
            yield from list_said_of_field(field)
        for category in list_offered(feature_type):
            if find_preset(category) is None:
                yield f"category.{category}"


def list_said_of_edits() -> Iterator[str]:
    """Yield what is said of edits as forms."""
    for command in list_commands():
        yield f"about.{command['kind']}"
        yield f"family.{command['family']}"
        for argument in command["arguments"]:
            kind = {"display_kind": "kind"}.get(argument["name"], argument["name"])
            if argument["input"] != "new-id":
                yield f"argument.{read_argument(command['kind'], argument['name'])}"
            yield from (f"option.{kind}.{value}" for value in argument.get("options", ()))


def list_said_of_field(field: Field) -> Iterator[str]:
    """Yield what is said of a field."""
    own = has_message("en", f"{PREFIX}field.{field.id}")
    yield f"field.{field.id if own else field.id.removeprefix('ours.')}"
    if field.unit:
        yield f"unit.{field.unit}"
    yield from (f"option.{field.id.rpartition('.')[2]}.{value}" for value in field.options)


def read_dynamic(scripts: str) -> Iterator[str]:
    """Yield keys that scripts put together of parts."""
    days = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
    sides = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
    yield from ("line-up", "line-down")
    sizes = ("x", "y", "width", "depth", "turn")
    yield from (f"day.{day}" for day in days)
    yield from (f"side.{side}" for side in sides)
    yield from (f"rectangle.{one}" for one in sizes)
    yield from (f"area.{one}" for one in ("rectangle", "outline", "corners"))
    yield from (f"option.{one}" for one in OWN)
    yield from (f"floor.{one}" for one in ("go", "edit", "copy", "fit", "delete"))
    yield from (f"building.{one}" for one in ("edit", "delete"))
    for group, keys in re.findall(r'\["(\w+)", (\[\[.*?\]\])\]', scripts):
        yield f"keys-of.{group}"
        yield from (f"key.{name}" for name in re.findall(r'", "([a-z-]+)"\]', keys))


def read_argument(kind: str, name: str) -> str:
    """Return what an argument is called: in some edits it is another thing than in others."""
    text = (EDITOR / "forms" / "fields-command.js").read_text("utf-8")
    found = re.search(rf'"{kind}\.{name}": "([a-z-]+)"', text)
    return found[1] if found else name


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_all_that_forms_say_and_none_besides(language: str) -> None:
    said = {f"{PREFIX}{key}" for key in list_said()}
    known = {key for key in list_messages(language, PREFIX) if not key.startswith(f"{PREFIX}hint")}
    assert said - known == set()
    assert known - said == set()


def test_icons_of_forms_are_drawn() -> None:
    scripts = read_scripts("forms")
    named = set(re.findall(r'icon\("([a-z-]+)"\)', scripts))
    named |= set(re.findall(r'icon: "([a-z-]+)"', scripts))
    named |= set(re.findall(r'makeIconButton\("([a-z-]+)"', scripts))
    assert named - set(LINES) == set()
