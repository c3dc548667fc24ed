"""New workspaces, and new files in them: to fill, with hints that no output shows.

A kind is a module with `asks(house, given)` (what it needs to know, with choices and defaults)
and `draft(house, given)` (the files), its templates in `templates/<language>/`, one line here,
its command in cli.py and its words under `next` and `ui.new_ask`.
"""

from __future__ import annotations

from types import ModuleType

from planwerk.scaffold import (
    account,
    industry,
    meeting,
    period,
    persona,
    review,
    roll,
    slides,
    stakeholder,
)

KINDS: dict[str, ModuleType] = {
    "account": account,
    "period": period,
    "review": review,
    "slides": slides,
    "stakeholder": stakeholder,
    "meeting": meeting,
    "industry": industry,
    "persona": persona,
}
MAKERS = {**KINDS, "roll": roll}
"""All that makes files: the kinds of `planwerk new`, and `planwerk roll`."""
