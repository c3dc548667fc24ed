"""A few real builds killed, and a few that meet; `make proofs` does it hundreds of times."""

from __future__ import annotations

import time
from random import Random

import pytest

from crash.builds import Workspace, both, killed, swapped
from planwerk.publish import MANIFEST

KILLS, SWAPS, PAIRS = 3, 1, 1


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, float]:
    """A workspace that was built, and the seconds that a build of it takes."""
    made = Workspace(tmp_path_factory.mktemp("crash"))
    made.build()
    begun = time.monotonic()
    made.change()
    made.build("--no-cache")
    return made, time.monotonic() - begun


def test_a_killed_build_leaves_the_old_output_or_the_new_one(
    space: tuple[Workspace, float],
) -> None:
    made, took = space
    rng = Random(7)
    assert [found for _ in range(KILLS) if (found := killed(made, rng, took)[1])] == []
    for _ in range(SWAPS):
        assert swapped(made, rng) == ""
        made.build()
        assert made.wrong() == ""


def test_of_two_builds_at_once_one_writes(space: tuple[Workspace, float]) -> None:
    made, _ = space
    for _ in range(PAIRS):
        codes, wrong = both(made)
        assert codes in ([0, 5], [0, 0])
        assert wrong == ""


def test_a_planted_loss_is_found(space: tuple[Workspace, float]) -> None:
    made, _ = space
    made.build()
    page = made.out / "clients/nordwind/index.html"
    words = page.read_bytes()
    page.write_bytes(words[:-1])
    assert made.wrong().startswith("bytes")
    page.unlink()
    assert made.wrong().startswith("files")
    (made.out / MANIFEST).rename(made.out / "page.html")
    with pytest.raises(FileNotFoundError):
        made.wrong()
