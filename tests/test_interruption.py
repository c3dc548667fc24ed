"""Ctrl-C at moments at which Python or a library cannot pass it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PUT_AWAY = """
class Held:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

@cli.command()
def meet():
    held = Held()
    del held
    time.sleep(20)
"""
TURNED = """
@cli.command()
def meet():
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
    except BaseException:
        raise ValueError("a library's own words") from None
"""
ALL_HEAR = """
import threading
threading.Timer(1, os.killpg, (0, signal.SIGINT)).start()

def slow(*asked):
    time.sleep(60)
"""
SERVER = f"""{ALL_HEAR}
from pathlib import Path
from planwerk.jobs import Job, Pool

@cli.command()
def meet():
    pool = Pool()
    pool.context.set_forkserver_preload(["warming_up"])
    pool.start()
    try:
        list(pool.run(iter([Job("account", (), (), Path(), (), None, "", "")])))
    finally:
        pool.stop()
"""
TOLD = f"""{ALL_HEAR}
from planwerk.history import past
past.worked_out = slow

@cli.command()
def meet():
    list(past._all(object(), list(range(past.MANY))))
"""
TELLERS = f"""{ALL_HEAR}
from planwerk.history import trail

class Teller:
    tell = slow

@cli.command()
def meet():
    list(trail._all(Teller(), list(range(trail.MANY))))
"""
BUG = """
@cli.command()
def meet():
    raise ValueError("nobody interrupted")
"""
START = "import os, signal, time\nsignal.signal(signal.SIGINT, signal.default_int_handler)\nfrom planwerk.cli import cli, main\n"  # fmt: skip


def run(meeting: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = f"{START}{meeting}\nmain()"
    return subprocess.run(
        [sys.executable, "-c", program, "--lang", "en", "meet"],
        capture_output=True, text=True, timeout=15, start_new_session=True,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join([*sys.path, str(folder / "modules")])},
    )  # fmt: skip


@pytest.mark.parametrize("meeting", [PUT_AWAY, TURNED], ids=["swallowed", "turned into an error"])
def test_an_interruption_ends_the_run_wherever_it_falls(meeting: str, tmp_path: Path) -> None:
    done = run(meeting, tmp_path)
    assert (done.returncode, done.stdout) == (130, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("meeting", [SERVER, TOLD, TELLERS], ids=["a server that warms up", "histories of clients", "our histories"])  # fmt: skip
def test_a_terminal_interrupts_all_processes_and_one_of_them_speaks(
    meeting: str, tmp_path: Path
) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules/warming_up.py").write_text("import time\ntime.sleep(60)\n", "utf-8")
    done = run(meeting, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\nInterrupted.\n")


def test_an_error_without_an_interruption_is_reported_as_a_bug(tmp_path: Path) -> None:
    done = run(BUG, tmp_path)
    assert done.returncode == 70
    (report,) = tmp_path.iterdir()
    assert "nobody interrupted" in report.read_text()
