"""What people bring is read elsewhere, within limits, and nothing of it stays behind."""

import os
import signal
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from tests.services.uploads.files import (
    SAMPLES,
    make_house,
    make_imdf,
    make_osm,
    make_pdf,
    make_picture,
)
from wayfinder.model import encode_plan
from wayfinder.services.uploads import (
    LIMITS,
    Job,
    Kind,
    Limits,
    Nursery,
    State,
    UploadError,
    Uploads,
    pictures,
    plans,
)
from wayfinder.services.uploads import jobs as jobs_module
from wayfinder.services.uploads.confine import bound_memory
from wayfinder.services.uploads.jobs import clean_name
from wayfinder.services.uploads.pictures import BroughtPicture, parse_pages
from wayfinder.services.uploads.pictures import load as load_pictures
from wayfinder.services.uploads.plans import load as load_plan
from wayfinder.services.uploads.turns import Turns

ABOUT = {"slug": "house", "person": 1}


def bring(uploads: Uploads, kind: Kind, name: str, data: bytes, **options: object) -> Job:
    """Bring a file, and have it read."""
    return uploads.run(uploads.take(kind, name, BytesIO(data), ABOUT, options))


def fill(uploads: Uploads, count: int = 50) -> None:
    """Bring as many files as are kept, each of somebody else."""
    for person in range(count):
        uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), {"slug": "house", "person": 2 + person})


def find_code(job: Job) -> str:
    """Return why a file was not read."""
    assert job.state is State.FAILED
    assert job.error is not None
    return job.error.code


def list_stray(job: Job) -> set[str]:
    """Return what lies in the folder of a file beside what says how it went."""
    return {path.name for path in job.folder.iterdir()} - {"about.json", "state.json"}


def test_a_plan_is_read_with_all_that_is_wrong_with_it(uploads: Uploads) -> None:
    job = bring(uploads, Kind.PLAN, "plan.zip", make_imdf())
    assert (job.state, job.name, job.about["slug"]) == (State.DONE, "plan.zip", "house")
    assert list_stray(job) == {"made"}
    found = load_plan(job.made)
    expected = encode_plan(make_house())
    assert {one.id for one in found.plan} == {one.id for one in make_house()}
    assert len(encode_plan(found.plan)) == pytest.approx(len(expected), rel=0.2)
    assert sum(found.counts.values()) == len(found.issues) > 0
    assert "osm" not in found.plan.manifest
    uploads.drop(job)
    assert uploads.find(job.id) is None


def test_every_format_is_read(uploads: Uploads) -> None:
    for name, (kind, file, make) in SAMPLES.items():
        job = bring(uploads, kind, file, make())
        assert job.state is State.DONE, (name, job.error)


def test_what_is_no_plan_says_why_and_leaves_nothing(uploads: Uploads) -> None:
    job = bring(uploads, Kind.PLAN, "letter.txt", b"Dear all")
    assert find_code(job) == "unknown-format"
    assert list_stray(job) == set()
    assert job.error is not None
    assert (job.error.kind, getattr(job.error, "place", "")) == ("unreadable", "letter.txt")


def test_a_plan_that_nobody_could_work_on_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.osm").write_text(make_osm().xml(), "utf-8")
    monkeypatch.setattr(plans, "MOST_BYTES", 100)
    with pytest.raises(UploadError, match="plan-too-large"):
        plans.read(tmp_path / "plan.osm", tmp_path, {})


@pytest.mark.skipif(sys.platform != "linux", reason="a system that holds to limits of memory")
def test_what_is_made_of_a_file_takes_no_more_memory_than_reading_it() -> None:
    with pytest.raises(UploadError, match="too-much-memory"), bound_memory(2**26):
        bytearray(2**28)
    assert len(bytearray(2**28)) == 2**28


def test_pages_are_drawn(uploads: Uploads) -> None:
    job = bring(uploads, Kind.PICTURE, "plan.pdf", make_pdf(3), pages=[1, 3])
    found = load_pictures(job.made)
    assert [(one.page, one.media_type) for one in found] == [(1, "image/webp"), (3, "image/webp")]
    # 200 × 100 points at 200 dpi
    assert found[0].width_px == pytest.approx(556, abs=1)


