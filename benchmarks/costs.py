"""What commands cost: wall and CPU seconds and memory, of them and of all that they start."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds of a command and its children, and the tree's peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def cost(commands: Sequence[Sequence[str]], cwd: Path, at_a_time: int = 1) -> Cost:
    """What the commands cost together, `at_a_time` in parallel; raises if one fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        me = psutil.Process()
        while not done.wait(0.05):
            total = 0
            for child in me.children(recursive=True):
                try:
                    total += child.memory_full_info().uss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total / 1e6)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    begun = time.perf_counter()

    # as everywhere: Python keeps what it compiled
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def one(command: Sequence[str]) -> None:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, env=env)

    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(one, commands))
    wall = time.perf_counter() - begun
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak[0])


def row(name: str, found: Cost, note: str = "") -> None:
    """One line of the table."""
    print(f"{name:<44} {found.wall:8.2f} {found.cpu:8.2f} {found.memory:8.0f}  {note}", flush=True)
