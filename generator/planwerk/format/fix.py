"""`planwerk fix`: what is safe to mend, then the canonical form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planwerk.format.files import plan_files
from planwerk.format.fmt import Progress, Rewritten, put, read_bytes
from planwerk.format.form import formed
from planwerk.format.mend import mended


def fix(
    root: Path, paths: Sequence[Path] = (), write: bool = True, progress: Progress | None = None
) -> Rewritten:
    """Mend the files below `root/plans` (or those of `paths`), and format what can be read.

    Without `write` nothing is changed, and the texts before and after come back.
    """
    files, problems = plan_files(root, paths)
    out = Rewritten(problems=problems)
    for number, file in enumerate(files):
        if progress:
            progress("formatting", number, len(files))
        raw = read_bytes(file)
        better = mended(file.name, raw, file.kind)
        text = formed(file.name, better.text.encode("utf-8") if better else raw, file.kind)
        if not isinstance(text, str):
            out.problems += text
            if better is None:
                out.unchanged += 1
                continue
            text = better.text
        if put(file, raw, text, write, out):
            out.mended += better.findings if better else 0
            if not write:
                before = raw.decode("utf-8-sig", "replace")
                out.changes[str(file.name)] = (before, text)
    return out
