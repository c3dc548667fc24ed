"""All that clients and partners would get of one build, looked through: what was made, and what stays as it was.

A part that stays was looked through before. It is again where something else is looked for now: a new
account, a new name, another note; a digest of all that is remembered beside the part's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from planwerk.checks import identities
from planwerk.folders import OVERALL, is_outside, outside, owner
from planwerk.halves import each
from planwerk.kept import Stays
from planwerk.leaving import Files, Leaving, expected_files
from planwerk.options import Options
from planwerk.problems import Problem
from planwerk.read import Reading
from planwerk.render.shipped import digests
from planwerk.theme import load_theme
from planwerk.unchanged import Outputs


def looked_through(
    reading: Reading, outputs: Outputs, options: Options, folder: Path,
    made: Mapping[str, tuple[str, ...]], stays: Stays,
) -> list[Problem]:  # fmt: skip
    """What must not leave of what was filled into `folder` and of what will move there.

    `made` are the files that the renderers say they wrote, by the parts of the output.
    """
    shown = PurePosixPath(os.path.relpath(outputs.out, outputs.root))
    files = Files(partial(digests, load_theme(options.brand), options.engine))
    look = Leaving(reading, identities(reading), shown, files)
    new = {part: folder / part for part in outside(folder)}
    old = {part: outputs.out / part for part in stays.parts if is_outside(part)}
    todo: list[str] = []
    for part in sorted({**old, **new}):
        account = owner(part)[1]
        asked = look.asked(account, _known(outputs, f"{OVERALL}/accounts/{account}"))
        if part in new or not outputs.was_asked(part, asked):
            todo.append(part)
        outputs.asked[part] = asked

    def problems(number: int) -> list[Problem]:
        part = todo[number]
        names = stays.kept if part in new else stays.moved
        expected = expected_files(made.get(part, ()), names, part)
        return look.problems(*owner(part), new.get(part) or old[part], expected)

    # a copy of this process looks through a part of them
    return [problem for _, found in sorted(each(problems, len(todo))) for problem in found]


def _known(outputs: Outputs, part: str) -> str:
    """The digest of all that we know of an account, where this build worked it out."""
    same = outputs.same.get(part)
    return outputs.new.get(part) or (same.digest if same else "")
