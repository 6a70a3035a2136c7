"""What a folder says of the batch in it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from wayfinder import __version__
from wayfinder.services.batch_choice import Chosen
from wayfinder.services.batch_folder import RECORD
from wayfinder.services.batch_orders import Known, Wish
from wayfinder.services.served import Served
from wayfinder.services.sign_parts import Made, tell_made


def write_record(
    folder: Path,
    served: Served,
    wish: Wish,
    known: Known,
    printed: Sequence[tuple[Chosen, Made]],
    files: Sequence[str],
) -> None:
    """Write what a batch is; raises OSError.

    Parameters
    ----------
    folder
        Its folder.
    served
        The venue.
    wish
        What the batch was to be.
    known
        What was known of its signs: what was printed before is told again.
    printed
        Its signs.
    files
        Names of all other files, relative to the folder.
    """
    release = served.snapshot.release
    codes = {one.sign.id: one.sign.code or "" for one, _ in printed if wish.base}
    before = {key: one for key, one in known.printed.items() if key in served.signs}
    document = {
        "wayfinder": __version__,
        "venue": served.slug,
        "release": release.number,
        "plan": release.hash,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "base_url": wish.base,
        "kind": wish.kind,
        "languages": list(wish.languages),
        "signs": [
            {"number": one.number, "code": codes.get(one.sign.id, ""), **told}
            for (one, _), told in zip(
                printed, tell_made([made for _, made in printed]), strict=True
            )
        ],
        "files": sorted(files),
        "printed": {
            **{key: {"drawing": one.drawing, "code": one.code} for key, one in before.items()},
            **{
                made.sign: {"drawing": made.drawing, "code": codes.get(made.sign, "")}
                for _, made in printed
            },
        },
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", "utf-8")
