"""Writing files of a workspace: whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import os
from pathlib import Path

from planwerk.problems import refuse


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in place of `old`; refuses (exit code 2) a file that no longer holds `old`."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(new)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != old:
        beside.unlink()
        raise refuse("changed-meanwhile", str(path), found=str(path))
    beside.replace(path)
