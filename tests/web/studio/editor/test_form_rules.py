"""What the editor's forms work out by themselves: hours, the least edit, what is meant, outlines.

``form_cases.json`` has a case a line: module, function, arguments, and what it gives.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.studio.editor.modules import open_modules
from wayfinder.guide.catalogues import list_messages

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
    words = dict(list_messages("en", "studio.forms."))
    with open_modules(browser, words=words) as page:
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


def test_what_is_refused_in_a_line_stays_with_it_when_lines_are_added_or_taken_out(
    page: Page,
) -> None:
    found = page.evaluate(
        """async () => {
          const path = "/static/studio/editor/forms/";
          const { makeLine } = await import(path + "fields-shapes.js");
          const { makeWaits } = await import(path + "fields-lists.js");
          const same = (one) => one, plan = { toMetres: same, toDegrees: same };
          const given = { context: { plan }, key: "k", change: same };
          const line = [[1, 2], [3, 4], [5, 6]];
          const waits = [60, 90, 120].map((wait_s) => ({ hours: "24/7", wait_s }));
          const lists = [
            [makeLine({}, { ...given, value: line }), 1],
            [makeWaits({}, { ...given, value: waits }), "wait"],
          ];
          const read = (element, name) => [0, 1, 2, 3].map((row) => {
            const input = element.querySelector(`[data-key="k.${row}.${name}"]`);
            if (!input) return null;
            const said = input.closest(".ef-cell").querySelector(".ef-refused");
            const isRefused = said && input.matches("[aria-invalid=true]:invalid");
            return input.value + (isRefused ? "!" : "");
          });
          const takeOut = (element, row) => element.querySelectorAll(".ef-line").item(row)
            .querySelector(":scope > button:last-of-type").click();
          return lists.map(([{ element }, name]) => {
            document.body.append(element);
            const last = element.querySelector(`[data-key="k.2.${name}"]`);
            last.value = "9x";
            last.dispatchEvent(new Event("change"));
            element.querySelector("[data-key='k.add']").click();
            const states = [read(element, name)];
            for (const row of [0, 1]) {
              takeOut(element, row);
              states.push(read(element, name));
            }
            element.remove();
            return states;
          });
        }"""
    )
    for first, second in zip(found, (("2", "4"), ("60", "90")), strict=True):
        assert first == [
            [*second, "9x!", ""],
            [second[1], "9x!", "", None],
            [second[1], "", None, None],
        ]


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
