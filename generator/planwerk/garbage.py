"""Python's search for circular references, held back where there are many objects and no such ones."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without that search: what is read, projected and said refers to no part of itself, and there
    are so many small objects of it that looking would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