def draw(folder: Path, data: bytes) -> list[BroughtPicture]:
    """Draw a picture in this process."""
    folder.mkdir()
    (folder / "source").write_bytes(data)
    pictures.read(folder / "source", folder, {})
    return load_pictures(folder)


def test_large_pictures_are_made_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = draw(tmp_path / "page", make_pdf(1, (9_000, 90)))
    assert page.width_px == pytest.approx(8_000, abs=1)
    monkeypatch.setattr(pictures, "_MOST_PX", 10_000)
    (scan,) = draw(tmp_path / "scan", make_picture(mode="1", size=(400, 100)))
    assert (scan.media_type, scan.width_px, scan.height_px) == ("image/png", 200, 50)
    (photo,) = draw(tmp_path / "photo", make_picture("JPEG", size=(100, 400)))
    assert (photo.media_type, photo.width_px, photo.height_px) == ("image/webp", 50, 200)
    monkeypatch.setattr(pictures, "_LARGEST_PX", 1_000)
    with pytest.raises(UploadError, match="too-many-pixels"):
        draw(tmp_path / "bomb", make_picture(size=(400, 100)))


def test_what_a_camera_knew_is_not_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera", 6
    made = BytesIO()
    Image.new("RGB", (60, 40)).save(made, "JPEG", exif=exif)
    (found,) = draw(tmp_path / "photo", made.getvalue())
    # turned as it was held
    assert (found.width_px, found.height_px) == (40, 60)
    assert b"Camera" not in found.path.read_bytes()


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (make_pdf(1), {"pages": [2]}, "no-such-page"),
        (make_pdf(1)[:200], {}, "unreadable-pdf"),
        (b"no picture at all", {}, "no-picture"),
        (make_picture()[:60], {}, "unreadable-picture"),
    ],
)
def test_what_is_no_picture_says_why(
    uploads: Uploads, data: bytes, options: dict[str, object], code: str
) -> None:
    assert find_code(bring(uploads, Kind.PICTURE, "a", data, **options)) == code


def test_pages_are_numbers_and_spans() -> None:
    assert parse_pages("1-3, 5，7 – 8") == [1, 2, 3, 5, 7, 8]
    for text in ("", "0", "a", "3-1", "1-11", "1,2,3,4,5,6,7,8,9,10,11", "1-", "٣", "99999999999"):
        with pytest.raises(UploadError, match="bad-pages"):
            parse_pages(text)


def test_what_is_empty_or_too_large_is_not_kept(
    uploads: Uploads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Limits(1_000, 2**30, 10, 10.0, 2**20)
    monkeypatch.setattr(jobs_module, "LIMITS", {**LIMITS, Kind.PLAN: small})
    for data, code in ((b"", "empty"), (bytes(1_001), "too-large")):
        with pytest.raises(UploadError, match=code):
            uploads.take(Kind.PLAN, "plan.zip", BytesIO(data), ABOUT)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_is_old_is_swept_and_too_much_is_refused(uploads: Uploads, tmp_path: Path) -> None:
    fill(uploads)
    with pytest.raises(UploadError, match=r"^too-many\b(?!-)"):
        uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), ABOUT)
    for folder in (tmp_path / "uploads").iterdir():
        os.utime(folder, (0, time.time() - 90_000))
    uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), ABOUT)
    assert len(list((tmp_path / "uploads").iterdir())) == 1


def test_what_could_not_be_read_takes_no_room_from_others(uploads: Uploads) -> None:
    failed = [bring(uploads, Kind.SHEET, "a.csv", b"\x00") for _ in range(2)]
    assert {find_code(job) for job in failed} == {"no-table"}
    fill(uploads)
    assert all(uploads.find(job.id) for job in failed)


def test_nobody_keeps_others_out_with_files_that_they_left(uploads: Uploads) -> None:
    mine = [bring(uploads, Kind.SHEET, "a.csv", b"id") for _ in range(8)]
    newest = uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), ABOUT)
    assert uploads.find(mine[0].id) is None
    assert all(uploads.find(job.id) for job in (*mine[1:], newest))


def test_what_is_still_read_is_not_given_up_for_the_next(uploads: Uploads) -> None:
    for _ in range(8):
        uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), ABOUT)
    with pytest.raises(UploadError, match="too-many-own"):
        uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), ABOUT)
    fill(uploads, 1)


