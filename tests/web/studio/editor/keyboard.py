"""Somebody before the editor who has a keyboard and no mouse, and the house that they draw."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.ascii_plan import draw_plan

PLAN = draw_plan(
    """
    level 0 1F
    +-----+-----+-----+
    |A    |B    |C @X |
    +--1--+--2--+--3--+
    |hall       4lift |
    +--0--------+-----+
    level 1 2F
    +-----+-----+-----+
    |up               |
    |                 |
    |                 |
    +-----------+-----+
    level 2 3F
    +-----+-----+-----+
    |roof             |
    |                 |
    |                 |
    +-----------+-----+
    """,
    units={
        "A": {"name": {"en": "Room A"}},
        "B": {"name": {"en": "Room B", "zh-Hans": "乙室"}},
        "up": {"category": "walkway", "name": {"en": "Hall", "zh-Hans": "大厅"}},
        "roof": "walkway",
    },
)
FOCUS = """key => {
  const here = document.activeElement;
  return here.dataset?.key === key || here.dataset?.id === key;
}"""


class Keys:
    """Somebody who has a keyboard and no mouse.

    Parameters
    ----------
    page
        The editor's page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, key: str, by: str = "Tab") -> None:
        """Press a key until a field has the focus, or something in a list."""
        for _ in range(90):
            if self.page.evaluate(FOCUS, key):
                return
            self.press(by)
        raise AssertionError(f"{key} is out of reach of the keyboard")

    def enter(self, key: str, text: str) -> None:
        """Reach a field and type into it, over what is there."""
        self.reach(key)
        self.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, feature: str) -> None:
        """Choose something from the list of the floor, and open its form."""
        self.press("Control+Shift+l", "Home")
        self.reach(feature, "ArrowDown")
        self.press("Enter")

    def command(self, kind: str, title: str) -> None:
        """Open an edit as a form."""
        self.press("Control+k")
        self.page.keyboard.type(title)
        self.press("Enter")
        expect(self.page.locator("dialog[open] .ef-arguments")).to_be_visible()
        assert self.page.locator("dialog[open]").get_attribute("data-dialog") in {"commands", kind}

    def do(self) -> None:
        """Do what a dialog has."""
        self.reach("do")
        self.press("Enter")
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def get(self, feature: str) -> dict[str, Any]:
        """Return the properties of a feature, as the server has acknowledged them."""
        self.page.wait_for_function("!wayfinder.work.waiting")
        found: dict[str, Any] = self.page.evaluate(
            "id => wayfinder.plan.get(id)?.properties ?? {}", feature
        )
        return found

    def wait_for(self, script: str) -> None:
        """Wait until something holds of the plan."""
        self.page.wait_for_function(f"() => {{ const {{ plan, state }} = wayfinder; {script} }}")

    def list_ids(self, kind: str) -> list[str]:
        """Return the ids of the features of a type."""
        found: list[str] = self.page.evaluate(
            "kind => wayfinder.plan.list(kind).map((one) => one.id)", kind
        )
        return found
