"""The last look at what clients would get: every file opened, before anything is published.

It asks whether only the files are there that were to be made, whether Office files and pages hold only
what is known, and whether names of others or words of internal notes stand anywhere. A finding names
the place in the plans where the words come from, if they stand there, else the file of the output.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from planwerk.checks.rule import Accounts
from planwerk.digests import joined
from planwerk.folders import folder_of
from planwerk.model.portfolio import Account
from planwerk.model.walk import records, texts
from planwerk.packing import pack
from planwerk.problems import Place, Problem
from planwerk.publish import digest
from planwerk.read import Reading
from planwerk.result import office, pages
from planwerk.result.found import Hit, Pieces, Quotes, Search
from planwerk.result.opened import Leaf, files, leaves, parts, surroundings
from planwerk.sought import Sought, quotes
from planwerk.text.plain import plain_text

CLIENT_NAMED, PERSON_NAMED, QUOTED = "output-names-client", "output-names-person", "output-quotes-internal"  # fmt: skip
FILE, PART, CODE = "output-file-unknown", "output-part-unknown", "output-code-unknown"
ALLOWING = {
    CLIENT_NAMED: (CLIENT_NAMED, "other-client-named"),
    PERSON_NAMED: (PERSON_NAMED, "personal-name"),
    QUOTED: (QUOTED, "shared-quotes-internal"),
}
"""By what is found in an output, the rules that allow it where the words come from."""
NEAR = 4
"""Lines from the allowed one on in which the words may stand."""
TOLD = 20
"""Findings of one output that are told: whoever has more has one reason for all."""


class Files:
    """What of an output is not searched: files that portals bring along, known by their digests."""

    def __init__(self, shipped: Callable[[], frozenset[str]]) -> None:
        self._read = shipped
        self._known: dict[tuple[int, int], bool] = {}

    @cached_property
    def _shipped(self) -> frozenset[str]:
        return self._read()

    def is_known(self, path: Path) -> bool:
        """Whether it is one of these; files that are linked to one copy are read once."""
        about = path.stat()
        key = about.st_dev, about.st_ino
        if key not in self._known:
            self._known[key] = digest(path) in self._shipped
        return self._known[key]


class Faults:
    """What is wrong with a client's output whatever the plans say: files, parts, scripts, addresses."""

    def __init__(self, known: Files, expected: Collection[str]) -> None:
        self.known, self.expected = known, set(expected)

    def find(self, folder: Path, into: Callable[[Iterable[Leaf]], None]) -> Iterator[tuple[str, str, str]]:  # fmt: skip
        """The rule, the file and what it is of all that is wrong; what lies in the files is handed
        on `into` a search."""
        found = dict(files(folder))
        yield from ((FILE, name, "missing") for name in self.expected - found.keys())
        for name, path in found.items():
            into(surroundings(name, path))
            if path.is_symlink() or not path.is_file():
                yield FILE, name, "link"
            elif name not in self.expected:
                yield FILE, name, "added"
            elif not (name.startswith("assets/") and self.known.is_known(path)):
                raw = path.read_bytes()
                opened = [*leaves(name, raw)]
                into(opened)
                yield from ((PART, leaf.place, leaf.fault) for leaf in opened if leaf.fault)
                yield from _faults(name, raw)


def _faults(name: str, raw: bytes) -> Iterator[tuple[str, str, str]]:
    if office.kind(name):
        inside = parts(raw)
        yield from ((PART, name, f"{kind}: {what}") for kind, what in office.faults(name, inside))
        for part, content in inside.items():
            if office.kind(part):
                yield from ((PART, f"{name}!{part}", f"{kind}: {what}") for kind, what in office.faults(part, parts(content)))  # fmt: skip
    elif name.endswith((".html", ".js")):
        words = raw.decode("utf-8", "replace")
        yield from ((CODE, name, f"{kind}: {what}") for kind, what in pages.faults(name, words))


