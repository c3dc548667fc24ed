"""Work that this process shares with a copy of itself: each takes what is next.

The copy is forked, so it knows all that this process knows, and nothing has to be loaded or
sent but the results. Nobody waits while the other works: both read the numbers of what is to be
done from one pipe, in which all of them lie from the beginning.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeVar

T = TypeVar("T")
MOST = 4000
"""Numbers that a pipe takes at once on every system."""
FEW = 2
"""As many are done before a copy has begun."""
WIDTH = 2
"""Bytes of a number."""


def each(work: Callable[[int], T], count: int) -> Iterator[tuple[int, T]]:
    """Each number below `count` with what `work` makes of it, in any order; this process does it
    alone where a copy is not worth it, or not to be had."""
    if FEW < count <= MOST and hasattr(os, "fork"):
        return shared(work, count)
    return ((number, work(number)) for number in range(count))


def shared(work: Callable[[int], T], count: int) -> Iterator[tuple[int, T]]:
    """Each number below `count` with what `work` makes of it; those of the copy come last.

    `count` is at most `MOST`; what `work` raises in the copy is raised here.
    """
    todo, given = os.pipe()
    os.write(given, b"".join(number.to_bytes(WIDTH, "big") for number in range(count)))
    os.close(given)
    results, answer = os.pipe()
    copy = os.fork()
    if not copy:
        _work_and_end(work, todo, answer)
    os.close(answer)
    try:
        for number in _taken(todo):
            yield number, work(number)
        with open(results, "rb", closefd=False) as pipe:
            said = pipe.read()
        if not said:
            raise RuntimeError("the copy of this process ended without an answer")
        theirs = pickle.loads(said)
        if isinstance(theirs, BaseException):
            raise theirs
        yield from theirs
    finally:
        os.close(todo)
        os.close(results)
        os.kill(copy, signal.SIGKILL)  # it has ended, or nobody wants to know any more
        os.waitpid(copy, 0)


def _taken(todo: int) -> Iterator[int]:
    """The numbers that nobody took yet, one by one."""
    while number := os.read(todo, WIDTH):
        yield int.from_bytes(number, "big")


def _work_and_end(work: Callable[[int], object], todo: int, answer: int) -> NoReturn:
    """Do what is left, send what came of it, and leave nothing of this process behind."""
    said: object
    try:
        try:
            said = [(number, work(number)) for number in _taken(todo)]
        except BaseException as error:
            import traceback

            error.add_note(traceback.format_exc())
            said = error
            for _ in _taken(todo):  # the other need not go on
                pass
        with open(answer, "wb") as pipe:
            pipe.write(pickle.dumps(said))
    finally:
        os._exit(0)
