"""What `-h` says in another language than that of the source: `help.<language>.yml`.

English stands in the commands themselves. Loaded only where somebody asks for help, presses Tab
or typed something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")
"""A word of a usage line that stands for what somebody types: `DIR`, `DAY`, `NAME`."""


class HelpTexts:
    """The texts of commands, arguments and options in one language; none in English.

    A command is named by its path (`new account`), the program by `planwerk`, an option by its
    longest name (`--as-of`), an argument by its name in the source (`paths`).
    """

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self.placeholders: Mapping[str, str] = texts.get("placeholders", {})
        self.commands: Mapping[str, Any] = texts.get("commands", {})

    def text(self, command: str) -> str | None:
        """What a command does; `\\b` keeps the lines of the paragraph below it as they are."""
        found = self.commands.get(command, {}).get("text")
        return None if found is None else str(found).replace("\\b\n", "\b\n").strip()

    def option(self, command: str, name: str) -> str | None:
        """What an option does."""
        return self._of(command, "options", name)

    def argument(self, command: str, name: str) -> str | None:
        """What an argument is."""
        return self._of(command, "arguments", name)

    def placed(self, shown: str) -> str:
        """A piece of a usage line with its placeholders in this language: `[DIR]`, `[ORDNER]`."""
        return PLACEHOLDER.sub(lambda word: self.placeholders.get(word[0], word[0]), shown)

    def _of(self, command: str, part: str, name: str) -> str | None:
        return (self.commands.get(command, {}).get(part) or {}).get(name)


@lru_cache(maxsize=2)
def load_help(language: str) -> HelpTexts:
    """The texts in `de`; those in `en` are in the commands, and nothing is to be added."""
    path = Path(__file__).with_name(f"help.{language}.yml")
    if not path.exists():
        return HelpTexts({})
    return HelpTexts(yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader))
