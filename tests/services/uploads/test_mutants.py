"""Files of every format, broken in every way: read or refused, in bounded memory."""

import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from tests.services.uploads.confined import read_apart
from tests.services.uploads.files import SAMPLES
from tests.services.uploads.mutants import list_mutants
from wayfinder.services.uploads import State, Uploads

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a system that can fork"),
    pytest.mark.unmeasured,
]

_IN_ONE = 500
"""Mutants that one process reads: memory that one of them kept would be missed by the last."""
_IN_ONE_OF = {"pbf": 20}
"""libosmium keeps files open that it could not read: a process reads one, and ends."""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_file_is_read_or_refused(name: str, tmp_path: Path, *, run_all: bool) -> None:
    kind, file, make = SAMPLES[name]
    mutants = list(list_mutants(name, make(), 10_000 if run_all else 20))
    found: Counter[str] = Counter()
    step = _IN_ONE_OF.get(name, _IN_ONE)
    for start in range(0, len(mutants), step):
        batch = mutants[start : start + step]
        found.update(read_apart(tmp_path / f"{start}", kind, file, batch))
    assert found.keys() <= {"read", "refused"}, found
    assert found["read"] + found["refused"] == len(mutants)
    # else nothing was broken, or nothing reached what reads it
    assert found["refused"] or file.endswith(".csv"), "any text is a table"
    assert found["read"]


@pytest.mark.long
def test_a_broken_file_leaves_nothing_behind(uploads: Uploads) -> None:
    for name, (kind, file, make) in SAMPLES.items():
        for mutant in list_mutants(f"{name} again", make(), 60):
            if not mutant:
                continue
            job = uploads.run(uploads.take(kind, file, BytesIO(mutant), {}, {"pages": [1]}))
            kept = {path.name for path in job.folder.iterdir()}
            assert job.is_over
            if job.state is State.FAILED:
                assert job.error is not None
                assert kept == {"about.json", "state.json"}
            else:
                assert kept == {"about.json", "state.json", "made"}
            uploads.drop(job)
            assert not job.folder.exists()
