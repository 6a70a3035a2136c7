"""The reference of all actions in ``docs/editing.md``, made from the program.

``python -m tests.edit.reference`` writes it; a test holds that it is up to date.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wayfinder.edit import FAMILIES, Action, describe_action

PAGE = Path(__file__).resolve().parents[2] / "docs" / "editing.md"
START, END = "<!-- actions -->", "<!-- end of actions -->"


def make_reference() -> str:
    """Return a section a family, with each action, what it does and its arguments."""
    parts = []
    for family, actions in FAMILIES.items():
        parts.append(f"### {family}")
        parts += [_describe(action) for action in actions]
    return "\n\n".join(parts)


def _describe(action: type[Action]) -> str:
    text, arguments = read_docstring(action)
    schema = describe_action(action.kind)
    lines = [f"#### {action.kind}", "", text, "", "| argument | | value | meaning |"]
    lines += ["|---|---|---|---|", *_list_rows("", schema, schema, arguments)]
    for name, rule in schema["properties"].items():
        inner = str(rule.get("items", {}).get("$ref", "")).removeprefix("#/$defs/")
        if inner:
            _, meanings = read_docstring(getattr(inspect.getmodule(action), inner))
            lines += _list_rows(f"{name}[].", schema["$defs"][inner], schema, meanings)
    return "\n".join(lines)


def _list_rows(
    prefix: str, schema: Mapping[str, Any], root: Mapping[str, Any], meanings: Mapping[str, str]
) -> Iterator[str]:
    """Yield a row of the table for each argument of an object."""
    required = set(schema.get("required", ()))
    for name, rule in schema["properties"].items():
        need = "needed" if name in required else ""
        meaning = _plain(" ".join(meanings[name].split()))
        yield f"| `{prefix}{name}` | {need} | {_say_type(rule, root)} | {meaning} |"


def read_docstring(made: type) -> tuple[str, dict[str, str]]:
    """Return what a docstring in numpy style says, and what it says of each parameter."""
    text, _, rest = (inspect.getdoc(made) or "").partition("\nParameters\n----------\n")
    arguments: dict[str, str] = {}
    for block in re.split(r"\n(?=\S)", rest):
        names, _, meaning = block.partition("\n")
        for name in names.split(","):
            arguments[name.strip()] = meaning.strip()
    return _plain(text.strip()), arguments


def _plain(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


def _say_type(rule: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """Say what a JSON Schema allows, in a few words."""
    if "description" in rule:
        return str(rule["description"])
    if "enum" in rule or "const" in rule:
        return ", ".join(f"`{value}`" for value in rule.get("enum", [rule.get("const")]))
    if "anyOf" in rule:
        return " or ".join(_say_type(part, root) for part in rule["anyOf"])
    kind = str(rule.get("type"))
    if kind == "array":
        items = rule.get("items") or rule["prefixItems"][0]
        return ("list: " if "items" in rule else "two: ") + _say_type(items, root)
    if kind == "number":
        return f"number {rule['minimum']:g} to {rule['maximum']:g}"
    return {"string": "text", "boolean": "true or false", "null": "null"}.get(kind, "object")


def insert_reference(page: str) -> str:
    """Return the page with the reference as it is to be."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{make_reference()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(insert_reference(PAGE.read_text("utf-8")), "utf-8")
