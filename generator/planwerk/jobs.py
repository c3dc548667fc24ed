"""Rendering for one audience, in a process that never saw anything else.

A job is the projection's bytes and where to write. Processes are forked from a server that
was started before any plan was read, with libraries and templates loaded; each outside
audience gets a process of its own, so that nothing internal, and no other client, is ever in
its memory.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path

from planwerk.blocks import Overflow
from planwerk.options import FORMATS

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One audience's outputs: the pickled projection, the folder, what to make.

    `kind` is `account` or `whole`; `accounts` name what of an internal projection this job
    renders, so that big portfolios are cut into several jobs. Of the pages over all accounts
    `projection` is what they say (`compose.whole`), for we work it out ourselves: it is ours.
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

    Make it before anything is read: the server starts to warm up at once, for these formats (and
    whatever else `warming/` holds).
    """

    def __init__(self, formats: Iterable[str] = FORMATS, workers: int = WORKERS) -> None:
        self.context = multiprocessing.get_context("forkserver")
        # the command line too: each process imports what the console script imports
        warming = [f"planwerk.warming.{name}" for name in formats]
        self.context.set_forkserver_preload(["planwerk.worker", *warming, "planwerk.cli"])
        self.workers = workers
        self.idle = True

    def start(self) -> None:
        """Start the server, and do not wait for it: it warms up while we read."""
        forkserver.ensure_running()

    def stop(self) -> None:
        """End the server and wait for it, so that what it cost is known to whoever asks."""
        if self.idle and (server := forkserver._forkserver._forkserver_pid):  # type: ignore[attr-defined]
            os.kill(server, signal.SIGKILL)  # nobody waits for what it still warms up for
        # the only way the standard library offers; it is what its own tests use
        forkserver._forkserver._stop()  # type: ignore[attr-defined]

    def run(self, jobs: Iterator[Job]) -> Iterator[Done]:
        """Every job's outcome, as it comes; as many at a time as there are workers.

        A job is taken when its turn comes.
        """
        running: dict[Connection, tuple[Job, multiprocessing.process.BaseProcess]] = {}
        job = next(jobs, None)
        while job is not None or running:
            while job is not None and len(running) < self.workers:
                self.idle = False
                ours, theirs = self.context.Pipe()
                process = self.context.Process(target=_serve, args=(theirs,), daemon=True)
                with _server_told():
                    process.start()
                    theirs.close()
                    ours.send_bytes(pickle.dumps(job))
                running[ours] = (replace(job, projection=b""), process)
                job = next(jobs, None)  # made ready while those before it are rendered
            for ready in wait(list(running)) if running else ():
                assert isinstance(ready, Connection)
                made, ended = running.pop(ready)
                done = _receive(ready, made)
                ended.join()
                ready.close()
                yield done


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
