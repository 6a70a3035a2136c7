"""What all tests share: Hypothesis profiles, ``--all``, real floor plans, databases."""

import gc
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from dev import find_browser
from tests.buildings import (  # noqa: F401 - fixtures are found by their names here
    office,
    read_hospital,
    read_office,
    served_hospital,
)
from tests.databases import (  # noqa: F401 - fixtures are found by their names here
    _known_stores,
    _postgres_url,
    _sqlite_link,
    _sqlite_template,
    backend,
    empty_url,
    postgres,
    store,
    store_url,
)
from tests.disk import set_up_sqlite  # noqa: F401 - likewise, and holds for all
from tests.measuring import is_measured, pause_coverage
from tests.templates import _compiled_templates  # noqa: F401 - likewise

UNWANTED_FEATURES = (
    # what Playwright itself does without: a list of ours takes the place of its own
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,TcpPortRandomizationWin,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    # a whole Chromium makes two pages for the address bar of each window: more work than ours is
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)
SHARED_PLANS = Path(__file__).resolve().parents[2] / "shared" / "plans"

settings.register_profile(
    "quick",
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "all",
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


@dataclass(frozen=True)
class SharedPlans:
    """Floor plans drawn by others, read where they are: beside the checkout, never in it."""

    folder: Path

    def __truediv__(self, name: str) -> Path:
        """Return the path of a plan, or skip the test and name the plan that is missing."""
        path = self.folder / name
        if not path.exists():
            pytest.skip(f"the shared plan {name} is not on this machine ({self.folder})")
        return path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="full counts, and the tests marked as long")
    parser.addoption("--pictures", action="store_true", help="write the pictures of the tour anew")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("all" if config.getoption("--all") else "quick")
    # plans and networks that tests share are millions of objects: to look through them as often
    # as Python does by itself takes a twentieth of the time
    gc.set_threshold(20_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage in the small tests only, with all that is set up for them."""
    if is_measured(item):
        return (yield)
    with pause_coverage():
        return (yield)


@pytest.fixture(scope="session")
def run_all(pytestconfig: pytest.Config) -> bool:
    """Whether full counts are asked for: ``count = 500 if run_all else 50``."""
    return bool(pytestconfig.getoption("--all"))


@pytest.fixture(scope="session")
def shared_plans() -> SharedPlans:
    """Real plans: ``shared_plans / "osm_apb_dresden/APBorig.osm"`` is a path, or skips by name."""
    return SharedPlans(SHARED_PLANS)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the system's Chromium, or skip by name: Playwright drives it by this path."""
    return _require(find_browser())


@pytest.fixture(scope="session")
def whole_chromium() -> Path:
    """Return the browser that displays have, with its switches, rather than one without windows."""
    return _require(find_browser(whole=True))


def _require(browser: Path | None) -> Path:
    if browser is None:
        pytest.skip("no Chromium on this machine (WAYFINDER_CHROMIUM names one)")
    return browser


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Return the one browser of a worker: a second Playwright beside it would not start."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", f"--disable-features={UNWANTED_FEATURES}"],
        )
        yield started
        started.close()
