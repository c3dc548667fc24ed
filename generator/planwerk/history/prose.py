"""Prose without the accidents of its writing: where its lines end says nothing."""

from __future__ import annotations

import re
from functools import lru_cache

BLOCK = re.compile(r"[#>|]|\[\^[^\]\s]+\]:|[-*+] |\d{1,9}[.)] |={3,}$|-{3,}$|\*{3,}$|_{3,}$")
"""How a line begins that does not continue the one before."""
FENCES = ("```", "~~~")
FENCE = re.compile("|".join(FENCES))
FINAL = re.compile(r"[#|]|={3,}$|-{3,}$|\*{3,}$|_{3,}$")
"""How a line begins that no other continues: a heading, a row of a table, a rule."""


def unwrapped(text: str) -> str:
    """The text with one line a paragraph, heading, item or row; code and hard breaks stay."""
    if any(mark in text for mark in FENCES):  # what is between two may hold empty lines
        return _unwrapped(text).strip()
    parts = [part for block in text.split("\n\n") if (part := _unwrapped(block).strip("\n"))]
    return "\n\n".join(parts).strip()


@lru_cache(maxsize=8192)
def _unwrapped(text: str) -> str:
    """The same of one block of a text; the space before its first line stays."""
    out: list[str] = []
    open_, hard, fence = False, False, ""
    for line in text.split("\n"):
        bare = line.strip()
        if fence or FENCE.match(bare):
            fence = _after(bare, fence)
            out.append(line.rstrip())
            open_ = hard = False
            continue
        words, begins = " ".join(bare.split()), bool(BLOCK.match(bare))
        if not bare:
            out += [""] if out and out[-1] else []
        elif open_ and not begins and not hard:
            out[-1] = f"{out[-1]} {words}"
        else:
            if open_ and not begins:
                out[-1] += "  "
            out.append((_indent(line) if not open_ or begins else "") + words)
        open_ = bool(bare) and not FINAL.match(bare)
        hard = line.endswith("  ")
    return "\n".join(out)


def _indent(line: str) -> str:
    """How far a block stands in: it says to which item of a list it belongs."""
    return line[: len(line) - len(line.lstrip())]


def _after(bare: str, fence: str) -> str:
    """The fence that is still open after this line."""
    if not fence:
        return bare[:3]
    return "" if bare.startswith(fence) else fence
