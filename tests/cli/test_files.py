"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from wayfinder.cli.errors import CommandError
from wayfinder.cli.files import write_file


def test_a_file_is_replaced_in_one_go(tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    write_file(file, "old")
    write_file(file, "新".encode())
    assert file.read_text("utf-8") == "新"
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


def test_the_old_file_stays_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "map.svg"
    write_file(file, "old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CommandError, match="No space left"):
        write_file(file, "new")
    assert file.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_text("")
    write_file(tmp_path / "ours", "")
    assert (tmp_path / "ours").stat().st_mode == usual.stat().st_mode


def test_folders_are_not_files(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is a folder"):
        write_file(tmp_path, "")
    with pytest.raises(CommandError, match="make it first"):
        write_file(tmp_path / "none" / "map.svg", "")
