"""Credentials and keys in a text: found by their shape, told by their kind and never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Secret(NamedTuple):
    """A spot of a text that looks like a secret of that `kind`."""

    kind: str
    start: int
    end: int


PATTERNS: dict[str, str] = {
    "private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub token": r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{60,})",
    "GitLab token": r"\bglpat-[0-9A-Za-z_-]{20,}",
    "Slack token": r"\bxox[abeprs]-[0-9A-Za-z-]{10,}",
    "Slack webhook": r"https://hooks\.slack\.com/services/[0-9A-Za-z/]{20,}",
    "Stripe key": r"\b[rs]k_(?:live|test)_[0-9A-Za-z]{16,}",
    "Google API key": r"\bAIza[0-9A-Za-z_-]{35}",
    "API key": r"\bsk-(?:[a-z]+-)*[0-9A-Za-z_-]{32,}",
    "npm token": r"\bnpm_[0-9A-Za-z]{36}\b",
    "PyPI token": r"\bpypi-[0-9A-Za-z_-]{50,}",
    "JWT": r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}",
    "connection string": r"\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@]{1,80}:[^\s:/@]{3,200}@[\w.-]+",
    "bearer token": r"\b[Bb]earer [0-9A-Za-z._~+/-]{20,}=*",
    "password": (
        r"\b(?i:passwor[dt]|passwd|kennwort|pwd|api[ _-]?key|secret[ _-]?key|client[ _-]?secret"
        r"|access[ _-]?token|zugangscode)(?i: lautet| ist| is)?[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?"
        r"(?P<value>(?=[^\s0-9#$%&*+=@^_~]{0,80}[0-9#$%&*+=@^_~])[^\s\"',;]{6,200})"
    ),
}
"""By kind. What follows `Passwort:` counts only if it is no ordinary word: six signs or more,
a digit or a special one among them."""
GAPS = ("", " ", "_", "-")
_MARKS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("-----begin", "akia", "asia", "glpat-", "xox", "hooks.slack", "_live_", "_test_", "aiza", "npm_", "pypi-", "eyj", "://",
         "bearer", "passw", "kennwort", "pwd", "zugangscode"), (),
    ),
    "gh": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat"),
    "sk-": tuple(f"{before}sk-" for before in "\n '\"=:("),
    "key": tuple(f"{of}{gap}key" for of in ("api", "secret") for gap in GAPS),
    "secret": tuple(f"client{gap}secret" for gap in GAPS),
    "token": tuple(f"access{gap}token" for gap in GAPS),
}  # fmt: skip
MARKS = {mark.encode(): tuple(form.encode() for form in forms) for mark, forms in _MARKS.items()}
"""Without one of these there is no secret, where a mark has several forms without one of them:
most texts are looked through only this far, as bytes, which is much faster."""


@cache
def _all() -> re.Pattern[str]:
    """All patterns as one, each a group of its own; made when a text has a mark."""
    return re.compile("|".join(f"(?P<p{n}>{pattern})" for n, pattern in enumerate(PATTERNS.values())))  # fmt: skip


def secrets(words: str) -> Iterator[Secret]:
    """The secrets in a text, in order; of a password with its name only the password."""
    lower = words.encode(errors="replace").lower()
    for mark in MARKS:  # a plain loop: this is done for every file of every account
        if mark in lower and (not (forms := MARKS[mark]) or any(form in lower for form in forms)):
            break
    else:
        if not lower.startswith(b"sk-"):
            return
    kinds = list(PATTERNS)
    for found in _all().finditer(words):
        kind = kinds[int((found.lastgroup or "p0")[1:])]
        yield Secret(kind, *found.span("value" if kind == "password" else 0))
