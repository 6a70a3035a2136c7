"""One file is read in a process of its own: what came of it lies in the folder when it ends."""

import json
import os
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from wayfinder.errors import CodedError
from wayfinder.services.uploads.confine import confine
from wayfinder.services.uploads.limits import LIMITS, Kind

Task = Callable[[Path, Path, Mapping[str, Any]], None]
"""Reads a file, and writes into a folder what it makes of it, as the options say."""

SOURCE, MADE = "source", "made"
"""Folders: of the one file that was brought, and of what is made of it."""
OPTIONS, SAID = "options.json", "said.json"
_TASKS: Mapping[Kind, str] = {
    Kind.PLAN: "wayfinder.services.uploads.plans",
    Kind.PICTURE: "wayfinder.services.uploads.pictures",
    Kind.SHEET: "wayfinder.services.directory_sheet.reading",
}
"""The module with the function ``read`` of each kind: they are loaded before anything is read."""
_DONE, _CRASHED, _NO_MEMORY = 0, 1, 3


def load_tasks() -> dict[Kind, Task]:
    """Load whatever reading a file needs: later there is little memory for it."""
    return {kind: import_module(name).read for kind, name in _TASKS.items()}


def read_in_here(folder: Path, kind: Kind, task: Task) -> int:
    """Read the file of a folder in this process, which is good for nothing else afterwards.

    Returns
    -------
    int
        What the process is to end with: 0 where ``said.json`` says what came of it.
    """
    os.chdir(folder)
    options = json.loads((folder / OPTIONS).read_bytes())
    (source,) = (folder / SOURCE).iterdir()
    confine(LIMITS[kind], folder)
    said: dict[str, Any] = {}
    try:
        task(source, folder / MADE, options)
    except CodedError as error:
        said = {"error": write_error(error)}
    except MemoryError:
        return _NO_MEMORY
    except Exception as error:  # noqa: BLE001 - whatever a file brings about
        said = {"crash": [type(error).__name__, *_list_frames(error)]}
        (folder / SAID).write_text(json.dumps(said), "utf-8")
        return _CRASHED
    (folder / SAID).write_text(json.dumps(said), "utf-8")
    return _DONE


def ran_out_of_memory(code: int) -> bool:
    """Tell whether a process ended because there was no memory left."""
    return code == _NO_MEMORY


def write_error(error: CodedError) -> dict[str, Any]:
    """Return an error as a document."""
    place = getattr(error, "place", "")
    values = json.loads(json.dumps(dict(error.values), default=str))
    return {"kind": error.kind, "code": error.code, "values": values, "place": place}


def _list_frames(error: BaseException) -> list[str]:
    """List where it went wrong: our own lines only, nothing of the file."""
    found = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{Path(one.filename).name}:{one.lineno}" for one in found]
