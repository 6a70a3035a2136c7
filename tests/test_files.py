"""A file is the old one or the new one, whatever happens meanwhile."""

import errno
import os
import stat
from pathlib import Path

import pytest

from wayfinder.files import replace_file, sync_folder


def test_the_new_file_takes_the_place_of_the_old_one_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(b"old")
    with replace_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["map.svg"]


def test_whatever_goes_wrong_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(b"old")

    def write() -> None:
        with replace_file(path) as file:
            file.write(b"half of the n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["map.svg"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """An administrator may write where devices are: they stay devices."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(OSError, match="no regular file"), replace_file(path) as file:
            file.write(b"new")
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    with replace_file(tmp_path / "backup", private=True):
        pass
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    (tmp_path / "usual").touch()
    with replace_file(tmp_path / "map.svg"):
        pass
    assert (tmp_path / "map.svg").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="only POSIX waits for folders")
def test_the_file_then_its_folder_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, synced = tmp_path / "backup", []

    def note(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append(("folder" if is_folder else "file", path.exists()))

    monkeypatch.setattr(os, "fsync", note)
    with replace_file(path) as file:
        file.write(b"all")
    assert synced == [("file", False), ("folder", True)]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX waits for folders")
def test_a_disk_that_fails_is_said_one_that_cannot_wait_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [errno.EINVAL, errno.EIO]

    def fail(_: int) -> None:
        raise OSError(numbers[0], os.strerror(numbers.pop(0)))

    monkeypatch.setattr(os, "fsync", fail)
    sync_folder(tmp_path)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        sync_folder(tmp_path)
