"""The example portfolio with the history of a year, as a workspace to look around in.

The last state is the example portfolio itself. `story/` tells the steps that led to it, each with
what its files were before; undone one after the other, from the last to the first, they give every
state. So nothing is kept twice, and a step that no longer fits the plans is found (`Misfit`).
"""

from __future__ import annotations

from pathlib import Path

from planwerk.model.house_page import FOLDER as SITE
from planwerk.problems import refuse
from planwerk.repository import NewCommit, Unreadable, create_repository
from planwerk.scaffold.demo.states import commits
from planwerk.scaffold.demo.story import PLANS, load_story
from planwerk.scaffold.workspace import IGNORED
from planwerk.theme import data_folder

PAGES = tuple(f"{page}.{code}.md" for page in ("imprint", "privacy") for code in ("de", "en"))
WORKSPACE = f"{PLANS}/workspace.yml"


def tip() -> dict[str, bytes]:
    """The files of the example portfolio by their names, from `plans/` on."""
    folder = data_folder(PLANS)
    names = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        f"{PLANS}/{name.as_posix()}": (folder / name).read_bytes()
        for name in names
        if not any(part.startswith(".") for part in name.parts)
    }


def demo_commits() -> list[NewCommit]:
    """The commits of the example portfolio, the same ones every time."""
    last = tip()
    story = load_story(last[WORKSPACE])
    return list(commits(last, story, {".gitignore": IGNORED.encode(), **own_pages()}))


def own_pages() -> dict[str, bytes]:
    """The house's own pages of the example portfolio by their names, from `site/` on."""
    return {f"{SITE}/{name}": (data_folder(SITE) / name).read_bytes() for name in PAGES}


def scaffold_demo(path: Path) -> int:
    """Make the folder `path` the example portfolio with its history; how many commits that took.

    Refuses (exit code 2) a folder that holds anything, and where git cannot be used.
    """
    if path.exists() and any(path.iterdir()):
        raise refuse("folder-not-empty", str(path), found=str(path))
    made = demo_commits()
    was_there = path.exists()
    try:
        create_repository(path, made)
    except Unreadable as unreadable:
        if not was_there and path.exists() and not any(path.iterdir()):
            path.rmdir()
        raise refuse("demo-without-git", str(path), found=unreadable.reason) from None
    return len(made)
