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


def test_lines_that_lack_something_stay_when_the_form_is_drawn_anew(page: Page) -> None:
    """One line is whole, one lacks its wait, one is told; each case: what the plan has by then."""
    found = page.evaluate(
        """async () => {
          const path = "/static/studio/editor/forms/";
          const { Lines } = await import(path + "lines.js");
          const { makeWaits } = await import(path + "fields-lists.js");
          const read = (element) => [...element.querySelectorAll("[data-key$='.wait']")]
            .map((input) => input.value);
          const type = (element, place, name, text) => {
            const input = element.querySelector(`[data-key="k.${place}.${name}"]`);
            input.value = text;
            input.dispatchEvent(new Event("change"));
          };
          const begin = (value) => {
            const told = [], lines = new Lines();
            const draw = (now) => {
              const change = (given) => told.push(given);
              return makeWaits({}, { context: {}, key: "k", value: now, change, lines }).element;
            };
            lines.begin(false);
            const element = draw(value);
            const again = (now, stays = true) => {
              lines.begin(stays);
              return [read(draw(now)), lines.follow("k.1.wait"), lines.follow("k.2.wait")];
            };
            const add = () => element.querySelector("[data-key='k.add']").click();
            return { element, told, add, again };
          };
          const first = { hours: "Mo", wait_s: 60 }, last = { hours: "Fr", wait_s: 90 };
          const cases = [
            ({ told, again }) => again(told.at(-1)),
            ({ again }) => again([last]),
            ({ again }) => again([first, last, { hours: "We", wait_s: 5 }]),
            ({ again }) => again([last], false),
          ];
          return cases.map((run) => {
            const made = begin([first]);
            made.add();
            type(made.element, 1, "hours", "We"); // and no wait yet
            made.add();
            type(made.element, 2, "wait", "90");
            type(made.element, 2, "hours", "Fr");
            return run(made);
          });
        }"""
    )
    assert found == [
        [["60", "", "90"], "k.1.wait", "k.2.wait"],
        [["90", ""], "k.1.wait", "k.0.wait"],  # others have taken the first one out
        [["60", "90", "5"], None, "k.1.wait"],  # and have said how long it is
        [["90"], None, None],  # of something else
    ]


def test_what_cannot_be_in_one_line_stays_refused_when_another_is_changed(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { makeField, tellAt } = await import("/static/studio/editor/forms/fields.js");
          const told = [];
          const change = (value) => { told.push(value); tellAt(document.body, "codes"); };
          const field = { id: "codes", input: "codes", label: "Codes" };
          const element = makeField(field, { context: {}, value: { his: "1" }, change });
          document.body.append(element);
          const type = (key, text) => {
            const input = element.querySelector(`[data-key="codes.0.${key}"]`);
            input.value = text;
            input.dispatchEvent(new Event("change"));
            return input;
          };
          const system = type("system", "H I S");
          const about = system.getAttribute("aria-describedby");
          const states = [system.getAttribute("aria-invalid")];
          type("code", "2");
          states.push(system.getAttribute("aria-invalid"));
          type("system", "ris");
          states.push(system.getAttribute("aria-invalid"));
          element.remove();
          return { about, states, told };
        }"""
    )
    # nothing is described by what is nowhere
    assert found["about"] is None
    assert found["states"] == ["true", "true", None]
    assert found["told"] == [{"his": "2"}, {"ris": "2"}]


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