class Leaving:
    """The look at the outputs of all clients of one build."""

    def __init__(
        self, reading: Reading, accounts: Accounts, out: PurePosixPath, known: Files
    ) -> None:
        assert reading.portfolio is not None
        self.reading, self.portfolio, self.out = reading, reading.portfolio, out
        self.sought = Sought(reading.portfolio, accounts)
        self.pieces = Pieces(self.sought.names)
        self.known = known

    def asked(self, account: str, internal: str = "") -> str:
        """A digest of all that is looked for in the output of an account; `internal` is that of all we
        know of it, where that was worked out before."""
        own = internal or joined((pack(self._accounts.get(account)),))
        allowed = repr(sorted(self.reading.allowances.items()))
        return joined((self.sought.digest, own, allowed, self.portfolio.as_of.isoformat()))

    def problems(
        self, audience: str, account: str, folder: Path, expected: Collection[str]
    ) -> list[Problem]:
        """What is wrong with what an audience would get of an account, in `folder`, which was to hold
        the `expected` files."""
        found: list[Problem] = []
        search = Search(self.pieces, self.sought.may_read(audience, account), self._quotes(audience, account))  # fmt: skip
        part = self.out / folder_of(audience, account)
        for rule, name, what in Faults(self.known, expected).find(folder, search.look):
            place = Place(part / name.partition("!")[0])
            found.append(Problem(rule, place, facts={"found": what}, account=account))
        told: dict[tuple[str, Place, str], Problem] = {}
        for hit in search.hits():
            if problem := self._told(account, part, hit):
                told.setdefault((problem.rule, problem.place, hit.name or hit.said), problem)
            if len(told) == TOLD:
                break
        return sorted([*found[:TOLD], *told.values()], key=lambda problem: problem.order)

    @cached_property
    def _accounts(self) -> dict[str, Account]:
        """Those that could be read; what others left of an earlier build is looked through for names."""
        return {account.id: account for account in self.portfolio.accounts}

    def _quotes(self, audience: str, account: str) -> Quotes:
        known = self._accounts.get(account)
        return quotes(known, audience) if known else Quotes((), ())

    def _told(self, account: str, part: PurePosixPath, hit: Hit) -> Problem | None:
        """The problem of what was found, at the place in the plans that it comes from; None where
        that is allowed, or where every output of ours says it."""
        rule, said = self._rule(hit), plain_text(hit.said)
        source = self._source(account, said)
        if self._allowed(rule, account, said) or (rule != PERSON_NAMED and _ours(said)):
            return None
        if rule == QUOTED and _holds(self._house, said):
            return None
        file = Place(part / hit.place.partition("!")[0])
        return Problem(rule, source or file, facts={"found": hit.said, "file": str(file.path)}, account=account)  # fmt: skip

    def _rule(self, hit: Hit) -> str:
        if not hit.name:
            return QUOTED
        persons = all(owner.person for owner in self.sought.names.whose(hit.name))
        return PERSON_NAMED if persons else CLIENT_NAMED

    def _source(self, account: str, said: list[str]) -> Place | None:
        """Where in the account's shared texts these words stand, or where one of its texts says them."""
        known = self._accounts.get(account)
        found = [t for t in texts(records(known)) if _holds(t.words, said)] if known else []
        for text in sorted(found, key=lambda t: not t.shared)[:1]:
            return self.reading.place(text.record, *text.keys)
        return None

    def _allowed(self, rule: str, account: str, said: list[str]) -> bool:
        """Whether somebody allowed it in the account's files, or in those of all accounts."""
        for file, allowances in self.reading.allowances.items():
            if file.startswith("plans/") and file.count("/") > 1 and file.split("/")[1] != account:
                continue
            for one in allowances:
                if one.rule in ALLOWING[rule] and one.until >= self.portfolio.as_of:
                    lines = self._lines(file if one.file is None else _beside(file, one.file))
                    start = one.target - 1 if one.file is None else 0
                    end = start + NEAR if one.file is None else len(lines)
                    if _holds("\n".join(lines[start:end]), said):
                        return True
        return False

    @cached_property
    def _house(self) -> str:
        """What the house says to all its clients."""
        names = [Path("plans/workspace.yml"), *(self.reading.root / "site").glob("*.md")]
        return "\n".join("\n".join(self._lines(str(name))) for name in names)

    def _lines(self, file: str) -> list[str]:
        try:
            return (self.reading.root / file).read_text("utf-8-sig", "replace").split("\n")
        except OSError:
            return []


def _beside(file: str, other: str) -> str:
    """The file that an allowance in `file` names."""
    top = "/".join(PurePosixPath(file).parts[:2]) if file.count("/") > 1 else "plans"
    return f"{top}/{other}"


def _holds(words: str, said: list[str]) -> bool:
    """Whether a text holds these words in a row, however they are written."""
    return f" {' '.join(said)} " in f" {' '.join(plain_text(words))} "


@lru_cache(maxsize=1)
def _product() -> str:
    """The plain words that this program itself says, a space between all of them."""
    package = Path(__file__).parent
    listed = [*(package / "words").glob("*.yml"), *(package / "compose/pages").glob("*.md")]
    return " ".join(f" {' '.join(plain_text(path.read_text('utf-8')))} " for path in sorted(listed))


def _ours(said: list[str]) -> bool:
    """Whether these are words that this program says: an account may be called `Target`."""
    return f" {' '.join(said)} " in _product()


def expected_files(made: Iterable[str], kept: Mapping[str, object], part: str) -> set[str]:
    """The names within a client's folder of what was made and what was kept of earlier builds."""
    start = f"{part}/"
    return {*made, *(n.removeprefix(start) for n in kept if n.startswith(start))}
