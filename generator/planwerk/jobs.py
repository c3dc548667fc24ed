"""Rendering for one audience, in a process that never saw anything else.

A job is the projection's bytes and where to write. Processes are forked from a server that
was started before any plan was read, with libraries and templates loaded; each outside
audience gets a process of its own, so that nothing internal, and no other client, is ever in
its memory.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path

from planwerk.blocks import Overflow
from planwerk.model.portfolio import Portfolio

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One audience's outputs: the pickled projection, the folder, what to make.

    `kind` is `account` or `portfolio`; `accounts` name what of an internal projection this
    job renders, so that big portfolios are cut into several jobs.
    """

    kind: str
    projection: bytes
    accounts: tuple[str, ...]
    out: Path
    formats: tuple[str, ...]
    language: str | None
    brand: str
    engine: str
    shared: Path | None = None
    """Where files that all sites have are kept once, to be linked."""
    before: tuple[str, ...] = ()
    """Downloads of an earlier build, below `out`: what this one does not make of them stays."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job leaves: problems of fit, or the words of what went wrong.

    `refused` is the number of the disk's error, where it is the disk that said no.
    """

    job: Job
    overflows: tuple[Overflow, ...] = ()
    failure: str = ""
    refused: int = 0


class Pool:
    """Processes forked from a server that holds libraries and templates, but no plan.

    Make it before anything is read: the server starts to warm up at once.
    """

    def __init__(self, workers: int = WORKERS) -> None:
        self.context = multiprocessing.get_context("forkserver")
        # the command line too: each process imports what the console script imports
        self.context.set_forkserver_preload(["planwerk.worker", "planwerk.cli"])
        self.workers = workers

    def start(self) -> None:
        """Start the server by a process that does nothing; it warms up while we read."""
        with _server_told():
            self.context.Process(target=int).start()

    def stop(self) -> None:
        """End the server and wait for it, so that what it cost is known to whoever asks."""
        # the only way the standard library offers; it is what its own tests use
        forkserver._forkserver._stop()  # type: ignore[attr-defined]

    def run(
        self, jobs: Sequence[Callable[[], Job]], progress: Callable[[int, int], None] | None = None
    ) -> list[Done]:
        """Every job's outcome, in the order of the jobs; as many at a time as there are workers.

        A job is made when its turn comes.
        """
        waiting = list(enumerate(jobs))[::-1]
        running: dict[Connection, tuple[int, Job, multiprocessing.process.BaseProcess]] = {}
        done: dict[int, Done] = {}
        while waiting or running:
            while waiting and len(running) < self.workers:
                index, make = waiting.pop()
                job = make()
                ours, theirs = self.context.Pipe()
                process = self.context.Process(target=_serve, args=(theirs,), daemon=True)
                with _server_told():
                    process.start()
                    theirs.close()
                    ours.send_bytes(pickle.dumps(job))
                running[ours] = (index, replace(job, projection=b""), process)
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                index, job, ended = running.pop(ready)
                done[index] = _receive(ready, job)
                ended.join()
                ready.close()
                if progress:
                    progress(len(done), len(jobs))
        return [done[index] for index in range(len(jobs))]


def _serve(connection: Connection) -> None:
    """What a process does. Imported there alone: the module warms up when it is imported."""
    from planwerk.worker import serve

    serve(connection)


@contextmanager
def _server_told() -> Iterator[None]:
    """RuntimeError where the server, or the process it made, ended before it was asked."""
    try:
        yield
    except (EOFError, ConnectionError) as error:
        raise RuntimeError(
            "the rendering server, or a process of it, ended before its work began"
        ) from error


def _receive(connection: Connection, job: Job) -> Done:
    try:
        answer = pickle.loads(connection.recv_bytes())
    except (EOFError, ConnectionError):
        return Done(job, failure="the process ended without an answer")
    return Done(job, *answer)


def pack(portfolio: Portfolio) -> bytes:
    """A projection as bytes: all that a worker will ever know."""
    return pickle.dumps(portfolio, protocol=5)
