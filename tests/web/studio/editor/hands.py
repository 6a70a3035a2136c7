"""Hands at the editor's canvas: mouse, fingers and keys, in metres of the floor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from tests.web.contexts import PATIENCE_MS

Metres = Sequence[float]

_PIXEL = """point => {
  const { map, element } = wayfinder.canvas, box = element.getBoundingClientRect();
  const [x, y] = map.getPixelFromCoordinate(point);
  return [x + box.x, y + box.y];
}"""


class Hands:
    """Somebody at the canvas of an editor that is open.

    Parameters
    ----------
    page
        The editor's page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_selector("html[data-editor=ready]", state="attached", timeout=PATIENCE_MS)
        page.wait_for_function("wayfinder.canvas.map.getSize()?.[0] > 0 && wayfinder.state.level")
        page.wait_for_timeout(100)

    def find_pixel(self, point: Metres) -> tuple[float, float]:
        """Return where a point of the floor is on the screen."""
        x, y = self.page.evaluate(_PIXEL, list(point))
        return float(x), float(y)

    def find_box(self, feature: str) -> list[float]:
        """Return west, south, east and north of a feature in metres."""
        box: list[float] = self.page.evaluate("id => wayfinder.canvas.floor.get(id).box", feature)
        return box

    def get(self, feature: str) -> Any:  # noqa: ANN401 - GeoJSON
        """Return a feature as the editor has it, or None."""
        return self.page.evaluate("id => wayfinder.plan.get(id) ?? null", feature)

    def list_ids(self, kind: str) -> set[str]:
        """Return the ids of all features of a type."""
        script = "kind => wayfinder.plan.list(kind).map(one => one.id)"
        return set(self.page.evaluate(script, kind))

    def list_corners(self, feature: str) -> set[tuple[float, float]]:
        """Return the corners of an area in metres, to a centimetre."""
        script = "id => wayfinder.canvas.floor.get(id).lines.flat()"
        return {(round(x, 2), round(y, 2)) for x, y in self.page.evaluate(script, feature)}

    def choose(self, *features: str) -> None:
        """Choose features."""
        self.page.evaluate("ids => wayfinder.state.select(ids)", list(features))

    def take(self, tool: str) -> None:
        """Take a tool from the rail."""
        self.page.click(f"#editor-rail [data-tool={tool}]")

    def look_at(self, west: float, south: float, east: float, north: float) -> None:
        """Bring a part of the floor into view."""
        self.page.evaluate(
            "box => wayfinder.canvas.map.getView().fit(box)", [west, south, east, north]
        )
        self.page.evaluate("wayfinder.canvas.map.renderSync()")

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Wait until something was done that the server has taken."""
        before = self.page.evaluate("wayfinder.plan.number")
        yield
        self.page.wait_for_function(
            "n => wayfinder.plan.number > n && !wayfinder.work.waiting",
            arg=before,
            timeout=PATIENCE_MS,
        )

    @contextmanager
    def making(self, kind: str) -> Iterator[list[str]]:
        """Give the ids of what there is of a type afterwards and was not before."""
        before = self.list_ids(kind)
        made: list[str] = []
        with self.changing():
            yield made
        made += sorted(self.list_ids(kind) - before)

    # the mouse

    def move(self, point: Metres) -> None:
        """Move the mouse."""
        self.page.mouse.move(*self.find_pixel(point))

    def click(self, *points: Metres) -> None:
        """Click one point after the other."""
        for point in points:
            x, y = self.find_pixel(point)
            self.page.mouse.move(x - 3, y - 2)
            self.page.mouse.click(x, y)

    def drag(self, start: Metres, end: Metres) -> None:
        """Drag with the first button."""
        self.move(start)
        self.page.mouse.down()
        (x0, y0), (x1, y1) = self.find_pixel(start), self.find_pixel(end)
        for n in range(1, 6):
            self.page.mouse.move(x0 + (x1 - x0) * n / 5, y0 + (y1 - y0) * n / 5)
        self.page.mouse.up()

    def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.page.keyboard.press(key)


class Fingers:
    """Fingers on a touch screen; they are put down, moved and lifted together.

    Parameters
    ----------
    hands
        Whose fingers they are.
    """

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self._session = hands.page.context.new_cdp_session(hands.page)

    def _send(self, kind: str, pixels: Sequence[Sequence[float]]) -> None:
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(pixels)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def tap(self, *points: Metres) -> None:
        """Tap one point after the other, slowly enough to be no double tap."""
        for point in points:
            self._send("touchStart", [self.hands.find_pixel(point)])
            self._send("touchEnd", [])
            self.hands.page.wait_for_timeout(400)

    def hold(self, point: Metres) -> None:
        """Press long."""
        self._send("touchStart", [self.hands.find_pixel(point)])
        self.hands.page.wait_for_timeout(900)
        self._send("touchEnd", [])

    def slide(self, start: Metres, end: Metres) -> None:
        """Slide one finger."""
        self.slide_all([self.hands.find_pixel(start)], [self.hands.find_pixel(end)])

    def slide_all(self, starts: Sequence[Sequence[float]], ends: Sequence[Sequence[float]]) -> None:
        """Slide fingers on the screen, the first put down a moment before the others."""
        self._send("touchStart", starts[:1])
        if len(starts) > 1:
            self._send("touchStart", starts)
        for n in range(1, 7):
            now = [
                [x0 + (x1 - x0) * n / 6, y0 + (y1 - y0) * n / 6]
                for (x0, y0), (x1, y1) in zip(starts, ends, strict=True)
            ]
            self._send("touchMove", now)
            self.hands.page.wait_for_timeout(30)  # as frames come: all at once would be one move
        self._send("touchEnd", [])
