"""The pictures of the tour: taken here, written into ``docs/images`` with ``--pictures``."""

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.web.phone.conftest import Silent
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

IMAGES = Path(__file__).resolve().parents[3] / "docs" / "images"
MONDAY = "at=2026-11-23T09:30"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5}
SEEN = "() => [...document.images].every(image => image.complete || image.loading === 'lazy')"
PICTURES = {
    "phone-sign": "/s/{A1-07}?lang=zh-Hans",
    "phone-way": f"/v/qinghe/go/A1-07/心血管内科?lang=zh-Hans&{MONDAY}",
    "phone-search": "/v/qinghe/search?q=抽血&here={A1-07}&lang=zh-Hans",
    "phone-elder": f"/v/qinghe/go/A1-07/心血管内科?lang=zh-Hans&look=elder&profile=easy&{MONDAY}",
    "phone-dark": f"/v/qinghe/go/A1-07/超声科?lang=en&theme=dark&profile=wheelchair&{MONDAY}",
    "phone-emergency": "/v/qinghe/emergency?here={A2-04}&lang=en",
    "phone-place": "/v/qinghe/place/超声科?here={A1-07}&lang=en",
}


@pytest.fixture(scope="module")
def hospital_url(served_hospital: Served) -> Iterator[str]:
    app = create_app(Venues([served_hospital]), Settings(access_log=False))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.long
@pytest.mark.parametrize("name", PICTURES)
def test_the_tour_has_this_picture(
    browser: Browser,
    served_hospital: Served,
    hospital_url: str,
    name: str,
    pytestconfig: pytest.Config,
) -> None:
    address = PICTURES[name]
    for sign in served_hospital.signs.values():
        address = address.replace(f"{{{sign.ref}}}", str(sign.code))
    assert "{" not in address
    context = browser.new_context(**PHONE, reduced_motion="reduce")
    page = context.new_page()
    answer = page.goto(f"{hospital_url}{address}")
    assert answer is not None
    assert answer.status == 200
    page.wait_for_selector("html[data-script=ready]", state="attached")
    page.wait_for_function(SEEN)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    context.close()
    small = shot.quantize(96, dither=Image.Dither.NONE)
    file = IMAGES / f"{name}.png"
    if pytestconfig.getoption("--pictures"):
        small.save(file, optimize=True)
    assert len(shot.getcolors(1 << 24) or ()) > 200
    with Image.open(file) as kept:
        assert kept.size == shot.size, f"{file} is old: run with --pictures"
