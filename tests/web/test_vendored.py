"""What others made is what they published: the hashes in static/README.md hold."""

import re
from hashlib import sha256

from wayfinder.resources import static_dir

ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \|.*`(?P<licence>[^`]+)` \| `(?P<digest>[0-9a-f]{64})` \|$"
)


def test_vendored_files_are_as_they_came_and_have_their_licence() -> None:
    rows = [
        found
        for line in (static_dir() / "README.md").read_text("utf-8").splitlines()
        if (found := ROW.match(line))
    ]
    assert {row["file"] for row in rows} >= {"display/lean-qr.js", "studio/vendor/ol.js"}
    for row in rows:
        content = (static_dir() / row["file"]).read_bytes()
        assert sha256(content).hexdigest() == row["digest"], row["file"]
        assert (static_dir() / row["licence"]).stat().st_size > 500
