"""What the demo prints can be done."""

import io
import re
import shlex
import sys
from pathlib import Path

import click
import numpy as np
import pytest
import zxingcpp

from tests.cli.conftest import Run
from tests.web.conftest import BASE_URL, make_client
from wayfinder.formats import read_plan
from wayfinder.formats.result import ReadResult
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Unit
from wayfinder.resources import floorplans_dir
from wayfinder.services.follow import Follower
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.app import create_app
from wayfinder.web.commands import demo, demo_code


def test_a_fire_is_tried_with_what_the_demo_prints(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is made beside the demo's store: never in the folder of a hospital's own fires."""
    for name in ("DIR", "KEYS"):
        monkeypatch.setenv(f"WAYFINDER_FIRE_{name}", str(tmp_path / "real" / name))
    settings = demo._make_settings("127.0.0.1", 8000, tmp_path / "demo")
    assert settings.fire_folder == tmp_path / "demo" / "fire"
    settings.data_dir.mkdir()
    said = list(demo._prepare_fire(settings))
    assert not (tmp_path / "real").exists()
    commands = [shlex.split(line)[1:] for line in said if line.startswith("  wayfinder ")]
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(settings.data_dir))
    for name in ("DIR", "KEYS"):
        monkeypatch.delenv(f"WAYFINDER_FIRE_{name}")
    for command, on_fire in zip(commands, (True, True, False), strict=True):
        assert command[-2:] == ["--send", "http://127.0.0.1:8000"]
        assert run(*command[:-2]).code == 0
        assert (run("fire", "status", "qinghe", "--json").json["fire"] is not None) is on_fire
    assert run("fire", "status", "clinic").code == 0


class Terminal(io.TextIOWrapper):
    """Takes text as a terminal does."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        return True


def test_a_phone_scans_the_sign_from_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "http://192.0.2.7:8000/s/EAQFRJ4"
    monkeypatch.setattr(sys, "stdout", Terminal())
    lines = [click.unstyle(line)[2:] for line in demo_code.list_lines(address)[1:]]
    halves = {" ": (0, 0), "▄": (0, 1), "▀": (1, 0), "█": (1, 1)}
    dark = np.array([[halves[one] for one in line] for line in lines])
    modules = dark.transpose(0, 2, 1).reshape(-1, len(lines[0]))
    picture = np.where(modules.repeat(8, 0).repeat(8, 1), 0, 255).astype(np.uint8)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]
    assert demo_code.list_lines("http://127.0.0.1:8000/s/EAQFRJ4") == []
    monkeypatch.setattr(sys, "stdout", Terminal("ascii"))
    assert demo_code.list_lines(address) == []
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert demo_code.list_lines(address) == []


@pytest.mark.parametrize(
    "language",
    [
        "zh-Hans",
        *(pytest.param(one, marks=pytest.mark.long) for one in LANGUAGES if one != "zh-Hans"),
    ],
)
def test_what_the_demo_says_to_try_can_be_tried(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo, "SAMPLES", {"clinic": "clinic"})
    store = open_store(str(tmp_path / "store.sqlite3"))
    lines = "\n".join(demo._fill(store, BASE_URL))
    venues = Venues()
    Follower(store, venues).refresh()
    settings = Settings(base_url=BASE_URL, access_log=False)
    client = make_client(create_app(venues, settings, store=store))
    addresses = re.findall(rf"{BASE_URL}(/\S+lang={language})", lines)
    kinds = [address.split("/")[1] for address in addresses]
    assert kinds == ["v", "s", "kiosk", "board", "studio"]
    assert [client.get(address).status_code for address in addresses] == [200] * 5
    password = re.search(r"\b(?:\w{4}-){3}\w{4}\b", lines)
    assert password is not None
    fields = {"name": "demo", "password": password[0]}
    answer = client.post(addresses[-1], data=fields, headers={"Origin": BASE_URL})
    assert answer.headers["Location"].startswith("/studio/account/second-factor")
    store.close()


def test_the_sign_to_try_hangs_where_visitors_come_in(read_hospital: ReadResult) -> None:
    found = []
    for plan in (read_hospital.plan, read_plan(floorplans_dir() / "clinic").plan):
        sign = demo._find_sign(plan)
        assert sign is not None
        hall = plan[sign.unit_id]
        assert isinstance(hall, Unit)
        found.append((hall.category, hall.name["en"]))
    assert found == [("lobby", "Outpatient Hall"), ("lobby", "Lobby")]
