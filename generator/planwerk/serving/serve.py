"""Watching the plans and serving what they say, until somebody ends it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from planwerk.audience import INTERNAL
from planwerk.digests import of_program
from planwerk.folders import OVERALL, folder_of
from planwerk.options import Options
from planwerk.problems import Problem
from planwerk.render.directory import directory
from planwerk.render.findable import DIRECTORY, WORDS
from planwerk.serving.making import Making, Ready
from planwerk.serving.state import State
from planwerk.serving.web import Server

PAUSE = 0.2
"""Seconds between two looks at the plans."""
SHARE = 10
"""A look that takes long is followed by a pause that is this many times longer."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said on pages: `told` makes words of problems, all else is said as it stands."""

    told: Callable[[list[Problem]], str]
    title: str
    elsewhere: str
    missing: str


@dataclass(slots=True)
class Serving:
    """The pages of one audience as the plans are now; browsers ask from threads of their own."""

    state: State
    making: Making
    options: Options
    words: Words
    changed: threading.Condition = field(default_factory=threading.Condition)
    crashed: list[BaseException] = field(default_factory=list)
    _generation: int = 0
    _checked: dict[str, int] = field(default_factory=dict)
    _watched: Counter[str] = field(default_factory=Counter)
    _directory: tuple[object, dict[str, str]] = (None, {})

    # --- what browsers ask --------------------------------------------------------------------

    def file(self, name: str) -> tuple[bytes, str, int] | None:
        """A file by its name, the part it belongs to, and the number of its making."""
        part, rest = self._part_of(name)
        with self.changed:
            if part == OVERALL and rest.startswith(f"{DIRECTORY}/"):
                words = self._leading().get(rest)
                return None if words is None else (words.encode(), part, 0)
            ready = self._current(part)
            if ready is None or rest not in ready.files:
                return None
            return ready.files[rest].read_bytes(), part, ready.number

    def missing(self, name: str) -> tuple[bytes, str]:
        """What stands where no page is: that there is none, and, beside it, what is wrong."""
        page = (
            '<!doctype html><html><head><meta charset="utf-8"><title>Planwerk</title></head>'
            f'<body style="font-family:system-ui;margin:3rem"><p>{escape(self.words.missing)}</p></body></html>'
        )
        return page.encode(), self._part_of(name)[0]

    def after(
        self, part: str, seen: object, seconds: float
    ) -> tuple[object, dict[str, Any]] | None:
        """What is to be said of a part once it is another one, or what is wrong is."""
        with self.changed:
            self._watched[part] += 1
            try:
                self._current(part)  # the plans may have changed before anybody listened
                if not self.changed.wait_for(lambda: self._now(part) != seen, seconds):
                    return None
                number, problems = now = self._now(part)
                title = self.words.title if problems else ""
                return now, {"number": number, "title": title, "problems": problems}
            finally:
                self._watched[part] -= 1

    # --- what happens to the plans ------------------------------------------------------------

    def look(self) -> bool:
        """Look at the plans once; whether they changed. What is looked at is made anew at once,
        accounts before the pages over all of them."""
        with self.changed:
            if not self.state.refresh():
                return False
            self._generation += 1
            of_program.cache_clear()
            watched = sorted((part for part, count in self._watched.items() if count), reverse=True)
            self.changed.notify_all()
        for whole in (False, True):
            for part in watched:
                with self.changed:
                    if not whole:
                        self._current(part)
                    elif self._checked.get(part) == self._generation:
                        self.making.part(part)
                    self.changed.notify_all()
        return True

    def ahead(self) -> bool:
        """Make one of the parts of ours that nobody has asked for yet, so that the search finds
        what is in it; whether there was one."""
        with self.changed:
            portfolio = self.state.portfolio
            if self.options.audience != INTERNAL or portfolio is None:
                return False
            names = (f"{OVERALL}/accounts/{account.id}" for account in portfolio.accounts)
            waiting = next((n for n in names if n not in self.making.ready and n not in self._checked), "")  # fmt: skip
            if waiting:
                self._current(waiting)
            return bool(waiting)

    def _leading(self) -> dict[str, str]:
        """What leads from words to the sites that were made so far."""
        ready = self.making.ready
        seen = [
            (part, ready[part].number) for part in sorted(ready, key=lambda n: (n != OVERALL, n))
        ]
        if self._directory[0] != seen:
            lists = [path for part, _ in seen if (path := ready[part].files.get(WORDS))]
            self._directory = (seen, directory(path.read_text("utf-8") for path in lists))
        return self._directory[1]

    def _current(self, part: str) -> Ready | None:
        """The part as the plans are now; what is good of it stays while they say nothing."""
        if self._checked.get(part) != self._generation:
            self.making.part(part, whole=False)
            self._checked[part] = self._generation
        return self.making.ready.get(part)

    def _now(self, part: str) -> tuple[int, str]:
        ready = self.making.ready.get(part)
        return (ready.number if ready else 0), self._wrong()

    def _wrong(self) -> str:
        """What is wrong, in words; a page for outsiders tells only where, for others may look at it."""
        errors = self.state.errors
        if self.options.audience == INTERNAL:
            return self.words.told(errors) if errors else ""
        mine = [p for p in errors if p.account in (None, *self.options.accounts)]
        places = dict.fromkeys(f"{p.place.path}:{p.place.line}" for p in mine)
        return "\n".join((*places, self.words.elsewhere)) if mine else ""

    def _part_of(self, name: str) -> tuple[str, str]:
        """The part of the output that a name is of, and the name within it."""
        if self.options.audience != INTERNAL:
            return folder_of(self.options.audience or "", self.options.accounts[0]), name
        first, *others = name.split("/", 2)
        if first == "accounts" and len(others) == 2:
            return f"internal/accounts/{others[0]}", others[1]
        return "internal", name


def serve(
    serving: Serving, address: tuple[str, int], begun: Callable[[str], None], looked: Callable[[], None]
) -> None:  # fmt: skip
    """Serve until the process is interrupted; `begun` is told the address, `looked` is called
    after each change of the plans. OSError where the address cannot be had."""
    server = Server(address, serving, serving.crashed.append)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True
    )
    thread.start()
    host, port = server.server_address[:2]
    shown = f"[{host!s}]" if ":" in str(host) else str(host)
    try:
        begun(f"http://{shown}:{port}/")
        while not serving.crashed:
            begin = time.thread_time()  # not what others made it wait for
            if changed := serving.look():
                looked()
            elif serving.ahead():
                continue
            time.sleep(PAUSE if changed else max(PAUSE, SHARE * (time.thread_time() - begin)))
        raise serving.crashed[0]
    finally:
        server.ending = True
        with serving.changed:
            serving.changed.notify_all()
        server.shutdown()
        server.server_close()
