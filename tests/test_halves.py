"""Work shared with a copy of the process: all of it is done once, and no end of the copy is missed."""

from __future__ import annotations

import os
import signal
import time

import psutil
import pytest

from planwerk.halves import each, shared
from planwerk.problems import Refusal, refuse

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
HERE = os.getpid()


def test_all_is_done_once_and_both_take_a_part() -> None:
    def work(number: int) -> tuple[int, int]:
        time.sleep(0.001)
        return number * number, os.getpid()

    found = dict(shared(work, 300))
    assert {number: square for number, (square, _) in found.items()} == {
        n: n * n for n in range(300)
    }
    assert len({process for _, process in found.values()}) == 2


def test_what_comes_of_the_copy_may_be_long() -> None:
    found = dict(shared(lambda number: "x" * 100_000, 60))
    assert sum(map(len, found.values())) == 6_000_000


def test_a_copy_is_not_worth_it_for_few() -> None:
    assert list(each(lambda number: (number, os.getpid()), 2)) == [(n, (n, HERE)) for n in (0, 1)]
    assert dict(each(lambda number: number, 5000)) == {
        n: n for n in range(5000)
    }  # no pipe takes so many
    found = [process for _, (_, process) in each(lambda _: (time.sleep(0.01), os.getpid()), 40)]
    assert (len(found), len(set(found))) == (40, 2)


def in_the_copy(end: object) -> object:
    """Work that ends the copy by calling `end`, while this process waits for that."""
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            end()  # type: ignore[operator]
        time.sleep(0.01)
        return number

    return work


def test_a_refusal_in_the_copy_is_raised_here() -> None:
    def end() -> None:
        raise refuse("unreadable-file", "x", 6, found="no")

    with pytest.raises(Refusal) as refused:
        list(shared(in_the_copy(end), 1000))  # type: ignore[arg-type]
    assert refused.value.code == 6


def test_a_mistake_in_the_copy_says_where_it_happened() -> None:
    def end() -> None:
        raise KeyError("lost")

    with pytest.raises(KeyError) as mistake:
        list(shared(in_the_copy(end), 1000))  # type: ignore[arg-type]
    assert "in end" in "".join(mistake.value.__notes__)


def test_a_copy_that_is_killed_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="without an answer"):
        list(shared(in_the_copy(lambda: os.kill(os.getpid(), signal.SIGKILL)), 50))  # type: ignore[arg-type]


def test_whoever_stops_asking_leaves_no_process_behind() -> None:
    before = {child.pid for child in psutil.Process().children()}
    running = shared(in_the_copy(lambda: time.sleep(60)), 1000)
    next(running)
    began = time.monotonic()
    running.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 10
    assert {child.pid for child in psutil.Process().children()} <= before
