"""Real builds as programs of their own, killed at any moment or two at a time; what is there then."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from planwerk.publish import MANIFEST, digest, names_below

ROOT = Path(__file__).resolve().parents[2]
WAYS = ((), ("portal",), ("--account", "nordwind"), ("--audience", "client"), ("--no-cache",), ("word", "slides"))  # fmt: skip
"""What a build may be asked for: what it leaves moves along, or stays."""


class Workspace:
    """A workspace with two accounts that is built again and again, its plans a little other each time."""

    def __init__(self, root: Path) -> None:
        self.root, self.out, self.turn = root, root / "build", 0
        for name in ("nordwind-logistik", "alpenfracht"):
            shutil.copytree(ROOT / "plans" / name, root / "plans" / name.partition("-")[0])
        for name in ("industries", "personas"):
            shutil.copytree(ROOT / "plans" / name, root / "plans" / name)
        for name in ("workspace.yml", "questions.md"):
            shutil.copy(ROOT / "plans" / name, root / "plans" / name)
        shutil.copytree(ROOT / "site", root / "site")
        (root / ".build.mine").write_text("mine", "utf-8")

    def change(self) -> None:
        """Another word in what a client reads: another output."""
        self.turn += 1
        path = self.root / "plans/nordwind/client.md"
        words = path.read_text("utf-8").partition("\n\nStand ")[0]
        path.write_text(f"{words}\n\nStand {self.turn}.\n", "utf-8")

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A build, with all its processes in a group of their own."""
        command = [sys.executable, "-m", "planwerk", "-q", "-C", str(self.root), "build", *words]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT / "generator")})  # fmt: skip

    def build(self, *words: str) -> None:
        """A build that comes to its end."""
        process = self.start(*words)
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()

    def wrong(self, at_rest: bool = True) -> str:
        """What is wrong with the output; "" where it is whole. `at_rest`: nothing else is there."""
        if not self.out.is_dir():
            return "gone"
        rows = json.loads((self.out / MANIFEST).read_text("utf-8"))["files"]
        there = {*names_below(self.out)} - {MANIFEST}
        if there != {*rows}:
            return f"files: {sorted(there ^ {*rows})[:3]}"
        other = [name for name, row in rows.items() if digest(self.out / name) != row["sha256"]]
        if other:
            return f"bytes: {other[:3]}"
        if (self.root / ".build.mine").read_text("utf-8") != "mine":
            return "what is somebody's own"
        beside = {p.name for p in self.root.iterdir()} - {"plans", "site", "build", ".build.mine", ".planwerk-cache"}  # fmt: skip
        return f"left: {beside}" if at_rest and beside else ""


def killed(space: Workspace, rng: Random, took: float) -> tuple[str, str]:
    """A build killed at any moment of `took` seconds: where it was, and what is wrong then."""
    space.change()
    process = space.start(*rng.choice(WAYS))
    moment = rng.random() * took * 1.05
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    where = "swapping" if space.out.with_name(".build.old").exists() else "filling" if space.out.with_name(".build.new").exists() else "before or after"  # fmt: skip
    found = space.wrong(at_rest=False)
    return where, "" if found == "gone" and where == "swapping" else found


def swapped(space: Workspace, rng: Random, seconds: float = 60) -> str:
    """A build killed in the moment in which the outputs change places; "" or what is wrong."""
    space.change()
    process = space.start(*rng.choice(WAYS))
    old, begun = space.out.with_name(".build.old"), time.monotonic()
    while not old.exists() and process.poll() is None and time.monotonic() - begun < seconds:
        pass  # a nap would be longer than the moment
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    found = space.wrong(at_rest=False)
    return "" if found == "gone" and old.exists() else found


def both(space: Workspace) -> tuple[list[int], str]:
    """Two builds at once: how they ended, and what is wrong."""
    space.change()
    processes = [space.start("--no-cache") for _ in range(2)]
    for process in processes:
        process.communicate()
    return sorted(p.returncode for p in processes), space.wrong()
