"""A batch of signs: whole or not there, read back, and gone on with where it was stopped."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from tests.signed import FIRST, OTHER, SECOND, make_plan
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.model import Plan, Release
from wayfinder.model.sign_records import SignState
from wayfinder.services import sign_batches, sign_parts
from wayfinder.services.batch_choice import choose_languages, choose_levels, order_signs
from wayfinder.services.batch_folder import RECORD, BatchError, Printed, read_record
from wayfinder.services.batch_orders import FaultsError, Known, Wish
from wayfinder.services.batch_workers import Workers
from wayfinder.services.read_back import draw_page, read_codes
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_batches import make_batch
from wayfinder.services.sign_parts import Made

BASE = "https://way.example.org"
SIGNS = {
    "one": {"sign_code": FIRST, "ref": "A1-01", "sign": {"bearing_deg": 180}},
    "two": {"sign_code": SECOND, "ref": "A1-02", "sign": {"bearing_deg": 0, "mounting": "hanging"}},
    "three": {"sign_code": OTHER, "ref": "A1-03", "sign": {"bearing_deg": 90}},
}


def serve(plan: Plan) -> Served:
    return make_served("house", Release(plan, 1))


@pytest.fixture(scope="module")
def house() -> Served:
    return serve(make_plan(SIGNS))


def make_wish(output: Path, **more: object) -> Wish:
    wish = Wish(output=output, base=BASE, languages=("en",))
    return replace(wish, **more)  # type: ignore[arg-type]


def list_files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_batch_has_signs_plans_lists_and_its_record(house: Served, tmp_path: Path) -> None:
    batch = make_batch(house, make_wish(tmp_path / "signs"))
    assert list_files(tmp_path / "signs") == [
        RECORD,
        "contents.pdf",
        "mounting-1F.pdf",
        "plates-1F-hanging.pdf",
        "schedule.csv",
        "schedule.xlsx",
        "signs-1F-A5-landscape.pdf",
        "signs-1F-hanging.pdf",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]
    assert batch.codes == {"one": FIRST, "two": SECOND, "three": OTHER}
    assert batch.pages == 4
    record = read_record(tmp_path / "signs")
    assert record is not None
    assert record.files | {RECORD} == set(list_files(tmp_path / "signs"))
    assert record.printed == {
        one.sign: Printed(one.drawing, batch.codes[one.sign]) for one in batch.made
    }


def test_the_sheets_name_every_sign(house: Served, tmp_path: Path) -> None:
    make_batch(house, make_wish(tmp_path / "signs"))
    for name in ("contents.pdf", "mounting-1F.pdf"):
        with pypdfium2.PdfDocument(tmp_path / "signs" / name) as document:
            said = "".join(page.get_textpage().get_text_bounded() for page in document)
        for text in ("A1-01", "A1-02", "A1-03", FIRST, SECOND, OTHER, "hanging", "north"):
            assert text in said, (name, text)
    schedule = (tmp_path / "signs" / "schedule.csv").read_text("utf-8-sig")
    assert f"way.example.org/S/{FIRST}" in schedule


def test_without_an_address_all_are_specimens(house: Served, tmp_path: Path) -> None:
    batch = make_batch(house, make_wish(tmp_path / "signs", base=None, size="A5"))
    assert batch.codes == {}
    with pypdfium2.PdfDocument(tmp_path / "signs" / "signs-1F.pdf") as document:
        for page in document:
            assert "SPECIMEN" in page.get_textpage().get_text_bounded().upper()
            assert read_codes(draw_page(page)) == ()


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_each_sign_may_have_a_file_of_its_own(house: Served, tmp_path: Path, kind: str) -> None:
    wish = make_wish(tmp_path / "signs", kind=kind, separate=True, size="A5", dpi=100)
    make_batch(house, wish)
    found = [name for name in list_files(tmp_path / "signs") if name.startswith("signs-")]
    assert found == [f"signs-1F/A1-0{number}.{kind}" for number in (1, 2, 3)]


def blur_and_turn(picture: np.ndarray, degrees: float) -> np.ndarray:
    """Return a page as a shaking hand holds a phone: blurred by a pixel, askew."""
    image = Image.fromarray(picture).filter(ImageFilter.GaussianBlur(1.0))
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return np.asarray(turned)


@pytest.mark.parametrize(
    "size",
    [
        *("A5", "A4", "hanging-large"),
        *(
            pytest.param(one, marks=pytest.mark.long)
            for one in ("A3", "A2", "A4-landscape", "totem")
        ),
    ],
)
def test_codes_are_read_from_afar_and_askew(house: Served, tmp_path: Path, size: str) -> None:
    make_batch(house, make_wish(tmp_path / "signs", size=size))
    name = "plates-1F.pdf" if size.startswith("hanging") else "signs-1F.pdf"
    wanted = [f"HTTPS://WAY.EXAMPLE.ORG/S/{code}" for code in (FIRST, SECOND, OTHER)]
    with pypdfium2.PdfDocument(tmp_path / "signs" / name) as document:
        pages = list(document)
        assert [read_codes(draw_page(page, 72)) for page in pages] == [(one,) for one in wanted]
        for page, code in zip(pages, wanted, strict=True):
            drawn = draw_page(page, 150)
            tries = (read_codes(blur_and_turn(drawn, turned)) for turned in (15.0, -15.0, 14.0))
            assert any(found == (code,) for found in tries)


def test_a_code_that_reads_otherwise_is_named_and_nothing_is_made(
    house: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_batch(house, make_wish(tmp_path / "signs"))
    before = (tmp_path / "signs" / RECORD).read_bytes()

    def misprint(face, scene, *, address, **more):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003, ANN202
        made = draw_sign(face, scene, address=address, **more)
        other = replace(made, payload=made.payload and made.payload[:-1] + "X")
        return other if face.sign.id == "three" else made

    monkeypatch.setattr(sign_parts, "draw_sign", misprint)
    with pytest.raises(FaultsError) as caught:
        make_batch(house, make_wish(tmp_path / "signs"))
    (fault,) = caught.value.faults
    assert (fault.sign, fault.name, fault.problem) == ("three", "A1-03", "wrong-code")
    assert (tmp_path / "signs" / RECORD).read_bytes() == before
    monkeypatch.undo()
    make_batch(house, make_wish(tmp_path / "signs"))


def test_a_run_that_was_stopped_goes_on_where_it_was(
    house: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    made = sign_parts.make_part

    def count(job: sign_parts.Job, folder: Path) -> list[Made]:
        written.append(job.stem)
        if len(written) == 2:
            raise KeyboardInterrupt
        return made(job, folder)

    monkeypatch.setattr(sign_batches, "make_part", count)
    with pytest.raises(KeyboardInterrupt):
        make_batch(house, make_wish(tmp_path / "signs"))
    assert not (tmp_path / "signs").exists()
    first, stopped = written
    make_batch(house, make_wish(tmp_path / "signs"))
    assert written == [first, stopped, stopped]
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]


def test_only_what_changed_is_printed_again(house: Served, tmp_path: Path) -> None:
    output = tmp_path / "signs"
    make_batch(house, make_wish(output))
    record = read_record(output)
    assert record is not None
    known = Known(printed=record.printed)
    with pytest.raises(BatchError, match="none-changed"):
        make_batch(house, make_wish(output, changed=True), known)
    turned = {**SIGNS, "three": {**SIGNS["three"], "sign": {"bearing_deg": 270}}}
    batch = make_batch(serve(make_plan(turned)), make_wish(output, changed=True), known)
    assert [one.sign for one in batch.made] == ["three"]
    assert batch.unchanged == 2
    again = read_record(output)
    assert again is not None
    assert again.printed.keys() == {"one", "two", "three"}
    assert again.printed["one"] == record.printed["one"]
    assert again.printed["three"] != record.printed["three"]


def test_another_address_changes_every_sign(house: Served, tmp_path: Path) -> None:
    output = tmp_path / "signs"
    make_batch(house, make_wish(output))
    record = read_record(output)
    assert record is not None
    wish = make_wish(output, changed=True, base="https://other.example.org")
    assert len(make_batch(house, wish, Known(printed=record.printed)).made) == 3


def test_signs_are_chosen_by_state(house: Served, tmp_path: Path) -> None:
    states = {"one": SignState.PLANNED, "two": SignState.REMOVED, "three": SignState.MOUNTED}
    known = Known(states=states)
    batch = make_batch(house, make_wish(tmp_path / "all"), known)
    assert [one.sign for one in batch.made] == ["one", "three"]
    assert batch.removed == 1
    wish = make_wish(tmp_path / "some", wanted_states=[SignState.MOUNTED])
    assert [one.sign for one in make_batch(house, wish, known).made] == ["three"]
    wish = make_wish(tmp_path / "none", wanted_states=[SignState.DAMAGED])
    with pytest.raises(BatchError, match="none-chosen"):
        make_batch(house, wish, known)
    assert not (tmp_path / "none").exists()


def test_letters_too_small_for_where_a_sign_hangs_are_noted(house: Served, tmp_path: Path) -> None:
    fitting = make_batch(house, make_wish(tmp_path / "fitting"))
    assert fitting.noted == 0
    assert all(one.letter_height_mm >= 25 for one in fitting.made)
    small = make_batch(house, make_wish(tmp_path / "small", size="A5"))
    assert small.noted == 3
    schedule = (tmp_path / "small" / "schedule.csv").read_text("utf-8-sig")
    assert "they need 25 mm" in schedule
    assert "they need 40 mm" in schedule


def test_a_plan_without_signs_has_no_batch(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no-signs"):
        make_batch(serve(make_plan()), make_wish(tmp_path / "signs"))
    assert not list(tmp_path.iterdir())


def test_the_same_batch_is_the_same_signs(house: Served, tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_batch(house, make_wish(tmp_path / name))
    for name in ("signs-1F-A5-landscape.pdf", "signs-1F-hanging.pdf", "plates-1F-hanging.pdf"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    document = json.loads((tmp_path / "one" / RECORD).read_text("utf-8"))
    assert document["base_url"] == BASE
    assert [one["number"] for one in document["signs"]] == [1, 2, 3]


def test_levels_are_found_by_what_they_are_called() -> None:
    plan = make_plan(SIGNS)
    (level,) = plan.levels
    assert choose_levels(plan, [level.id.upper()]) == {level.id}
    assert choose_levels(plan, []) == frozenset()
    with pytest.raises(BatchError) as caught:
        choose_levels(plan, ["17F"])
    assert caught.value.values["level"] == "17F"


def test_files_of_their_own_have_names_that_differ() -> None:
    alike = {f"s{number}": {"ref": ref} for number, ref in enumerate(("A", "a", "A-2", "../x"))}
    chosen = order_signs(make_plan(alike), serve(make_plan(alike)).signs.values())
    assert [one.stem for one in chosen] == ["A", "a-2", "A-2-2", "x"]
    assert [one.number for one in chosen] == [1, 2, 3, 4]


def test_signs_are_in_the_languages_of_the_plan() -> None:
    assert choose_languages(make_plan(), "zh-Hans") in {("zh-Hans",), ("en",)}


def shout(words: Sequence[MappingProxyType[str, str]]) -> list[str]:
    return [word["said"].upper() for word in words]


@pytest.mark.long
def test_processes_are_given_what_nobody_may_change(tmp_path: Path) -> None:
    jobs = [[MappingProxyType({"said": f"word {number}"})] for number in range(6)]
    with Workers(2, tmp_path) as workers:
        found = [said for _, said in workers.run(shout, jobs)]
    assert found == [[f"WORD {number}"] for number in range(6)]


def test_a_job_that_cannot_be_handed_over_ends_the_run(tmp_path: Path) -> None:
    with Workers(2, tmp_path) as workers, pytest.raises((TypeError, AttributeError)):
        list(workers.run(len, [[lambda: None]]))
