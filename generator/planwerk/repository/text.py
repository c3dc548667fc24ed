"""What git's bytes say: any bytes become words that people and terminals can read."""

from __future__ import annotations

import unicodedata


def readable(said: bytes) -> str:
    """UTF-8 with U+FFFD for what is none, and a picture for every sign that steers a terminal.

    Line ends and tabs stay; signs that turn the direction of writing become U+FFFD.
    """
    words = said.decode("utf-8", "replace")
    return words if words.isprintable() else "".join(map(_one, words))


def _one(sign: str) -> str:
    if sign.isprintable() or sign in "\n\t":
        return sign
    number = ord(sign)
    if number < 0x20:
        return chr(0x2400 + number)
    if number == 0x7F:
        return "\u2421"
    return " " if unicodedata.category(sign) == "Zs" else "\ufffd"
