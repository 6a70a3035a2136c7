"""The power goes while something new is being written; the display starts again without network."""

import contextlib
import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, expect
from playwright.sync_api import Error as PlaywrightError

from tests.web.displays.frame.conftest import (
    NAME,
    PATIENCE_MS,
    get_boot_limit_s,
    tell_worker,
    wait_kept,
)
from tests.web.displays.frame.weather import Storm
from wayfinder.services.served import Served

DOCS = Path(__file__).resolve().parents[4] / "docs" / "displays.md"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


def read_flags() -> list[str]:
    """Return the switches that the documentation starts Chromium with on Linux, but the address."""
    found = re.search(r"^ExecStart=(.*?[^\\])$", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    words = shlex.split(found[1].replace("\\\n", " "))
    return [word for word in words[1:] if re.match("--[a-z]", word) and "user-data-dir" not in word]


class Machine:
    """A browser with a profile of its own on a disk, which can lose its power."""

    def __init__(self, kind: BrowserType, chromium: Path, folder: Path, url: str) -> None:
        self._kind, self._chromium, self._folder, self._url = kind, chromium, folder, url
        self.context: BrowserContext | None = None

    def start(self) -> BrowserContext:
        """Switch it on."""
        flags = [flag for flag in read_flags() if not flag.startswith("--ozone")]
        self.context = self._kind.launch_persistent_context(
            self._folder,
            executable_path=self._chromium,
            args=["--no-sandbox", *flags],
            base_url=self._url,
            viewport={"width": 1080, "height": 1920},
        )
        self.context.set_default_timeout(PATIENCE_MS)
        return self.context

    def cut_power(self) -> None:
        """End all its processes at once."""
        for pid in self._list_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while self._list_processes():
            time.sleep(0.05)
        self.stop()

    def stop(self) -> None:
        """Let go of it."""
        if self.context is not None:
            with contextlib.suppress(PlaywrightError):
                self.context.close()
        self.context = None

    def _list_processes(self) -> list[int]:
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if f"--user-data-dir={self._folder}".encode() in entry.read_bytes():
                    found.append(int(entry.parent.name))
        return found


@pytest.fixture
def machine(
    browser: Browser, whole_chromium: Path, storm: Storm, tmp_path: Path
) -> Iterator[Machine]:
    made = Machine(browser.browser_type, whole_chromium, tmp_path / "profile", storm.url)
    yield made
    made.stop()


@pytest.mark.long
def test_a_display_outlives_power_cuts_while_it_writes(
    machine: Machine, storm: Storm, board: str, clinic: Served, renamed: Served
) -> None:
    page = machine.start().new_page()
    page.goto(board)
    wait_kept(page)
    for number in range(12):
        storm.venues.put((renamed, clinic)[number % 2])
        tell_worker(page, "look")
        # somewhere while it is loaded, checked, swapped
        page.wait_for_timeout(60.0 * number)
        machine.cut_power()
        storm.cut()
        page = machine.start().new_page()
        begun = time.monotonic()
        page.goto(board)
        assert page.title() in {NAME, f"{NAME} 2"}
        expect(page.locator("main")).to_contain_text(NAME)
        assert time.monotonic() - begun < get_boot_limit_s()
        storm.mend()
        wanted: Any = (f"{NAME} 2", NAME)[number % 2]
        tell_worker(page, "look")
        page.wait_for_function("name => document.title === name", arg=wanted, polling=100)
        wait_kept(page)
