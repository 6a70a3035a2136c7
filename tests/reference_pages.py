"""Pages of reference made from the program: issue codes, and the keys of the wayfinder object.

``python -m tests.reference_pages`` writes them; a test holds that they are up to date.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from wayfinder.guide.catalogues import list_catalogues, translate
from wayfinder.model.kinds import KINDS
from wayfinder.model.wayfinder_schema import load_schema

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "issue-codes.md"
FLOOR_PLANS = ROOT / "docs" / "floor-plans.md"
SOURCE = ROOT / "wayfinder"
TABLE_START, TABLE_END = "<!-- keys -->", "<!-- end of keys -->"

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
SECTIONS = {
    "imdf": "Files and drawing",
    "osm": "OpenStreetMap",
    "graph": "Doors, ways and floors",
    "checks": "Reach",
}
SEVERITIES = ("error", "warning", "note")

VARIABLE: Mapping[str, tuple[str, ...]] = {
    "found-by-other-version": ("error", "warning", "note"),
    "geometry-malformed": ("error", "warning"),
    "geometry-missing": ("error", "warning"),
    "geometry-of-wrong-type": ("error", "warning", "note"),
    "level-not-given": ("error", "warning"),
    "member-of-wrong-type": ("error", "warning"),
    "nested-archive-kept": ("note",),
    "file-kept": ("note",),
    "polygon-hole-outside": ("error", "warning"),
    "polygon-invalid": ("error", "warning"),
    "polygon-self-crossing": ("error", "warning"),
    "polygon-tangled": ("error", "warning"),
    "polygon-without-area": ("error", "warning"),
    "reference-missing": ("error", "warning"),
    "text-for-boolean": ("note",),
    "text-for-list": ("note",),
    "text-for-number": ("note",),
    "wayfinder-value-wrong": ("error", "warning"),
}
"""Severities that depend on the case, or that do not stand beside the code in the source."""

TEXTS: Mapping[str, str] = {"{remedy}": "checks.widths-unknown.remedy"}
"""Values that are texts of the catalogues themselves, and the text that each mostly is."""

INTRODUCTION = """\
# Issue codes

Everything that is wrong with a plan is listed as an issue: a code, a severity, the features it is
about, their level and place and, where one is known, a fix, which is proposed and never taken.
Codes are stable: scripts may rely on them. `wayfinder check PLAN --json` prints them all.

| severity | means |
|---|---|
| error | people would be sent wrong, or a part of the plan is lost: the plan is not published |
| warning | something is missing or doubtful; routes are right as far as they go |
| note | good to know, and harmless |

This page is made from the program: `python -m tests.reference_pages` writes it anew.
"""


@cache
def list_messages(language: str, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return the messages of a kind (``issue``): domain to code to words."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for domain, catalogue in list_catalogues(language):
        for message in catalogue:
            name = message.id[0] if isinstance(message.id, list | tuple) else message.id
            forms = message.string or ()
            words = forms if isinstance(forms, str) else forms[-1]
            if name.startswith(f"{kind}."):
                found[domain][name.removeprefix(f"{kind}.")] = words
    return found


def list_codes(language: str, kind: str) -> set[str]:
    """Return all codes of a kind in the catalogues of a language."""
    return {code for codes in list_messages(language, kind).values() for code in codes}


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def list_modules() -> Iterator[Path]:
    """Yield the files of the package."""
    yield from sorted(SOURCE.rglob("*.py"))


@cache
def list_constants(path: Path) -> tuple[str, ...]:
    """List the texts in a file that could be a code."""
    constants = (node.value for node in ast.walk(_parse(path)) if isinstance(node, ast.Constant))
    return tuple(text for text in constants if isinstance(text, str) and CODE.fullmatch(text))


@cache
def find_severities() -> Mapping[str, tuple[str, ...]]:
    """Return the severities that each code is given: beside it, else in the function around it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    codes = list_codes("en", "issue")
    for path in list_modules():
        if codes.isdisjoint(list_constants(path)):
            continue
        module = _parse(path)
        functions = {
            node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)
        }
        for function in functions.values():
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                for code in _list_own_codes(call, codes):
                    found[code] |= _judge(call, function, functions)
    ordered = {code: tuple(s for s in SEVERITIES if s in given) for code, given in found.items()}
    return {**ordered, **VARIABLE}


