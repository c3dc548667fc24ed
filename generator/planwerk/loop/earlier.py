"""The cells of white space as they were on an earlier day, where the history tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

from planwerk.model.account import WhiteSpaceCell
from planwerk.model.history import Change
from planwerk.model.portfolio import Account

KIND = "WhiteSpaceCell"
Cells = dict[str, WhiteSpaceCell]


def cells_at(account: Account, day: date) -> tuple[WhiteSpaceCell, ...] | None:
    """The account's cells at the end of that day; None where its history does not reach back.

    What changed since is taken back, the latest change first.
    """
    steps = account.history
    if not steps or (steps[0].commit.day or date.max) > day:
        return None
    cells = {f"{cell.department}/{cell.offering}": cell for cell in account.whitespace}
    for step in reversed(steps):
        if (step.commit.day or date.max) <= day:
            break
        for told in reversed(step.told):
            if told.change.kind == KIND and told.change.spot.path:
                _take_back(cells, told.change)
    return tuple(cells.values())


def _take_back(cells: Cells, change: Change) -> None:
    name = change.spot.path[-1]
    if change.what == "added":
        cells.pop(name, None)
    elif change.what == "removed":
        department, _, offering = name.partition("/")
        known: dict[str, Any] = {"department": department, "offering": offering, "state": "unknown"}
        known |= change.values
        cells[name] = WhiteSpaceCell.model_construct(**known)
    elif change.field and name in cells:
        cells[name] = cells[name].model_copy(update={change.field: change.old})
