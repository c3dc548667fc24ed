"""The KPI catalogue: one KPI, one file, whose constant `KPI` is a `kind.Kpi`.

The ids are in `model/computed.py`; a module is loaded when its KPI is asked for. What is not in
the catalogue is a house KPI: measured, or counted as workspace.yml declares it (`declared.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module

from planwerk.kpis.kind import Kpi
from planwerk.model.computed import CATALOGUE, IDS
from planwerk.model.workspace import Workspace


class _Catalogue(Mapping[str, Kpi]):
    """The KPIs by id."""

    def __getitem__(self, name: str) -> Kpi:
        if name not in IDS:
            raise KeyError(name)
        return _load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(CATALOGUE)

    def __len__(self) -> int:
        return len(CATALOGUE)

    def __contains__(self, name: object) -> bool:
        return name in IDS


@lru_cache(maxsize=len(CATALOGUE))
def _load(name: str) -> Kpi:
    found = import_module(f"planwerk.kpis.{name.replace('-', '_')}").KPI
    assert isinstance(found, Kpi) and found.id == name
    return found


BY_ID = _Catalogue()


def kpi_of(workspace: Workspace, name: str) -> Kpi | None:
    """How a KPI is counted: as the house declares it, else as the catalogue has it.

    None for one whose values are entered, or that does not exist.
    """
    for own in workspace.kpis:
        if own.id == name:
            if not own.log:
                return None
            from planwerk.kpis.declared import declared

            return declared(own)
    return BY_ID.get(name)
