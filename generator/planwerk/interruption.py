"""Ctrl-C: whatever it meets, the run ends as an interrupted one.

Python raises `KeyboardInterrupt` wherever the run happens to be. Some places cannot pass it on:
where an object is put away it is only printed, and libraries turn it into errors of their own.
So the moment is remembered as well: an error after it is no bug, and one that was swallowed is
raised again.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_asked: list[int] = []
"""The signals that asked to stop."""
AGAIN = 0.05
"""Seconds after which a swallowed interruption is raised anew: by then the place is left."""


def listen() -> None:
    """From now on remember an interruption; where nobody may interrupt, nothing changes."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return
    signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _unraisable


def interrupted() -> bool:
    """Whether somebody asked to stop."""
    return bool(_asked)


@contextmanager
def unheard() -> Iterator[None]:
    """Processes begun inside hear no Ctrl-C, which a terminal sends to all of a run: this one ends
    them, and each would tell where it was."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt


def _unraisable(swallowed: sys.UnraisableHookArgs) -> None:
    if not issubclass(swallowed.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(swallowed)
        return
    import threading

    main = threading.main_thread().ident
    again = threading.Timer(AGAIN, signal.pthread_kill, (main, signal.SIGINT))
    again.daemon = True
    again.start()
