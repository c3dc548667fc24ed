"""A client's worker never holds what the client may not see: its memory is searched while it works."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import planwerk.build as flow
import process_memory
from conftest import Write
from planwerk import jobs, parts
from planwerk.audience import CLIENT
from planwerk.jobs import Done, Job, Pool
from planwerk.model.portfolio import Portfolio
from planwerk.options import Options

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/PID/mem")
OPTIONS = Options(formats=("portal",), as_of=date(2026, 11, 23), remember=False)
SOON = 0.004
"""Seconds of its work between two looks at a worker."""
BUILDS = 5
"""How often workers are looked at until what they may hold was seen in each."""


def token() -> str:
    """A word that stands in no file, not in this one either."""
    return f"TK{os.urandom(8).hex()}"


class Watch:
    """What of some words each worker held, looked at again and again until it answered."""

    def __init__(self, words: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.words, self.looks = words, 0
        self.held: defaultdict[str, set[str]] = defaultdict(set)
        pools: list[Pool] = []

        def alone(formats: tuple[str, ...]) -> Pool:
            pools.append(Pool(formats, workers=1))
            return pools[-1]

        def receive(ours: Connection, job: Job) -> Done:
            (process,) = pools[-1].running
            assert process.pid
            while not ours.poll(SOON):
                self.looks += 1
                held = process_memory.held(process.pid, words)
                self.held[job.out.name] |= {words[word] for word in held}
            return before(ours, job)

        before: Callable[[Connection, Job], Done] = jobs._receive
        monkeypatch.setattr(flow, "Pool", alone)
        monkeypatch.setattr(jobs, "_receive", receive)


@pytest.fixture
def planted(workspace: Write) -> tuple[Path, dict[str, str]]:
    """Two clients, with a word in what each may see and in what it may not; and what each word is."""
    words = {token(): name for name in ("told nordwind", "hidden", "other client", "of the house")}
    told, hidden, other, house = words
    account = "---\nname: {name}\nindustry: logistics\nowner: brandt\n---\n\n{body}\n"
    files: dict[str, str | bytes | None] = {
        "nordwind/client.md": f"---\nshare: client\n---\n\nGemeinsam: {told}.\n",
        "nordwind/account.md": account.format(name="Nordwind AG", body=f"Unter uns: {hidden}."),
        "suedwind/account.md": account.format(name="Südwind GmbH", body="Nichts."),
        "suedwind/client.md": f"---\nshare: client\n---\n\nNur für sie: {other}.\n",
        "personas/buyer.md": f"---\nname: Einkauf\n---\n\nEinkauf sieht so aus: {house}.\n",
    }
    return workspace(files), words


def test_a_clients_worker_holds_nothing_but_what_it_may_see(
    planted: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, words = planted
    watch = Watch(words, monkeypatch)
    for _ in range(BUILDS):  # a machine that has much to do may let a worker end between two looks
        flow.build(root, OPTIONS)
        if watch.held["nordwind"] and watch.held["suedwind"]:
            break
    assert watch.looks >= 6
    # control: what the search finds in those who may hold it
    assert watch.held["nordwind"] == {"told nordwind"}
    assert watch.held["suedwind"] == {"other client"}
    assert watch.held["internal"] >= {"told nordwind", "hidden", "other client"}


def test_the_search_finds_what_an_open_gate_lets_into_the_worker(
    planted: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, words = planted
    watch = Watch(words, monkeypatch)

    def opened(whole: Portfolio, audience: str, account: str | None = None) -> Portfolio:
        seen = closed(whole, audience, account)
        return seen.model_copy(update={"personas": whole.personas}) if audience == CLIENT else seen

    closed = parts.project
    monkeypatch.setattr(parts, "project", opened)
    for _ in range(BUILDS):
        flow.build(root, OPTIONS)
        if watch.held["nordwind"]:
            break
    assert watch.held["nordwind"] == {"told nordwind", "of the house"}