class Endless(Nursery):
    """Never has read anything."""

    def read(self, folder: Path, kind: Kind, is_cancelled: Callable[[], bool]) -> None:
        del folder, kind, is_cancelled
        time.sleep(600)


@pytest.mark.skipif(sys.platform == "win32", reason="a system that can fork")
def test_whoever_is_killed_while_they_read_is_missed_at_once(
    uploads: Uploads, tmp_path: Path
) -> None:
    job = uploads.take(Kind.SHEET, "a.csv", BytesIO(b"id"), ABOUT)
    worker = os.fork()
    if worker == 0:
        Uploads(tmp_path / "uploads", Endless()).run(job)
        os._exit(0)
    try:
        while uploads.get(job.id).state is not State.READING:
            time.sleep(0.01)
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    lost = uploads.get(job.id)
    assert find_code(lost) == "lost"
    assert list_stray(lost) <= {"lock"}
    # and so is its turn
    read = bring(Uploads(tmp_path / "uploads", Counting()), Kind.SHEET, "a.csv", b"id")
    assert read.state is State.DONE


class Counting(Nursery):
    """Counts how many files are read at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.most = 0, 0

    def read(self, folder: Path, kind: Kind, is_cancelled: Callable[[], bool]) -> None:
        del folder, kind, is_cancelled
        self.now += 1
        self.most = max(self.most, self.now)
        time.sleep(0.05)
        self.now -= 1


def test_two_files_are_read_at_once_whoever_reads_them(tmp_path: Path) -> None:
    nursery = Counting()
    workers = [Uploads(tmp_path / "uploads", nursery) for _ in range(4)]
    read = [
        Thread(target=one.run, args=(one.take(Kind.SHEET, "a.csv", BytesIO(b"id"), {}),))
        for one in workers
    ]
    for thread in read:
        thread.start()
    for thread in read:
        thread.join(20)
    assert nursery.most == 2


def test_who_waits_for_a_turn_can_give_up(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turns", 1)
    with (
        turns.take(lambda: False),
        pytest.raises(UploadError, match="cancelled"),
        turns.take(lambda: True),
    ):
        pass


def test_a_file_that_is_given_up_ends_at_once(uploads: Uploads) -> None:
    # a bomb of pixels, that takes a while
    bomb = BytesIO()
    Image.new("1", (9_000, 9_000)).save(bomb, "PNG", compress_level=1)
    bomb.seek(0)
    job = uploads.take(Kind.PICTURE, "a.png", bomb, ABOUT)
    thread = Thread(target=uploads.run, args=(job,))
    thread.start()
    while uploads.get(job.id).state is State.WAITING:
        time.sleep(0.01)
    uploads.cancel(job)
    thread.join(20)
    assert not thread.is_alive()
    ended = uploads.get(job.id)
    # it may have been quicker than we
    assert ended.state is State.DONE or find_code(ended) == "cancelled"


def test_what_was_dropped_while_it_is_read_leaves_no_folder(
    uploads: Uploads,
) -> None:
    job = uploads.take(Kind.PLAN, "a.osm", BytesIO(make_osm().xml().encode()), ABOUT)
    thread = Thread(target=uploads.run, args=(job,))
    thread.start()
    uploads.drop(job)
    thread.join(60)
    assert not thread.is_alive()
    assert uploads.find(job.id) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.osm.gz", "plan.osm.gz"),
        ("C:\\plans\\门诊.zip", "门诊.zip"),
        ("../../etc/passwd", "passwd"),
        ("...", "file"),
        ("a\x00b\n.zip", "ab.zip"),
        ("\ud800.zip", "zip"),
        ("", "file"),
    ],
)
def test_names_of_files_lead_nowhere(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_long_names_keep_their_ending() -> None:
    for name in (f"{'a' * 300}.zip", f"{'门' * 300}.zip"):
        kept = clean_name(name)
        assert kept.endswith(".zip")
        assert len(kept.encode()) <= 250


def test_ids_that_lead_elsewhere_are_none(uploads: Uploads) -> None:
    for name in ("..", "../uploads", "a" * 32, "0" * 31, "A" * 32, "\x00"):
        assert uploads.find(name) is None
