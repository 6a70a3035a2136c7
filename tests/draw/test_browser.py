"""What a real browser makes of a drawing: nothing covers anything, zooming shows more."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.draw.samples import clinic, find_way, many_rooms
from wayfinder.draw.route import make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import draw_level
from wayfinder.draw.theme import load_theme

# Boxes of all that is seen, in pixels of the screen; a turned text's box is that of its letters.
BOXES = """() => [...document.querySelectorAll('.wf-map text, .wf-map use')]
  .filter(e => e.getClientRects().length && !e.hasAttribute('transform'))
  .map(e => { const b = e.getBoundingClientRect();
              return [b.left, b.top, b.right, b.bottom, e.textContent]; })"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


def show(page: Page, svg: str) -> list[str]:
    """Show a drawing; return the addresses that it asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<!doctype html><body style='margin:0'>{svg}")
    return asked


def assert_apart(boxes: list[list[Any]]) -> None:
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            width = min(one[2], other[2]) - max(one[0], other[0])
            height = min(one[3], other[3]) - max(one[1], other[1])
            # a line's box is taller than its letters by its leading
            assert width <= 1 or height <= 3, (one[4], other[4])


@pytest.mark.parametrize("width", [360, pytest.param(1200, marks=pytest.mark.long)])
def test_names_in_a_browser_do_not_cover_each_other(page: Page, width: int) -> None:
    plan = many_rooms()
    scene = make_scene(plan, "F1", language="zh-Hans", second_language="en")
    show(page, draw_level(scene, width_px=width, style=Style(zooms=1)).svg)
    boxes = page.evaluate(BOXES)
    assert len(boxes) > 10
    assert_apart(boxes)
    assert all(b[0] >= 0 and b[2] <= width for b in boxes)


@pytest.mark.long
def test_zooming_shows_more_names_and_keeps_them_apart(page: Page) -> None:
    plan = many_rooms()
    scene = make_scene(plan, "F1", language="zh-Hans", second_language="en")
    show(page, draw_level(scene, width_px=600, style=Style(zooms=3)).svg)
    seen = []
    for level in range(3):
        factor = 2**level
        page.evaluate(
            """([level, factor]) => {
              const root = document.querySelector('svg.wf'), map = root.querySelector('.wf-map');
              const [x, y, w, h] = (map.dataset.box ||= map.getAttribute('viewBox')).split(' ');
              map.setAttribute('viewBox', [x, y, w / factor, h / factor].join(' '));
              root.dataset.zoom = level;
              root.classList.toggle('zoomed', level > 0);
              root.style.setProperty('--k', 1 / factor);
            }""",
            [level, factor],
        )
        boxes = page.evaluate(BOXES)
        assert_apart(boxes)
        heights = [b[3] - b[1] for b in boxes if b[4]]
        assert max(heights, default=0) < 90
        seen.append(len(heights))
    assert seen[0] < seen[1] < seen[2]


def test_the_route_is_seen_and_nothing_is_asked_of_others(page: Page) -> None:
    plan = clinic()
    route = make_route(plan, find_way("Main Entrance", "Paediatrics"), language="en")
    scene = make_scene(plan, plan.levels[0].id, language="en")
    counts = []
    for overlaid in (route, None):
        asked = show(page, draw_level(scene, width_px=900, route=overlaid).svg)
        assert [url for url in asked if not url.startswith(("about:", "data:"))] == []
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
        wanted = load_theme("light").ink["route"]
        colour = tuple(int(wanted[i : i + 2], 16) for i in (1, 3, 5))
        counts.append(sum(count for count, seen in shot.getcolors(1 << 24) or () if seen == colour))
    assert counts[0] > 1_000
    assert counts[1] == 0


def test_it_is_a_picture_by_itself(page: Page, tmp_path: Path) -> None:
    plan = clinic()
    scene = make_scene(plan, plan.levels[1].id, language="zh-Hans", second_language="en")
    file = tmp_path / "floor.svg"
    file.write_text(draw_level(scene, width_px=800).svg, "utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.nodeName") == "svg"
    assert page.locator("use").count() > 5
