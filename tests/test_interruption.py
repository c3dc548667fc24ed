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
        capture_output=True, text=True, timeout=15, env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip


@pytest.mark.parametrize("meeting", [PUT_AWAY, TURNED], ids=["swallowed", "turned into an error"])
def test_an_interruption_ends_the_run_wherever_it_falls(meeting: str, tmp_path: Path) -> None:
    done = run(meeting, tmp_path)
    assert (done.returncode, done.stdout) == (130, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_error_without_an_interruption_is_reported_as_a_bug(tmp_path: Path) -> None:
    done = run(BUG, tmp_path)
    assert done.returncode == 70
    (report,) = tmp_path.iterdir()
    assert "nobody interrupted" in report.read_text()
