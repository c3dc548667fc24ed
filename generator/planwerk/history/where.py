"""Which file of a workspace a path is: its kind, its account, its period or name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from planwerk.model.kinds import BY_NAME, KINDS, Kind
from planwerk.model.pictured import MEETINGS
from planwerk.model.types import PERIOD_ID
from planwerk.read import ID, SHARED_FOLDERS

FILES = {(kind.place, kind.file): kind for kind in KINDS if kind.place in ("top", "account", "period")}  # fmt: skip
FOLDERS = {"personas": BY_NAME["persona"], "industries": BY_NAME["industry"]}
assert FOLDERS.keys() == SHARED_FOLDERS.keys()


CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.M)
MARKS = ("<" * 7, ">" * 7)


class Where(NamedTuple):
    """Which file of a workspace a path below plans/ is."""

    kind: Kind
    account: str = ""
    of: str = ""


def conflict_in(words: str) -> re.Match[str] | None:
    """What git leaves in a file where two changes meet, if it stands in these words."""
    if not any(mark in words for mark in MARKS):  # hardly ever, and this is found out faster
        return None
    return CONFLICT.search(words)


def where(path: PurePosixPath) -> Where | None:
    """The file that `path` (below plans/) is; None for what no workspace holds."""
    parts = path.parts
    match parts:
        case (name,):
            kind = FILES.get(("top", name))
            return Where(kind) if kind else None
        case (folder, _) if folder in FOLDERS:
            well = path.suffix == ".md" and ID.fullmatch(path.stem)
            return Where(FOLDERS[folder], "", path.stem) if well else None
        case (account, name) if ID.fullmatch(account):
            kind = FILES.get(("account", name))
            return Where(kind, account) if kind else None
        case (account, folder, name) if folder == MEETINGS and ID.fullmatch(account):
            return Where(BY_NAME["meeting"], account, path.stem) if path.suffix == ".md" else None
        case (account, period, name) if ID.fullmatch(account) and PERIOD_ID.fullmatch(period):
            kind = FILES.get(("period", name))
            return Where(kind, account, period) if kind else None
    return None
