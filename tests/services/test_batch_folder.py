"""The folder of a batch is there whole or not at all, and never takes other files with it."""

import json
from pathlib import Path

import pytest

from wayfinder.services.batch_folder import (
    RECORD,
    BatchError,
    Parts,
    Printed,
    check_output,
    check_place,
    place_file,
    read_record,
    replace_folder,
)


def write_batch(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    document = {"files": list(files), "printed": {"face": {"drawing": "abc", "code": "X"}}}
    (folder / RECORD).write_text(json.dumps(document), "utf-8")


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    with replace_folder(output) as fresh:
        write_batch(fresh, "signs-1F.pdf")
        assert not output.exists()
    assert sorted(path.name for path in output.iterdir()) == [RECORD, "signs-1F.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]


def test_an_earlier_batch_gives_way_at_once(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    output.mkdir()
    write_batch(output, "signs-1F.pdf")
    with replace_folder(output) as fresh:
        write_batch(fresh, "signs-2F.pdf")
        assert (output / "signs-1F.pdf").exists()
    assert sorted(path.name for path in output.iterdir()) == [RECORD, "signs-2F.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]


def test_what_fails_leaves_the_earlier_batch(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    output.mkdir()
    write_batch(output, "signs-1F.pdf")

    def fail() -> None:
        with replace_folder(output) as fresh:
            write_batch(fresh, "signs-2F.pdf")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert sorted(path.name for path in output.iterdir()) == [RECORD, "signs-1F.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]


def test_a_run_killed_between_two_renames_loses_nothing(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    moved_aside = tmp_path / ".signs.old"
    moved_aside.mkdir()
    write_batch(moved_aside, "signs-1F.pdf")
    check_output(output)
    assert (output / "signs-1F.pdf").exists()
    assert not moved_aside.exists()


def test_files_of_others_are_not_taken_away(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    output.mkdir()
    write_batch(output, "signs-1F.pdf", "1F/A1-01.svg")
    check_output(output)
    (output / "1F" / "letter.docx").write_text("mine", "utf-8")
    with pytest.raises(BatchError) as caught:
        check_output(output)
    assert caught.value.message_id == "printing.foreign-file"
    assert caught.value.values["file"] == "1F/letter.docx"


def test_a_folder_without_a_batch_must_be_empty(tmp_path: Path) -> None:
    check_output(tmp_path)
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(BatchError, match=r"foreign-file"):
        check_output(tmp_path)


@pytest.mark.parametrize("kind", ["file", "link", "no parent"])
def test_what_cannot_be_a_folder_is_refused(tmp_path: Path, kind: str) -> None:
    output = tmp_path / "signs"
    if kind == "file":
        output.write_text("mine", "utf-8")
    elif kind == "link":
        output.symlink_to(tmp_path)
    else:
        output = tmp_path / "nowhere" / "signs"
    with pytest.raises(BatchError):
        check_place(output)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [], "printed": {"a": 1}}', "\x00"])
def test_a_record_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD).write_text(text, "utf-8")
    with pytest.raises(BatchError) as caught:
        read_record(tmp_path)
    assert str(tmp_path / RECORD) in caught.value.values["file"]


def test_a_record_says_what_was_printed(tmp_path: Path) -> None:
    assert read_record(tmp_path) is None
    write_batch(tmp_path, "signs-1F.pdf")
    record = read_record(tmp_path)
    assert record is not None
    assert record.files == {"signs-1F.pdf"}
    assert record.printed == {"face": Printed("abc", "X")}


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".signs.abcdefgh.new").mkdir()
    others = [".signs-old.abcdefgh.new", ".signs.v2.abcdefgh.new"]
    for name in others:
        (tmp_path / name).mkdir()
    (tmp_path / ".signs.parts" / "jobs").mkdir(parents=True)
    (tmp_path / ".signs.parts" / "jobs" / "draw-3").write_bytes(b"a floor")
    with Parts(tmp_path / "signs").hold() as parts:
        assert not list(parts.jobs.iterdir())
        assert {path.name for path in tmp_path.iterdir()} == {*others, ".signs.parts"}
    assert {path.name for path in tmp_path.iterdir()} == {*others}


def test_a_run_takes_nothing_of_another_batch_away(tmp_path: Path) -> None:
    with replace_folder(tmp_path / "signs1") as theirs:
        with Parts(tmp_path / "signs[1]").hold():
            assert theirs.is_dir()
        with Parts(tmp_path / "signs1").hold():
            assert not theirs.exists()
        theirs.mkdir()


def test_one_run_at_a_time_makes_a_batch(tmp_path: Path) -> None:
    with Parts(tmp_path / "signs").hold() as parts:
        (parts.make_content("one") / "signs-1F.pdf").write_bytes(b"begun")
        parts.finish("one", [])
        with pytest.raises(BatchError) as caught, Parts(tmp_path / "signs").hold():
            pass
        assert caught.value.message_id == "printing.busy"
        assert caught.value.values["path"] == str(tmp_path / "signs")
        with Parts(tmp_path / "others").hold():
            pass
        assert parts.find("one") == []
    with Parts(tmp_path / "signs").hold() as parts:
        assert parts.find("one") == []
        parts.end()
    assert not list(tmp_path.iterdir())


def test_a_part_begins_empty_and_is_placed_whole(tmp_path: Path) -> None:
    with Parts(tmp_path / "signs").hold() as parts:
        (parts.make_content("one") / "half.pdf").write_bytes(b"half")
        folder = parts.make_content("one")
        assert not list(folder.iterdir())
        (folder / "a.pdf").write_bytes(b"whole")
        place_file(folder / "a.pdf", tmp_path / "x" / "a.pdf")
    assert (tmp_path / "x" / "a.pdf").read_bytes() == b"whole"


def test_parts_are_found_again_once_finished(tmp_path: Path) -> None:
    with Parts(tmp_path / "signs").hold() as parts:
        (parts.make_content("one") / "signs-1F.pdf").write_bytes(b"begun")
        assert parts.find("one") is None
        parts.finish("one", {"pages": 3})
    with Parts(tmp_path / "signs").hold() as parts:
        assert parts.find("one") == {"pages": 3}
        parts.drop("one")
        assert parts.find("one") is None
    assert not list(tmp_path.iterdir())
