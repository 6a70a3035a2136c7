"""Files from folders and zips, with nothing outside them touched."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.strategies import make_zip
from wayfinder.formats import UnreadableError
from wayfinder.formats.archive import read_files, read_zip
from wayfinder.formats.limits import MAX_ENTRIES, MAX_FILE_BYTES


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        read_zip(data, "plan.zip")
    return caught.value.code, caught.value.place


def one_entry(name: str = "unit.geojson", *, mode: int = 0o100644, content: bytes = b"{}") -> bytes:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry, content)
    return stream.getvalue()


def test_a_zip_is_unpacked() -> None:
    files = {"b/unit.geojson": b"{}", "a.txt": b"x" * 100_000}
    assert read_zip(make_zip(files), "plan.zip") == files
    assert list(read_zip(make_zip(files), "plan.zip")) == ["a.txt", "b/unit.geojson"]


def test_a_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.json").write_bytes(b"2")
    (tmp_path / "a.json").write_bytes(b"1")
    assert read_files(tmp_path) == {"a.json": b"1", "sub/b.json": b"2"}


def test_one_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "plan.geojson").write_bytes(b"{}")
    assert read_files(tmp_path / "plan.geojson") == {"plan.geojson": b"{}"}


@pytest.mark.parametrize(
    "name",
    ["../unit.geojson", "a/../../b", "/etc/passwd", "C:\\x.json", "..\\x", "a\nb", "a\x07b"],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    code, place = refusal(one_entry(name))
    assert code == "unsafe-name"
    assert place.startswith("plan.zip: ")
    assert place.isprintable()


def test_a_name_with_a_nul_is_refused() -> None:
    data = one_entry("unitX.geojson").replace(b"unitX", b"unit\x00")
    assert refusal(data)[0] == "unsafe-name"


def test_links_are_refused(tmp_path: Path) -> None:
    assert refusal(one_entry(mode=stat.S_IFLNK | 0o777))[0] == "link-in-archive"
    (tmp_path / "unit.geojson").symlink_to("/etc/passwd")
    with pytest.raises(UnreadableError, match="link-in-archive"):
        read_files(tmp_path)


def test_encrypted_entries_are_refused() -> None:
    data = bytearray(one_entry())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data))[0] == "encrypted-archive"


def test_strange_compression_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("unit.geojson", b"{}")
    assert refusal(stream.getvalue())[0] == "unknown-compression"


def test_a_hundred_thousand_entries_are_refused() -> None:
    central = b"PK\x01\x02" + bytes(42)
    assert refusal(b"PK\x03\x04" + central * 100_000)[0] == "too-many-files"
    assert (
        len(read_zip(make_zip({f"{n}.txt": b"" for n in range(MAX_ENTRIES)}), "x")) == MAX_ENTRIES
    )
    assert (
        refusal(make_zip({f"{n}.txt": b"" for n in range(MAX_ENTRIES + 1)}))[0] == "too-many-files"
    )


def test_a_file_that_unpacks_too_large_is_refused() -> None:
    assert refusal(make_zip({"unit.geojson": bytes(MAX_FILE_BYTES + 1)}))[0] == "too-large"
    half = bytes(MAX_FILE_BYTES - 1)
    assert refusal(make_zip({f"{n}.geojson": half for n in "abc"}))[0] == "too-large"


def test_a_declared_size_that_lies_is_refused() -> None:
    data = bytearray(make_zip({"unit.geojson": bytes(1_000_000)}))
    central = data.index(b"PK\x01\x02")
    for offset in (22, central + 24):
        data[offset : offset + 4] = struct.pack("<I", 100)
    assert refusal(bytes(data))[0] == "damaged-archive"


def test_entries_that_share_bytes_are_refused() -> None:
    # A second central entry that points at the same packed bytes: the "better zip bomb".
    data = one_entry("a.geojson", content=b"{}" * 50)
    central, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[central:end]
    doubled = data[:central] + entry + entry.replace(b"a.geojson", b"b.geojson")
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), central, 0)
    assert refusal(doubled + tail)[0] == "overlapping-entries"


def test_two_entries_of_one_name_are_refused() -> None:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("unit.geojson", b"1")
        archive.writestr("unit.geojson", b"2")
    assert refusal(stream.getvalue())[0] == "repeated-entry"


def test_too_many_folders_are_refused(tmp_path: Path) -> None:
    assert refusal(one_entry("a/" * 20 + "unit.geojson"))[0] == "too-many-folders"
    deep = tmp_path.joinpath(*["d"] * 20)
    deep.mkdir(parents=True)
    with pytest.raises(UnreadableError, match="too-many-folders"):
        read_files(tmp_path)


def test_a_cut_off_zip_is_refused() -> None:
    data = make_zip({"unit.geojson": bytes(range(256)) * 40, "level.geojson": b"{}"})
    for length in (4, 30, len(data) // 2, len(data) - 1):
        assert refusal(data[:length])[0] == "damaged-archive"


@given(st.data())
def test_a_zip_with_changed_bytes_gives_files_or_one_error(data: st.DataObject) -> None:
    damaged = bytearray(make_zip({"unit.geojson": b'{"a": 1}' * 20, "b/c.txt": b"text"}))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    files, error = try_to_unpack(bytes(damaged))
    assert all(".." not in name.split("/") for name in files)
    assert error is None or error.place.startswith("plan.zip")


def try_to_unpack(data: bytes) -> tuple[Mapping[str, bytes], UnreadableError | None]:
    try:
        return read_zip(data, "plan.zip"), None
    except UnreadableError as error:
        return {}, error


def test_what_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="not-found"):
        read_files(tmp_path / "none.zip")
    (tmp_path / "empty.zip").write_bytes(b"")
    with pytest.raises(UnreadableError, match="empty-file"):
        read_files(tmp_path / "empty.zip")


def test_a_file_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "unit.geojson"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES * 50)
    with pytest.raises(UnreadableError, match="too-large"):
        read_files(path)
    with pytest.raises(UnreadableError, match="too-large"):
        read_files(tmp_path)
