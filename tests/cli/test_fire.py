"""The fire takeover from a shell: keys, texts that two people approve, trigger, end, confirm."""

import io
import json
import shutil
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from werkzeug.serving import make_server

from tests.cli.conftest import Outcome, Run
from tests.services.fire.people import make_zone
from tests.web.api.test_schemathesis import Quiet
from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.services.fire.envelope import decode, encode_key, sign
from wayfinder.services.fire.folder import KEYRING
from wayfinder.services.fire.folder import write_texts as write_fire_texts
from wayfinder.services.fire.keyring import (
    RIGHTS,
    Keyring,
    Signer,
    make_private_key,
    read_private_key,
    write_keyring,
)
from wayfinder.services.fire.texts import check_zones, make_payload
from wayfinder.services.fire.watch import make_watch
from wayfinder.services.served import make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings, read_settings
from wayfinder.web.app import create_app

ZERO = "ed25519:" + "A" * 43
"""A public key whose private one nobody has."""


@pytest.fixture
def desk(tmp_path: Path, published_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a hospital with a published clinic and no fire."""
    shutil.copyfile(published_template, tmp_path / "wayfinder.sqlite3")
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(tmp_path))
    return tmp_path


def write_texts(desk: Path, *zones: dict[str, Any]) -> Path:
    path = desk / "texts.json"
    path.write_text(json.dumps({"zones": list(zones) or [make_zone()]}), "utf-8")
    return path


@pytest.fixture
def ready(desk: Path) -> Path:
    """Return the folder of a hospital that is ready for a fire."""
    rights = {"Li": RIGHTS, "Wang": RIGHTS, "Panel": ("trigger",)}
    keys = {name: make_private_key(desk / f"{name}.pem", None) for name in rights}
    signers = (
        Signer(name, encode_key(key.public_key()), rights[name]) for name, key in keys.items()
    )
    write_keyring(desk / "fire" / KEYRING, Keyring(tuple(signers)))
    payload = make_payload("clinic", 1, check_zones({"zones": [make_zone()]}))
    signed = sign(payload, keys["Li"]).signed(keys["Wang"])
    write_fire_texts(desk / "fire" / "clinic", 1, signed)
    write_texts(desk)
    return desk


def is_on_fire() -> bool:
    watch = make_watch(read_settings())
    watch.look()
    return watch.find_alarm("clinic") is not None


def test_from_the_first_key_to_the_end(ready: Path, run: Run) -> None:
    calm = run("fire", "status", "clinic")
    assert (calm.code, calm.out.splitlines()[0]) == (0, "clinic: no fire.")
    said = run("fire", "trigger", "clinic", "A", "--key", ready / "Li.pem", "--for", "0.5")
    assert said.code == 0
    assert said.out.startswith("Fire announced in A of clinic, until")
    assert is_on_fire()
    document = run("fire", "status", "clinic", "--json").json
    assert document["fire"]["zones"] == ["A"]
    assert document["ready"]
    asked = run("fire", "end", "clinic", "--key", ready / "Li.pem")
    assert asked.code == 0
    assert "the fire goes on" in asked.out
    assert is_on_fire()
    same = run("fire", "confirm", "clinic", "--key", ready / "Li.pem")
    assert (same.code, "Li has asked for it" in same.err) == (1, True)
    assert is_on_fire()
    assert "Li has asked for the end" in run("fire", "status", "clinic").out
    over = run("fire", "confirm", "clinic", "--key", ready / "Wang.pem")
    assert (over.code, over.out) == (0, "The fire in clinic is over.\n")
    assert not is_on_fire()


def test_two_people_read_every_word_before_it_is_in_force(desk: Path, run: Run) -> None:
    for name in ("Li", "Wang"):
        public = run("fire", "key", desk / f"{name}.pem", "--no-passphrase").out.strip()
        run("fire", "allow", name, public, "--may", "approve", "--may", "trigger")
    approve = ("fire", "approve", "clinic")
    first = run(*approve, write_texts(desk), "--key", desk / "Li.pem", "--yes")
    assert first.code == 0
    for word in ("A 楼火警", "不要乘电梯。", "Do not use the lifts."):
        assert word in first.out
    assert "A second person must approve" in first.out
    refused = run("fire", "trigger", "clinic", "A", "--key", desk / "Li.pem")
    assert (refused.code, "“clinic” are approved" in refused.err) == (1, True)
    again = run(*approve, "--key", desk / "Li.pem", "--yes")
    assert "A second person must approve" in again.out, "nobody is two people"
    assert run("fire", "status", "clinic").code == 1
    second = run(*approve, write_texts(desk), "--key", desk / "Wang.pem", "--yes")
    assert "In force, approved by Li and Wang." in second.out
    assert run("fire", "status", "clinic").code == 0
    same = run(*approve, write_texts(desk), "--key", desk / "Li.pem", "--yes")
    assert "in force already" in same.err
    nothing = run(*approve, "--key", desk / "Li.pem", "--yes")
    assert nothing.code == 1


def test_nobody_is_asked_to_approve_what_a_stranger_has_put_there(ready: Path, run: Run) -> None:
    payload = make_payload("clinic", 1_000_000, check_zones({"zones": [make_zone("B")]}))
    planted = sign(payload, Ed25519PrivateKey.generate())
    write_fire_texts(ready / "fire" / "clinic", 1_000_000, planted)
    said = run("fire", "approve", "clinic", "--key", ready / "Li.pem", "--yes")
    assert (said.code, "no texts wait" in said.err) == (1, True)
    assert run("fire", "status", "clinic").code == 0
    changed = write_texts(ready, make_zone("A"), make_zone("C"))
    assert run("fire", "approve", "clinic", changed, "--key", ready / "Li.pem", "--yes").code == 0


def test_who_says_no_approves_nothing(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = run("fire", "key", desk / "Li.pem", "--no-passphrase").out.strip()
    run("fire", "allow", "Li", public, "--may", "approve")
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda text, **_: asked.append(text))
    said = run("fire", "approve", "clinic", write_texts(desk), "--key", desk / "Li.pem")
    assert said.code == 1
    assert asked[0].endswith("Approve it as Li?")
    assert not list(desk.glob("fire/clinic/*"))


@pytest.mark.parametrize(
    ("zones", "problem"),
    [
        ([make_zone(buildings=["nowhere"])], "the plan has no nowhere"),
        ([make_zone(buildings=[])], "no buildings and no levels"),
        ([make_zone(texts={"en": {"title": "Fire", "lines": ["Leave."]}})], "no text in zh-Hans"),
        ([make_zone(), make_zone()], "zone A is there twice"),
        ([make_zone(id="A B")], "zones.0.id"),
        ([make_zone(extra=1)], "zones.0.extra"),
        ([], "zones"),
    ],
)
def test_texts_that_cannot_be_shown_are_refused_with_the_place(
    ready: Path, run: Run, zones: list[dict[str, Any]], problem: str
) -> None:
    path = ready / "texts.json"
    path.write_text(json.dumps({"zones": zones}), "utf-8")
    said = run("fire", "approve", "clinic", path, "--key", ready / "Li.pem", "--yes")
    assert said.code == 2
    assert problem in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("line", ["x" * 141, "two\nlines", " space", "", "\u202eturned"])
def test_lines_that_do_not_fit_or_turn_are_refused(ready: Path, run: Run, line: str) -> None:
    zone = make_zone()
    zone["texts"]["en"]["lines"] = [line]
    said = run(
        "fire", "approve", "clinic", write_texts(ready, zone), "--key", ready / "Li.pem", "--yes"
    )
    assert said.code == 2
    assert "zones.0.texts.en.lines.0" in said.err


def test_a_key_is_private_and_locked(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    words = iter(["correct horse", "wrong horse", "correct horse"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(words))
    path = desk / "Li.pem"
    public = run("fire", "key", path).out.strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in path.read_bytes()
    run("fire", "allow", "Li", public, "--may", "trigger")
    wrong = run("fire", "trigger", "clinic", "A", "--key", path)
    assert (wrong.code, "the passphrase is wrong" in wrong.err) == (2, True)
    right = run("fire", "trigger", "clinic", "A", "--key", path)
    assert "“clinic” are approved" in right.err
    there = run("fire", "key", path, "--no-passphrase")
    assert (there.code, "stays as it is" in there.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("allow", "X", "nonsense", "--may", "end"), "no public key"),
        (("allow", "X", "A" * 43, "--may", "end"), "no public key"),
        (("allow", "Li", ZERO, "--may", "end"), "in the keyring already"),
        (("allow", "", ZERO, "--may", "end"), "is no name"),
        (("revoke", "Nobody"), "nobody is called Nobody"),
        (("trigger", "clinic", "A", "--key", "missing.pem"), "cannot be read"),
        (("trigger", "../x", "A", "--key", "Li.pem"), "no id of a venue"),
        (("trigger", "clinic", "A", "--key", "texts.json"), "no private key"),
        (("end", "clinic", "--key", "Li.pem"), "there is no fire to end"),
        (("confirm", "clinic", "--key", "Li.pem"), "no end waits"),
        (("end", "clinic", "--key", "Panel.pem"), "may not do this"),
        (("approve", "clinic", "--key", "Panel.pem"), "may not do this"),
        (("trigger", "clinic", "Q", "--key", "Li.pem"), "there is no zone Q; there are A"),
        (("trigger", "clinic", "A", "--key", "Li.pem", "--send", "ftp://x"), "is no address"),
        (("approve", "clinic", "Li.pem", "--key", "Li.pem"), "Li.pem: line 1, column 1: "),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    ready: Path,
    run: Run,
    arguments: tuple[str, ...],
    problem: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ready)
    said = run("fire", *arguments)
    assert said.code in {1, 2}
    assert problem in said.err
    assert said.err.count("\n") == 1
    assert not is_on_fire()


def test_status_tells_of_damage(ready: Path, run: Run) -> None:
    next(iter((ready / "fire" / "clinic").glob("texts-*"))).write_bytes(b"{")
    said = run("fire", "status", "clinic")
    assert said.code == 1
    assert "is damaged" in said.err
    assert "no fire can be announced" in said.out


def test_revoked_is_revoked_and_its_fire_can_be_ended(ready: Path, run: Run) -> None:
    trigger = ("fire", "trigger", "clinic", "A", "--key", ready / "Panel.pem")
    assert run(*trigger).code == 0
    said = run("fire", "revoke", "Panel")
    assert (said.code, said.err) == (0, "")
    again = run(*trigger)
    assert (again.code, "may not do this" in again.err) == (1, True)
    assert "FIRE in A" in run("fire", "status", "clinic").out
    assert run("fire", "end", "clinic", "--key", ready / "Li.pem").code == 0
    assert run("fire", "confirm", "clinic", "--key", ready / "Wang.pem").code == 0
    assert not is_on_fire()
    nobody = run("fire", "revoke", "Panel")
    assert (nobody.code, "nobody is called Panel; there are Li and Wang" in nobody.err) == (2, True)


def test_who_leaves_takes_the_approval_along_and_that_is_said(ready: Path, run: Run) -> None:
    said = run("fire", "revoke", "Wang")
    assert said.code == 0
    assert "clinic: no texts are in force any more" in said.err
    assert run("fire", "status", "clinic").code == 1
    public = run("fire", "key", ready / "Zhao.pem", "--no-passphrase").out.strip()
    run("fire", "allow", "Zhao", public, "--may", "approve")
    third = run("fire", "approve", "clinic", "--key", ready / "Zhao.pem", "--yes")
    assert "In force, approved by Li and Zhao." in third.out
    assert run("fire", "status", "clinic").code == 0


def test_a_third_person_may_approve_beforehand(ready: Path, run: Run) -> None:
    public = run("fire", "key", ready / "Zhao.pem", "--no-passphrase").out.strip()
    run("fire", "allow", "Zhao", public, "--may", "approve")
    third = run("fire", "approve", "clinic", "--key", ready / "Zhao.pem", "--yes")
    assert "In force, approved by Li, Wang, and Zhao." in third.out
    said = run("fire", "revoke", "Wang")
    assert (said.code, said.err) == (0, "")
    assert run("fire", "status", "clinic").code == 0


def test_older_texts_come_back_and_that_is_said(ready: Path, run: Run) -> None:
    approve = ("fire", "approve", "clinic", "--yes")
    changed = write_texts(ready, make_zone("A"), make_zone("C"))
    for name in ("Li", "Wang"):
        assert run(*approve, changed, "--key", ready / f"{name}.pem").code == 0
    public = run("fire", "key", ready / "Zhao.pem", "--no-passphrase").out.strip()
    run("fire", "allow", "Zhao", public, "--may", "approve")
    write_texts(ready, make_zone("A"))
    first = next((ready / "fire" / "clinic").glob("texts-000001-*"))
    private = read_private_key(ready / "Zhao.pem", None)
    first.write_bytes(decode(first.read_bytes()).signed(private).encode())
    said = run("fire", "revoke", "Wang")
    assert "the older ones, number 1, are in force" in said.err


def test_the_database_may_be_gone(ready: Path, run: Run) -> None:
    (ready / "wayfinder.sqlite3").unlink()
    (ready / "wayfinder.sqlite3").mkdir()
    assert run("fire", "trigger", "clinic", "A", "--key", ready / "Panel.pem").code == 0
    assert is_on_fire()
    assert run("fire", "end", "clinic", "--key", ready / "Li.pem").code == 0
    assert run("fire", "confirm", "clinic", "--key", ready / "Wang.pem").code == 0
    assert not is_on_fire()


@pytest.fixture
def url(ready: Path, clinic: Path) -> Iterator[str]:
    """Return the address of a server with the same folder."""
    venues = Venues([make_served("clinic", Release(read_plan(clinic).plan, 1))])
    watch = make_watch(read_settings(), venues)
    app = create_app(venues, Settings(access_log=False, data_dir=ready), fire=watch)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def send(run: Run, ready: Path, url: str, zone: str = "A") -> Outcome:
    key = ready / "Panel.pem"
    return run("fire", "trigger", "clinic", zone, "--key", key, "--send", url)


def test_the_panel_sends_from_another_machine(ready: Path, run: Run, url: str) -> None:
    assert send(run, ready, url).code == 0
    assert is_on_fire()
    refused = send(run, ready, url, "Q")
    assert (refused.code, "there is no zone Q" in refused.err) == (1, True)
    nobody = send(run, ready, "http://127.0.0.1:9")
    assert (nobody.code, "was not reached" in nobody.err) == (2, True)


def test_two_people_end_it_from_another_machine(ready: Path, run: Run, url: str) -> None:
    nothing = run("fire", "end", "clinic", "--key", ready / "Li.pem", "--send", url)
    assert (nothing.code, "there is no fire to end" in nothing.err) == (1, True)
    assert send(run, ready, url).code == 0
    confirm = ("fire", "confirm", "clinic", "--key", ready / "Wang.pem", "--send", url)
    early = run(*confirm)
    assert (early.code, "no end waits" in early.err) == (1, True)
    wrong = run("fire", "end", "clinic", "--key", ready / "Panel.pem", "--send", url)
    assert (wrong.code, "may not do this" in wrong.err) == (1, True)
    asked = run("fire", "end", "clinic", "--key", ready / "Li.pem", "--send", url)
    assert (asked.code, "the fire goes on" in asked.out) == (0, True)
    same = run("fire", "confirm", "clinic", "--key", ready / "Li.pem", "--send", url)
    assert (same.code, "Li has asked for it" in same.err) == (1, True)
    assert is_on_fire()
    over = run(*confirm)
    assert (over.code, over.out) == (0, "The fire in clinic is over.\n")
    assert not is_on_fire()


def test_what_broke_out_meanwhile_goes_on_at_the_server_too(
    ready: Path, run: Run, url: str
) -> None:
    assert send(run, ready, url).code == 0
    assert run("fire", "end", "clinic", "--key", ready / "Li.pem", "--send", url).code == 0
    assert send(run, ready, url).code == 0
    said = run("fire", "confirm", "clinic", "--key", ready / "Wang.pem", "--send", url)
    assert (said.code, "goes on" in said.out) == (1, True)
    assert is_on_fire()


def test_something_else_at_the_address_is_no_server(
    ready: Path, run: Run, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer in ("<p>Sign in</p>", "[]", "{}", '{"triggers": 1, "ends": 2}'):
        found = io.BytesIO(answer.encode())
        monkeypatch.setattr("urllib.request.urlopen", lambda *_, found=found, **__: found)
        said = run("fire", "end", "clinic", "--key", ready / "Li.pem", "--send", url)
        assert (said.code, "no answer of Wayfinder" in said.err) == (2, True)
        assert said.err.count("\n") == 1


def test_a_printed_message_is_one_for_curl(ready: Path, run: Run) -> None:
    said = run("fire", "trigger", "clinic", "A", "--key", ready / "Panel.pem", "--print")
    assert set(said.json) == {"payload", "signatures"}
    assert not is_on_fire()
    make_watch(read_settings()).take("clinic", said.out.encode())
    assert is_on_fire()
