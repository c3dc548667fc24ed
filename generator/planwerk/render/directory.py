"""The directory of our portal: which pieces hold a word, and which accounts there are.

It is made of the lists that the sites left (`findable.py`) and of nothing else: so a site that
did not change need not be looked at again, and the same sites give the same bytes. Browsers load
of it the one list of accounts, and the words that begin with the letters of what was typed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from planwerk.render.findable import DIRECTORY, WORDS

ACCOUNTS = f"{DIRECTORY}/accounts.js"


def write_directory(portal: Path, elsewhere: Iterable[Path] = ()) -> None:
    """Write the directory of the portal in this folder; nothing where it has no portal.

    `elsewhere` are the folders of sites of it that lie there no more or not yet. The portfolio's
    site comes first, then the accounts by their folders' names.
    """
    sites = [
        *portal.glob("accounts/*"),
        *(site for site in elsewhere if site.parent.name == "accounts"),
    ]
    whole = [portal, *(site for site in elsewhere if site.parent.name != "accounts")]
    first = next((site for site in whole if (site / WORDS).is_file()), portal)
    others = sorted(sites, key=lambda site: site.name)
    lists = [path for site in (first, *others) if (path := site / WORDS).is_file()]
    if not lists:
        return
    made = directory(path.read_text("utf-8") for path in lists)
    for path in (portal / DIRECTORY).glob("words-*.js"):
        path.unlink()
    (portal / DIRECTORY).mkdir(parents=True, exist_ok=True)
    for name, words in made.items():
        _write(portal / name, words)


def directory(lists: Iterable[str]) -> dict[str, str]:
    """The files of the directory by their names in the portal, made of the sites' lists of words:
    that of the portfolio's site first."""
    cards, found = _gathered(lists)
    made = {
        f"{DIRECTORY}/words-{file_name(start)}.js": f"planwerk.words({_json([start, said])})\n"
        for start, said in found.items()
    }
    return {**made, ACCOUNTS: f"planwerk.accounts({_json(_known(cards, sorted(found)))})\n"}


def file_name(start: str) -> str:
    """The name of the file of words with these first letters, on any file system."""
    return start if start.isascii() and start.isalnum() else "-".join(f"{ord(c):x}" for c in start)


def _gathered(
    lists: Iterable[str],
) -> tuple[list[list[object]], dict[str, dict[str, list[list[int]]]]]:
    """The cards of all sites, and by first letters each word with the pieces that hold it in
    texts and in headings, as runs."""
    cards: list[list[object]] = []
    texts, heads = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    first = 0
    for words in lists:
        card, *lines = words.removesuffix("\n").split("\n")
        cards.append(json.loads(card))
        for line in lines:
            number, kind, said = line.split("\t")
            at, known = first + int(number), texts if kind == "t" else heads
            for word in said.split(" "):  # a million times where accounts are a thousand
                known[word].append(at)
        first += int(str(cards[-1][-1]))
    found: dict[str, dict[str, list[list[int]]]] = defaultdict(dict)
    for word in sorted(texts.keys() | heads.keys()):
        found[word[:2]][word] = _both(texts.get(word, []), heads.get(word, []))
    return cards, found


def _both(texts: list[int], heads: list[int]) -> list[list[int]]:
    """Pieces as runs; those of texts stand alone where no heading has the word."""
    return [runs(texts), runs(heads)] if heads else [runs(texts)]


def runs(numbers: Sequence[int]) -> list[int]:
    """Ascending numbers as gap, length, gap, length …: [3, 4, 5, 9] is [3, 3, 3, 1]."""
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return [numbers[0], len(numbers)]
    out: list[int] = []
    end = 0
    for number in numbers:
        if out and number == end:
            out[-1] += 1
        else:
            out += (number - end, 1)
        end = number + 1
    return out


def _known(cards: Sequence[Sequence[object]], starts: Sequence[str]) -> dict[str, object]:
    """The list of accounts: the kinds of pages once, those of an account as their numbers."""
    kinds = sorted({page for card in cards for page in _pages(card)})
    number = {kind: i for i, kind in enumerate(kinds)}
    rows = [
        [*card[:4], " ".join(str(number[page]) for page in _pages(card)), card[5]] for card in cards
    ]
    return {"kinds": kinds, "starts": starts, "sites": rows}


def _pages(card: Sequence[object]) -> Iterator[str]:
    pages = card[4]
    assert isinstance(pages, list)
    return iter(pages)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, words: str) -> None:
    path.unlink(missing_ok=True)  # it may be a link into an earlier output
    path.write_text(words, "utf-8")
