"""3,000 broken files: nothing raises, nothing hangs, every place lies in its file, every message is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fuzz import harness
from fuzz.harness import LABELS, Harness, fuzz
from planwerk.problems import Place, Problem

SEED, CASES = 7, 3000


def test_broken_files_of_every_kind_are_answered(tmp_path: Path) -> None:
    tally = fuzz(SEED, range(CASES), tmp_path)
    assert tally.findings == [], f"seed {SEED}; the files are in {tmp_path}"
    assert tally.runs == CASES
    assert set(LABELS) - tally.sound == set(), "fields that no well-formed file held"
    assert set(LABELS) - tally.touched == set(), "fields that were never broken"
    assert len(tally.rules) > 50


@pytest.fixture
def tried() -> Iterator[Harness]:
    made = Harness()
    yield made
    made.close()


def _raises(*words: Any) -> Any:
    raise ValueError("planted")


def _hangs(*words: Any) -> Any:
    while True:
        pass


def _outside(*words: Any) -> Any:
    return [Problem("empty-file", Place(Path("plans/nordwind/account.md"), 99))]  # type: ignore[arg-type]


def _gap(*words: Any) -> Any:
    return [Problem("not-utf8", Place(Path("plans/nordwind/account.md")))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "fault", "said"),
    [
        ("planwerk.read.split", _raises, "planted"),
        ("planwerk.read.decode", _hangs, "hang"),
        ("planwerk.read.check_prose", _outside, "lies outside its file"),
        ("planwerk.read.check_prose", _gap, "lacks found"),
    ],
)
def test_a_planted_fault_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tried: Harness, place: str, fault: Any, said: str
) -> None:
    raw = b"---\nname: Nordwind AG\nindustry: logistics\nowner: brandt\n---\nText\n"
    assert tried.run("nordwind/account.md", raw)[1] == ""
    monkeypatch.setattr(harness, "LIMIT", 0.2)  # enough for what hangs, however slow the machine
    monkeypatch.setattr(place, fault)
    assert said in tried.run("nordwind/account.md", raw)[1]
