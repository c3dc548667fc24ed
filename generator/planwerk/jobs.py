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
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from tempfile import gettempdir
from threading import Lock

from planwerk.blocks import Overflow
from planwerk.interruption import unheard
from planwerk.options import FORMATS
from planwerk.problems import refuse

WORKERS = 2
AHEAD = 32
"""How many jobs lie ready: while the pages over all accounts are worked out, none is added."""


@dataclass(frozen=True, slots=True)
class Job:
    """One audience's outputs: the packed projections, the folder, what to make.

    `kind` is `account` or `whole`; each of `projections` is of one of the `accounts`, so that big
    portfolios are cut into jobs of several accounts. Of the pages over all accounts it is what
    they say (`compose.whole`), for we work it out ourselves: it is ours.
    """

    kind: str
    projections: tuple[bytes, ...]
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

    `refused` is the number of the disk's error, where it is the disk that said no; `files` are
    those that were written for a client, by their names in its folder.
    """

    job: Job
    overflows: tuple[Overflow, ...] = ()
    failure: str = ""
    refused: int = 0
    files: tuple[str, ...] = ()


LONG_PATH = 60
"""Characters of a folder's path from which on an address in it may be too long."""


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
        self.lock = Lock()
        self.running: set[multiprocessing.process.BaseProcess] = set()

    def start(self) -> None:
        """Start the server, and do not wait for it: it warms up while we read. Refusal (exit code 6)
        where the folder for temporary files has too long a path for the server's address."""
        try:
            resource_tracker.ensure_running()  # it hears no Ctrl-C, and would let the next hear it
            with unheard():
                forkserver.ensure_running()
        except OSError as error:
            folder = gettempdir()
            if error.errno is not None or len(folder) < LONG_PATH:
                raise
            raise refuse("temp-path-long", folder, 6, found=str(len(folder))) from None

    def stop(self) -> None:
        """End the server and wait for it, so that what it cost is known to whoever asks."""
        if self.idle:
            _kill_server()  # nobody waits for what it still warms up for
        # the only way the standard library offers; it is what its own tests use
        forkserver._forkserver._stop()  # type: ignore[attr-defined]

    def run(self, jobs: Iterator[Job]) -> Iterator[Done]:
        """Every job's outcome, as it comes; as many at a time as there are workers.

        Jobs are taken one after another, `AHEAD` more than are being done. Processes are begun by
        threads: they go on while the pages over all accounts are worked out.
        """
        threads = ThreadPoolExecutor(self.workers)
        begun: set[Future[Done]] = set()
        more = True
        try:
            while more or begun:
                ahead = more and len(begun) < self.workers + AHEAD
                ended, begun = wait(begun, 0 if ahead else None, FIRST_COMPLETED)
                yield from (future.result() for future in ended)
                if ahead and not ended:
                    job = next(jobs, None)
                    more = job is not None
                    begun |= {threads.submit(self._do, job)} if job else set()
        except KeyboardInterrupt:
            _kill_server()  # threads may wait until it is warm
            raise
        finally:
            for future in begun:
                future.cancel()
            for process in list(self.running):  # nobody waits for what it makes
                process.kill()
            threads.shutdown()

    def _do(self, job: Job) -> Done:
        """What a process of its own makes of a job."""
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs,), daemon=True)
        with self.lock, _server_told():
            self.idle = False
            process.start()
            self.running.add(process)
            theirs.close()
        with _server_told():
            ours.send_bytes(pickle.dumps(job))
        done = _receive(ours, replace(job, projections=()))
        ours.close()
        wait_for([process.sentinel])
        with self.lock:
            process.join()
            self.running.discard(process)
        return done


def _serve(connection: Connection) -> None:
    """What a process does. Imported there alone: the module warms up when it is imported."""
    from planwerk.worker import serve

    serve(connection)


def _kill_server() -> None:
    if server := forkserver._forkserver._forkserver_pid:  # type: ignore[attr-defined]
        os.kill(server, signal.SIGKILL)


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
