"""What waits to be sent: as its author saw the plan, whatever was heard meanwhile."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.studio.editor.modules import open_modules

SEND = """async choice => {
  const editor = "/static/studio/editor/";
  const [{ Work }, { RefusedError }] = await Promise.all(
    ["work.js", "session.js"].map(name => import(editor + name)));
  const plan = { number: 4, apply(_, number) { this.number = number; } };
  const session = Object.assign(new EventTarget(), { isOut: false }), sent = [];
  session.get = async () => ({ number: plan.number });
  session.post = async (path, { action, seen, take }) => {
    sent.push([action?.kind ?? path, seen, take ?? "ask"]);
    await null;
    if (action?.kind === "stale" && !take) {
      throw new RefusedError(409, { error: { code: "stale" }, number: plan.number });
    }
    // each answer brings what four others did
    const number = plan.number + 5;
    return { number, entry: number, changed: {}, touched: [], notes: [], others: [], turns: {} };
  };
  const work = new Work({ session, plan, mayEdit: true, resolve: async () => choice });
  const act = kind => work.do({ kind });
  const done = await Promise.all([act("first"), act("stale"), work.undo(), act("last")]);
  await work.do({ kind: "later" });
  await work.do({ kind: "long-typed" }, 7);
  return { sent, isDone: done.map(one => one !== null) };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_modules(browser) as page:
        yield page


@pytest.mark.parametrize("choice", ["mine", None])
def test_what_waits_is_sent_as_its_author_saw_the_plan(page: Page, choice: str | None) -> None:
    found = page.evaluate(SEND, choice)
    taken = [["stale", 4, choice], ["undo", 4, "ask"]] if choice else []
    assert found["sent"][:2] == [["first", 4, "ask"], ["stale", 4, "ask"]]
    assert found["sent"][2:-2] == [*taken, ["last", 4, "ask"]]
    # what was not done is not taken back: that would be what was done before it
    assert found["isDone"] == [True, bool(choice), bool(choice), True]
    later, typed = found["sent"][-2:]
    assert later == ["later", 24 if choice else 14, "ask"]
    assert typed == ["long-typed", 7, "ask"]
