"""What tests let work in the background."""

import os
import sys
import time
from pathlib import Path
from typing import Any

from wayfinder.services.background import Run
from wayfinder.store import ConflictError

KINDS = {name: f"tests.services.background.working:{name}" for name in ("add", "refuse", "crash")}


def add(run: Run) -> dict[str, Any]:
    """Add two numbers, and say how far it has come."""
    run.tell("adding", 0.5)
    if marks := run.arguments.get("mark"):
        Path(marks).write_text(f"{os.getpid()}", "utf-8")
        while not Path(f"{marks}.go").exists():
            time.sleep(0.02)
    found = {"sum": run.arguments["a"] + run.arguments["b"]}
    if sys.platform == "win32":
        return found
    return {**found, "nice": os.nice(0), "session": os.getsid(0)}


def refuse(run: Run) -> dict[str, Any]:
    """Refuse, as a store does."""
    raise ConflictError("draft-closed", name=run.slug)


def crash(_: Run) -> dict[str, Any]:
    """Fail for no reason that anybody foresaw."""
    raise ZeroDivisionError
