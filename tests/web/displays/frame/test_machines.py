"""What the documentation has people put on a display's computer is well-formed."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.displays.frame.test_power import DOCS

UNITS = dict(
    re.findall(
        r"`/etc/systemd/system/([^`]+)`:\n\n```ini\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL
    )
)


def test_the_policy_keeps_people_on_the_pages_and_the_display_its_memory() -> None:
    found = re.search(r"```json\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert found
    policy = json.loads(found[1])
    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == ["https://way.example.org"]
    assert {"DefaultCookiesSetting", "ClearBrowsingDataOnExitList"}.isdisjoint(policy)


def test_there_is_a_unit_and_what_starts_it_anew() -> None:
    assert sorted(UNITS) == [
        "wayfinder-display-restart.service",
        "wayfinder-display-restart.timer",
        "wayfinder-display.service",
    ]
    assert "network-online" not in UNITS["wayfinder-display.service"]
    assert "/var/lib/wayfinder-display" in UNITS["wayfinder-display.service"]


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze on this machine")
    # the programs that they start need not be here
    for name, text in UNITS.items():
        (tmp_path / name).write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text))
    run = subprocess.run(
        [program, "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert run.returncode == 0
