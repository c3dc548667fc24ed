"""One file broken in one to three ways."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from fuzz.generate import Label, Line

NASTY = (
    "", " ", "offen", "-", "---", "...", "[", "]", "{", "}", "[a, b]", "{a: b}", "&a b", "*a", "!!python/object/apply:os.system x",
    "!foo", "%YAML 1.1", "|", ">", "|9", "'", '"', '"\\ud800"', '"\\x07"', '"\\N"', '"\\u202e"', '"a\\rb"', "\u202e", "\x00", "\x07",
    "\ufeff", "\u200b", "\u2028", "\x85", "#", "a #b", "a: b", "a: b: c", "`", "@", "\t", "~", "null", ".nan", ".inf", "1e999999", "9" * 400,
    "180.000", "12,600", "1.2.3", "1,2,3", "٣", "²", "EUR 12", "USD 12", "12 USD", "€ 1.200,50", "2026-02-30", "0000-00-00", "9999-12-31",
    "31.12.9999", "0001-01-01", "999 days after end", "14 days after nothing", "-5", "99999999999999999999", "Ü" * 300, "x" * 3000,
    "client:", "partner:x", "client", "</title><script>alert(1)</script>", "<!--", "-->", "<!-- allow x -->", "# allow x until 2026-99-99: y",
    "# allow other-client-named until 2027-01-01: weil", "[x](javascript:a)", "![x](y)", "Passwort: Hunter2x!", "ghp_" + "a" * 40,
    "postgres://u:pässwort@h/d", "\U0001f600", "e\u0301", "ﷺ", "🏳️‍🌈", "{{ config }}", "{found}", "%s", "\\", "con", "../../x", "a/b",
)  # fmt: skip
"""Values that bite somewhere."""


def mutate(
    lines: list[Line], rng: Random, target: Label, is_table: bool
) -> tuple[bytes, set[Label]]:
    """The bytes of the broken file, and the fields that were touched."""
    lines = list(lines)
    touched: set[Label] = set()
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if not lines:
            break
        at = [n for n, line in enumerate(lines) if target in line.labels]
        row = rng.choice(at) if at and rng.random() < 0.8 else rng.randrange(len(lines))
        touched |= lines[row].labels
        change = rng.choice(TABLE if is_table else DETAILS)
        change(lines, row, rng)
    raw = "\n".join(line.words for line in lines).encode("utf-8", "surrogatepass") + b"\n"
    return _bytes(raw, rng), touched


def _set(lines: list[Line], row: int, words: str) -> None:
    lines[row] = Line(words, lines[row].labels)


def _value(lines: list[Line], row: int, rng: Random) -> None:
    head, colon, _ = lines[row].words.partition(": ")
    if colon:
        _set(lines, row, f"{head}: {rng.choice(NASTY)}")
    else:
        words = lines[row].words
        _set(lines, row, words[: len(words) - len(words.lstrip(" -"))] + rng.choice(NASTY))


def _drop(lines: list[Line], row: int, rng: Random) -> None:
    del lines[row : row + rng.choice((1, 1, 3))]


def _double(lines: list[Line], row: int, rng: Random) -> None:
    lines[row:row] = lines[row : row + rng.choice((1, 1, 4))] * rng.choice((1, 1, 40))


def _swap(lines: list[Line], row: int, rng: Random) -> None:
    other = rng.randrange(len(lines))
    lines[row], lines[other] = lines[other], lines[row]


def _indent(lines: list[Line], row: int, rng: Random) -> None:
    words = lines[row].words
    _set(lines, row, rng.choice((" " + words, "  " + words, "\t" + words, words.lstrip(), words[1:], "    " * 20 + words)))  # fmt: skip


def _key(lines: list[Line], row: int, rng: Random) -> None:
    head, colon, tail = lines[row].words.partition(":")
    space = head[: len(head) - len(head.lstrip(" -"))]
    name = rng.choice((head.strip(" -")[:-1], head.strip(" -") + "s", head.upper().strip(" -"), "share", "id", "<<", "? a", "é", *NASTY))  # fmt: skip
    _set(lines, row, f"{space}{name}{colon}{tail}")


def _structure(lines: list[Line], row: int, rng: Random) -> None:
    words = lines[row].words
    space = words[: len(words) - len(words.lstrip())]
    head, _, tail = words.partition(":")
    _set(lines, row, rng.choice((
        f"{head}:\n{space}  - {tail.strip()}",
        f"{head}:\n{space}  a: {tail.strip()}",
        f"{head}:",
        f"{space}- {words.strip()}",
        f"{space}- - {words.strip()}",
        f"{head}: x\n{space}  y: z",
        f"{head}: |\n{space}  {tail}\n{space} schief",
        f"{words}\n{space}  und weiter",
    )))  # fmt: skip


def _insert(lines: list[Line], row: int, rng: Random) -> None:
    words = lines[row].words
    at = rng.randint(0, len(words))
    _set(lines, row, words[:at] + rng.choice(NASTY) + words[at:])


def _cell(lines: list[Line], row: int, rng: Random) -> None:
    mark = ";" if lines[0].words.count(";") > lines[0].words.count(",") else ","
    cells = lines[row].words.split(mark)
    cells[rng.randrange(len(cells))] = rng.choice((*NASTY, '"a\nb"', '"a""b"', 'a"b', '"a'))
    _set(lines, row, mark.join(cells))


def _cells(lines: list[Line], row: int, rng: Random) -> None:
    words = lines[row].words
    _set(lines, row, rng.choice((words + ",,", words + ",x", words.replace(",", ";"), words.replace(";", ","), words.split(",")[0], words + ";x;y;z")))  # fmt: skip


Change = Callable[[list[Line], int, Random], None]
DETAILS: tuple[Change, ...] = (_value, _value, _value, _drop, _double, _swap, _indent, _key, _key, _structure, _structure, _insert)  # fmt: skip
TABLE: tuple[Change, ...] = (_cell, _cell, _cell, _cell, _cells, _drop, _double, _swap, _insert)


def _bytes(raw: bytes, rng: Random) -> bytes:
    """Now and then the file itself is written differently."""
    chance = rng.random()
    if chance < 0.8 or not raw:
        return raw
    words = raw.decode("utf-8", "replace")
    at = rng.randrange(len(raw))
    return rng.choice((
        lambda: raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :],
        lambda: raw[:at] + bytes([rng.randrange(256)]) + raw[at:],
        lambda: raw[:at],
        lambda: raw[at:],
        lambda: raw.replace(b"\n", b"\r\n"),
        lambda: raw.replace(b"\n", b"\r"),
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: b"\xef\xbb\xbf\xef\xbb\xbf" + raw,
        lambda: words.encode("cp1252", "replace"),
        lambda: words.encode("utf-16"),
        lambda: raw + raw,
    ))()  # fmt: skip
