"""One piece of work, as the function that does it sees it; and its doing, to whatever end."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from wayfinder.errors import CodedError
from wayfinder.services.background.kinds import KINDS
from wayfinder.store import Store, StoreError, UnknownError
from wayfinder.store.jobs import JobRecord, beat_job, end_job

BEAT_S = 3.0
"""How often a process says that it is alive (ours)."""


@dataclass
class Run:
    """What a function that works in the background is given.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    arguments
        What was asked.
    """

    store: Store
    slug: str
    arguments: Mapping[str, Any]
    _step: str = ""
    _share: float = 0.0
    _told: threading.Event = field(default_factory=threading.Event)

    def tell(self, step: str, share: float) -> None:
        """Tell what is done from now on, and how much of all is done, 0 to 1.

        Costs nothing: it is written down by another thread.
        """
        self._step, self._share = step, share
        self._told.set()

    @property
    def progress(self) -> tuple[str, float]:
        """What was told last."""
        return self._step, self._share


def do(
    store: Store,
    job: JobRecord,
    runner: str,
    *,
    lost: Callable[[], object],
    kinds: Mapping[str, str] = KINDS,
) -> None:
    """Do a job that was claimed, and note what came of it.

    Parameters
    ----------
    store
        The store.
    job
        The job.
    runner
        Who has claimed it.
    lost
        Called, from another thread, where somebody else has taken the job over.
    kinds
        What can be done.

    Raises
    ------
    Exception
        Whatever the function raises that is no refusal; it is noted as ``job-failed`` before.
    """
    run = Run(store, job.venue, job.arguments)
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(run, job, runner, over, lost), daemon=True)
    beating.start()
    try:
        result, problem = _find(kinds, job.kind)(run), None
    except CodedError as error:
        result, problem = None, {"code": error.message_id, "values": dict(error.values)}
    except Exception:
        _end(store, job, runner, None, {"code": "store.job-failed", "values": {}})
        raise
    finally:
        over.set()
        run._told.set()  # noqa: SLF001 - of this module
        beating.join()
    _end(store, job, runner, result, problem)


def _find(kinds: Mapping[str, str], kind: str) -> Callable[[Run], Any]:
    named = kinds.get(kind)
    if named is None:
        raise UnknownError("unknown-job-kind", kind=kind)
    module, _, name = named.partition(":")
    function: Callable[[Run], Any] = getattr(import_module(module), name)
    return function


def _end(
    store: Store,
    job: JobRecord,
    runner: str,
    result: Any,  # noqa: ANN401 - JSON
    problem: Mapping[str, Any] | None,
) -> None:
    with store.write() as connection:
        now = datetime.now(UTC)
        end_job(connection, job.id, runner, result=result, problem=problem, now=now)


def _beat(
    run: Run, job: JobRecord, runner: str, over: threading.Event, lost: Callable[[], object]
) -> None:
    """Say every few seconds, and at each new step, that the work goes on."""
    while not over.is_set():
        run._told.wait(BEAT_S)  # noqa: SLF001 - of this module
        run._told.clear()  # noqa: SLF001 - of this module
        if over.is_set():
            return
        try:
            with run.store.write() as connection:
                now = datetime.now(UTC)
                is_own = beat_job(connection, job.id, runner, *run.progress, now)
        except StoreError:
            continue  # a database that is away is asked again
        if not is_own:
            lost()
            return
