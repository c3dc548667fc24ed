"""Two workspaces that differ only in what a client may not see give it the same, to the byte.

`make proofs` tries two hundred pairs; here are a few, and whether an open gate would be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gate.coverage import NEVER, expected, missing
from gate.pairs import Pair, built, difference, one_server, pair, told_twice
from gate.plants import PLANTS, planted
from gate.sight import Key
from gate.worlds import World, plot
from planwerk.model.kinds import all_records

PAIRS = range(10)
PLANTED = 3
COVERED = 20


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    with one_server():
        yield


@pytest.mark.parametrize("number", PAIRS)
def test_a_client_gets_the_same_whatever_it_may_not_see(
    number: int, server: None, tmp_path: Path
) -> None:
    found: Pair = pair(number, tmp_path)
    assert found.difference == ""
    assert found.files > 30
    assert len(found.touched) > 150


def test_every_field_of_every_model_is_changed_by_some_pair() -> None:
    touched: set[Key] = set()
    for number in range(COVERED):
        world = World(plot(number), "a", Path("nowhere"), touched)
        world.touched |= set(world.chance(world.plot.states[-1])[1].touched.values())
    assert missing(touched) == set()
    assert len(expected()) > 450


def test_what_is_never_changed_exists() -> None:
    known = {(k.__name__, n) for k in all_records().values() for n in k.model_fields}
    named = {(kind, one) for kind, names in NEVER for one in names.split() if one != "*"}
    assert {key for key in named - known if key[0] not in ("Account", "Period")} == set()


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, World]:
    """A pair, told and not yet built."""
    return told_twice(plot(PLANTED), tmp_path_factory.mktemp("twins"), set())


@pytest.mark.parametrize("plant", PLANTS)
def test_an_open_gate_is_found(plant: str, server: None, twins: tuple[World, World]) -> None:
    with planted(plant):
        made = [built(world.plot, world.root) for world in twins]
    assert difference(*made) != "", plant
