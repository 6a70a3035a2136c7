"""What the editor's forms work out by themselves: hours, the least edit, what is meant, outlines.

``form_cases.json`` has a case a line: module, function, arguments, and what it gives.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.studio.editor.modules import open_modules

FORMS = "/static/studio/editor/forms"
CASES = json.loads(Path(__file__).with_name("form_cases.json").read_text("utf-8"))
CALL = """async ([path, name, args]) => {
  const module = await import(path);
  const given = name === "buildAction" ? [...args, () => "new"] : args;
  const found = module[name](...given);
  const plain = name === "rank" ? found.map((one) => one.label) : found;
  return JSON.parse(JSON.stringify(plain ?? null));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_modules(browser) as page:
        yield page


def test_each_case(page: Page) -> None:
    wrong = {
        f"{module}.{name}{args}": found
        for module, name, args, expected in CASES
        if (found := page.evaluate(CALL, [f"{FORMS}/{module}.js", name, args])) != expected
    }
    assert wrong == {}


def test_hours_written_are_hours_read(page: Page) -> None:
    same = page.evaluate(
        """async () => {
          const { readHours, writeHours } = await import("/static/studio/editor/forms/hours.js");
          const texts = [
            "24/7", "Mo-Fr 08:00-17:00", "Mo-Su,PH 00:00-24:00", "Mo,We 08:00-12:00; PH off",
            "Sa 22:00-02:00",
          ];
          return texts.filter((text) => writeHours(readHours(text)) !== text);
        }"""
    )
    assert same == []


def test_arrow_keys_move_things_by_steps(page: Page) -> None:
    made = page.evaluate(
        """async () => {
          const { makeMove, readArrow } = await import("/static/studio/editor/forms/nudge.js");
          const make = (id, feature_type, type, coordinates, properties = {}) =>
            [id, { id, feature_type, geometry: type && { type, coordinates }, properties }];
          const features = new Map([
            make("u", "unit", "Polygon", [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]),
            make("d", "opening", "LineString", [[0, 0], [1, 0]]),
            make("o", "occupant", null, null, { anchor_id: "p" }),
            make("p", "anchor", "Point", [1, 1]),
          ]);
          const same = (one) => one;
          const get = (id) => features.get(id);
          const plan = { get, toDegrees: same, geometryToMetres: same };
          const by = readArrow("ArrowUp", 0.5);
          const moves = [["u"], ["d", "o"], ["x"]].map((ids) => makeMove(plan, ids, by));
          return [readArrow("a", 1), ...moves];
        }"""
    )
    assert made == [
        None,
        {"kind": "move", "features": ["u"], "start": [1, 1], "end": [1, 1.5]},
        {
            "kind": "batch",
            "actions": [
                {"kind": "move-opening", "feature": "d", "to": [0.5, 0.5]},
                {"kind": "move-point", "feature": "o", "to": [1, 1.5]},
            ],
        },
        None,
    ]
