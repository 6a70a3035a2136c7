"""Fire in the studio: seen by the staff, texts written down, and nothing done without keys."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.services.fire.people import People, make_zone
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from tests.web.studio.work import prepare, read
from wayfinder.services.fire import approve
from wayfinder.services.fire.keyring import APPROVE
from wayfinder.services.fire.messages import sign_trigger
from wayfinder.services.fire.prepare import find_prepared
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.settings import Settings
from wayfinder.store.audit import list_entries
from wayfinder.web.site import KEY, Site

FIRE = "/studio/v/clinic/fire"
TEXTS = {
    "id-0": "A",
    "name-0-zh-Hans": "门诊楼",
    "name-0-en": "the Clinic",
    "buildings-0": "*",
    "title-0-zh-Hans": "门诊楼有火警",
    "title-0-en": "Fire alarm in this building",
    "lines-0-zh-Hans": "请跟着工作人员离开。\r\n\r\n 不要乘电梯。",
    "lines-0-en": "Follow the staff.\r\nDo not use the lifts.",
}


@pytest.fixture
def people(tmp_path: Path) -> People:
    """Return people with keys, and texts that two of them have approved."""
    made = People(tmp_path / "fire")
    made.write()
    return made


@pytest.fixture
def studio(app: Flask, settings: Settings, tmp_path: Path, people: People) -> Iterator[Flask]:
    """Return the studio of a venue that is ready for a fire."""
    prepare(app, settings, tmp_path)
    site = app.extensions[KEY]
    values = {name: getattr(site, name) for name in Site.__slots__}
    watch = FireWatch(people.folder, venues=site.venues)
    app.extensions[KEY] = Site(**{**values, "fire": watch})
    yield app
    site.venues.put_alarm("clinic", None)
    app.extensions[KEY] = site


@pytest.fixture
def keeper(studio: Flask, desk: Desk) -> Someone:
    """Return a browser in which somebody is signed in who may write texts."""
    return let_in(studio, desk, hire(desk, "Pu", Role.PUBLISHER))


def test_what_is_in_force_and_who_may_is_shown_to_all_staff(studio: Flask, desk: Desk) -> None:
    viewer = let_in(studio, desk, hire(desk, "Viewer", Role.VIEWER))
    page = read(viewer, FIRE)
    assert "No fire now" in page
    assert "Texts number 1 are in force" in page
    zone = make_zone("A")
    for tag in ("zh-Hans", "en"):
        assert zone["texts"][tag]["title"] in page
    assert "Zhao" in page
    assert "Stranger" not in page  # has a key, and is not in the keyring
    assert "3 keys may approve texts" in page
    assert 'method="post" action="/studio/v/' not in page


def test_a_running_fire_is_told_with_how_it_is_ended(keeper: Someone, people: People) -> None:
    key = people.keys["Panel"]
    signed = sign_trigger(key, "clinic", ("A",), lasting=timedelta(hours=1))
    watch = FireWatch(people.folder)
    watch.open("clinic")
    watch.take("clinic", signed)
    page = read(keeper, FIRE)
    assert "There is a fire alarm now" in page
    assert "wayfinder fire end clinic" in page
    assert "announced a fire: A" in page
    assert "Panel" in page


def test_texts_are_written_down_and_count_for_nothing_until_two_have_signed(
    keeper: Someone, studio: Flask, desk: Desk, people: People
) -> None:
    form = read(keeper, f"{FIRE}/texts")
    assert "Building A" in form  # filled with what is in force
    done = keeper.send(f"{FIRE}/texts", **TEXTS)
    assert done.headers["Location"] == FIRE
    folder = find_room(studio).settings.work_folder
    prepared = find_prepared(folder, "clinic")
    assert prepared is not None
    (zone,) = prepared.document["zones"]
    assert zone["texts"]["zh-Hans"]["lines"] == ["请跟着工作人员离开。", "不要乘电梯。"]
    page = read(keeper, FIRE)
    assert "They are not in force yet" in page
    assert f"wayfinder fire approve clinic {prepared.path}" in page
    assert "other than in force" in page
    assert "Texts number 1 are in force" in page
    assert keeper.get(f"{FIRE}/texts.json").json == prepared.document
    # the file is what the command takes; then it is in force, and the page says that it is the same
    watch = FireWatch(people.folder)
    for name in ("Li", "Wang"):
        fire = watch.open("clinic")
        signer = approve.find_signer(watch.keyring, people.keys[name], APPROVE, "clinic")
        texts = approve.prepare(fire, prepared.document, signer)
        approve.approve(fire, texts, people.keys[name])
    page = read(keeper, FIRE)
    assert "They are the same as those in force" in page
    assert "Texts number 2 are in force" in page
    keeper.send(f"{FIRE}/texts/drop")
    assert find_prepared(folder, "clinic") is None
    assert "Texts number 2 are in force" in read(keeper, FIRE)
    with desk.store.read() as connection:
        said = [one.action for one in list_entries(connection, "default")]
    assert said[:2] == ["fire-texts-dropped", "fire-texts-prepared"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id-0": "A building"}, "letters, digits"),
        ({"buildings-0": ""}, "choose its buildings"),
        ({"title-0-en": ""}, "largest words"),
        ({"name-0-zh-Hans": ""}, "needs a name"),
        ({"lines-0-en": "\n".join("abcdefg")}, "one to six lines"),
        ({"lines-0-en": "x" * 141}, "one to six lines"),
        ({"buildings-0": "Z9"}, "the plan has no Z9"),
    ],
)
def test_texts_that_could_not_be_shown_are_refused_and_what_was_typed_is_kept(
    keeper: Someone, studio: Flask, changes: dict[str, str], said: str
) -> None:
    given = {key: value for key, value in {**TEXTS, **changes}.items() if value}
    answer = keeper.send(f"{FIRE}/texts?lang=en", **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert "请跟着工作人员离开。" in answer.text
    assert find_prepared(find_room(studio).settings.work_folder, "clinic") is None


def test_an_editor_writes_no_texts(studio: Flask, desk: Desk) -> None:
    editor = let_in(studio, desk, hire(desk, "Bo", Role.EDITOR))
    assert editor.get(f"{FIRE}/texts").status_code == 403
    assert editor.send(f"{FIRE}/texts", **TEXTS).status_code == 403
    assert editor.get(f"{FIRE}/texts.json").status_code == 404  # nothing is prepared
