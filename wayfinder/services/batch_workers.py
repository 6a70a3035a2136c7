"""Processes that draw: as many as there are cores to spare, none of them given anything large."""

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self, TypeVar

from wayfinder.services.batch_folder import BatchError

_T = TypeVar("_T")
_J = TypeVar("_J")

PROCESSES = 2
"""This one and one that draws: a venue's server has other things to do, and each process that
draws takes some 170 MB (ours)."""
_AHEAD = 2
"""Jobs a process that wait for it: more would be kept in memory to no use."""


class Workers:
    """Runs functions in other processes, or in this one where there is no other to run them.

    Parameters
    ----------
    processes
        How many work at once, this one among them; 1 starts none.
    folder
        For what they are given: jobs of megabytes go through files, for the queue of the pool has
        been seen to stand still where one did not get through it. Nobody else writes there.
    """

    def __init__(self, processes: int, folder: Path) -> None:
        self._count = min(processes, os.cpu_count() or 1) - 1
        self._pool: ProcessPoolExecutor | None = None
        self._folder = folder
        if self._count > 0:
            # afresh and not forked: this process may hold a network of hundreds of megabytes
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, context, initializer=_begin)

    def __enter__(self) -> Self:
        """Use it in a ``with`` block: its processes end with that."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the processes finish what they do, and end them; after an error begin no more."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=kind is not None)

    def run(self, function: Callable[[_J], _T], jobs: Iterable[_J]) -> Iterator[tuple[_J, _T]]:
        """Run a function on jobs, and yield each with what came of it, in their order.

        Jobs are asked for as they are needed, so that they may be made meanwhile.

        Raises
        ------
        BatchError
            A process was ended from outside.
        """
        if self._pool is None:
            for job in jobs:
                yield job, function(job)
            return
        under_way: deque[tuple[_J, Future[_T]]] = deque()
        try:
            for number, job in enumerate(jobs):
                path = self._folder / f"{function.__name__}-{number}"
                with path.open("wb") as file:
                    _Pickler(file).dump(job)
                under_way.append((job, self._pool.submit(_run, function, path)))
                if len(under_way) > self._count * _AHEAD:
                    first, future = under_way.popleft()
                    yield first, future.result()
            while under_way:
                first, future = under_way.popleft()
                yield first, future.result()
        except BrokenProcessPool:
            raise BatchError("printing.stopped") from None


class _Pickler(pickle.Pickler):
    """Writes mappings that nobody may change, which `pickle` refuses."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - any object
        """Return how a mapping is made again; others as usual."""
        if isinstance(value, MappingProxyType):
            return _freeze, (dict(value),)
        return NotImplemented


def _freeze(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def _run(function: Callable[[_J], _T], path: Path) -> _T:
    """Run a function on a job that the process that asked has written."""
    with path.open("rb") as file:
        job: _J = pickle.load(file)  # noqa: S301 - a file of our own, that others cannot write
    path.unlink()
    return function(job)


def _begin() -> None:
    """Leave the keyboard to the process that asked, and end when that does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os._exit(1)