def _list_own_codes(call: ast.Call, codes: set[str]) -> Iterator[str]:
    """Yield the codes among the arguments of a call, not of calls within it."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        branches = (
            [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        )
        for branch in branches:
            if isinstance(branch, ast.Constant) and branch.value in codes:
                yield str(branch.value)


def _judge(
    call: ast.Call, function: ast.FunctionDef, functions: Mapping[str, ast.FunctionDef]
) -> set[str]:
    beside = _list_severities(call)
    if beside:
        return beside
    called = getattr(call.func, "id", getattr(call.func, "attr", ""))
    around = functions.get(called, function)
    found = {"warning"} if called == "report" else _list_severities(around)
    return found if len(found) == 1 else set()


def _list_severities(node: ast.AST) -> set[str]:
    return {
        part.attr.lower()
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute)
        and isinstance(part.value, ast.Name)
        and part.value.id == "Severity"
    }


def _escape(text: str) -> str:
    for value, msgid in TEXTS.items():
        if value in text:
            text = text.replace(value, translate("en", msgid))
    return text.replace("|", "\\|").replace("\n", " ")


def make_page() -> str:
    """Return the page as it should be."""
    severities = find_severities()
    parts = [INTRODUCTION]
    issues = list_messages("en", "issue")
    domains = [*SECTIONS, *sorted(set(issues) - set(SECTIONS))]
    for domain in domains:
        if domain not in issues:
            continue
        parts.append(
            f"## {SECTIONS.get(domain, domain)}\n\n| code | severity | words |\n|---|---|---|"
        )
        for code, words in sorted(issues[domain].items()):
            given = " or ".join(severities.get(code, ()))
            parts.append(f"| `{code}` | {given} | {_escape(words)} |")
        parts.append("")
    for kind, title in (
        ("fix", "Fixes"),
        ("unreadable", "Files that cannot be read"),
        ("unwritable", "Targets that cannot be written"),
    ):
        merged = {k: v for codes in list_messages("en", kind).values() for k, v in codes.items()}
        parts.append(f"## {title}\n\n| code | words |\n|---|---|")
        parts += [f"| `{code}` | {_escape(words)} |" for code, words in sorted(merged.items())]
        parts.append("")
    return "\n".join(parts)


def make_key_table() -> str:
    """Return the table of the keys of the wayfinder object, from its JSON Schema."""
    rows = ["| key | on | value | meaning |", "|---|---|---|---|"]
    schema = load_schema()
    for key, rule in schema["properties"].items():
        features = rule["x-features"]
        on = "every feature" if len(features) == len(KINDS) else ", ".join(features)
        rows.append(f"| `{key}` | {on} | {_describe(rule)} | {_escape(rule['description'])} |")
    return "\n".join(rows)


def _describe(rule: Mapping[str, Any]) -> str:
    """Say in a few words what a value may be."""
    if "$ref" in rule:
        name = rule["$ref"].removeprefix("#/$defs/")
        return {"length-m": "metres, over 0 to 100", "texts-by-language": "lists of texts"}[name]
    if "enum" in rule:
        return ", ".join(f"`{value}`" for value in rule["enum"])
    if "properties" in rule:
        return "object: " + ", ".join(f"`{name}`" for name in rule["properties"])
    limits = [str(rule[limit]) for limit in ("minimum", "maximum") if limit in rule]
    names = {"string": "text", "boolean": "true or false", "array": "list of ids"}
    return f"{names.get(rule['type'], rule['type'])}{' ' if limits else ''}{' to '.join(limits)}"


def insert_key_table(page: str) -> str:
    """Return the page on floor plans with the table as it should be."""
    before, _, rest = page.partition(TABLE_START)
    _, _, after = rest.partition(TABLE_END)
    return f"{before}{TABLE_START}\n\n{make_key_table()}\n\n{TABLE_END}{after}"


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
    FLOOR_PLANS.write_text(
        insert_key_table(FLOOR_PLANS.read_text(encoding="utf-8")), encoding="utf-8"
    )
