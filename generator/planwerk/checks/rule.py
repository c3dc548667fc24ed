"""What rules speak in: a finding, and the house that it is found in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from planwerk.checks.references import Reference, ids, people
from planwerk.measure import results
from planwerk.model.account import Stakeholder, StakeholderFile
from planwerk.model.measured import Measured
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import Unknown
from planwerk.model.walk import Seen, Text, records, texts
from planwerk.problems import Severity
from planwerk.text.names import Names
from planwerk.text.plain import plain_text

ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Tier(Enum):
    """When a rule runs: in every check, with `--strict`, or only when somebody names it."""

    ALWAYS = "always"
    STRICT = "strict"
    BY_NAME = "by-name"


class Finding(NamedTuple):
    """What a rule found: the record, the keys that lead to the value, the facts of its message.

    `words` are those of a longer text that the finding is about: they are underlined.
    """

    record: Record
    keys: tuple[str | int, ...] = ()
    facts: Mapping[str, str] = {}
    words: str = ""
    first: Record | None = None
    """Another record, whose line the message names as `{first}`."""


def found(
    record: Record, *keys: str | int, words: str = "", first: Record | None = None, **facts: object
) -> Finding:
    """A finding at `keys` of `record`; `facts` fill the placeholders of the rule's words."""
    told = {n: str(f.value if isinstance(f, Unknown) else f) for n, f in facts.items()}
    return Finding(record, keys, told, words, first)


class Identity(NamedTuple):
    """What an account is called, and whom it belongs to."""

    names: tuple[str, ...] = ()
    """Name, aliases, domains."""
    parent: str = ""


class Accounts(dict[str, Identity]):
    """What all accounts are called, by id."""

    @cached_property
    def named(self) -> Names[str]:
        """The accounts by each of their names that is long enough to be looked for."""
        found = ((a, bare(name)) for a, identity in self.items() for name in identity.names)
        return Names((a, words) for a, words in found if len("".join(words)) >= SHORTEST)

    @cached_property
    def shared(self) -> dict[str, Any]:
        """What rules work out once for all accounts of a house."""
        return {}

    def another(self, name: str, reader: str) -> bool:
        """Whether it is the name of other accounts than the reader's ("" for all readers) and those
        of its group."""
        whose = self.named.whose(name)
        if not reader:
            return bool(whose)
        return bool(whose) and not any(o == reader or self.one_group(reader, o) for o in whose)

    def one_group(self, one: str, other: str) -> bool:
        """Whether two belong together: parent and child, or children of one parent."""
        parent, theirs = self.get(one, Identity()).parent, self[other].parent
        return other == parent or theirs == one or (parent != "" and parent == theirs)


SHORTEST = 4
"""Letters that a name has at least: shorter ones are ordinary words too often."""
FORMS = frozenset(
    [
        "ag",
        "gmbh",
        "se",
        "kg",
        "kgaa",
        "ohg",
        "ug",
        "ev",
        "eg",
        "mbh",
        "co",
        "ltd",
        "limited",
        "plc",
        "inc",
        "llc",
        "corp",
        "sa",
        "sas",
        "srl",
        "bv",
        "nv",
    ]
)
"""Legal forms, which people leave out."""


def bare(name: str) -> list[str]:
    """The words of an account's name in their plain forms, without legal forms."""
    words = plain_text(name)
    while words and words[-1] in FORMS:
        words.pop()
    return words


class _Walked:
    """What rules walk over in an account, each found once and when the first rule asks."""

    def __init__(self, account: Account) -> None:
        self.account = account

    @cached_property
    def seen(self) -> list[Seen]:
        return records(self.account)

    @cached_property
    def texts(self) -> list[Text]:
        described = (Stakeholder, StakeholderFile)
        return list(texts([s for s in self.seen if not isinstance(s.record, described)]))

    @cached_property
    def said(self) -> str:
        return "\n".join([text.words for text in self.texts])

    @cached_property
    def people(self) -> list[Reference]:
        return list(people(self.account))

    @cached_property
    def ids(self) -> list[Reference]:
        return list(ids(self.account))


@dataclass(frozen=True)
class House:
    """All that a rule may look at beside the one account it is given.

    `portfolio` holds the workspace, personas, industries and questions; its accounts are
    those that were read together, never all of them for certain. `accounts` are all, by id.
    """

    portfolio: Portfolio
    accounts: Accounts = field(default_factory=Accounts)
    rules: frozenset[str] = frozenset()
    """The names of all rules."""
    _measured: dict[int, tuple[Measured, ...]] = field(default_factory=dict)
    _plain: dict[str, list[str]] = field(default_factory=dict)
    _walked: dict[str, _Walked] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day that the plans are looked at."""
        return self.portfolio.as_of

    def records(self, account: Account) -> list[Seen]:
        """Every record of the account; walked once for all rules."""
        return self._walk(account).seen

    def texts(self, account: Account) -> list[Text]:
        """Every text of the account outside stakeholders.md."""
        return self._walk(account).texts

    def said(self, account: Account) -> str:
        """All these texts as one: where a word is not in it, no text need be searched for it."""
        return self._walk(account).said

    def people(self, account: Account) -> list[Reference]:
        """Every place where the account's records name people."""
        return self._walk(account).people

    def ids(self, account: Account) -> list[Reference]:
        """Every place where they name other records."""
        return self._walk(account).ids

    def plain(self, text: Text) -> list[str]:
        """The words of a text in their plain forms; split once for all rules."""
        if (words := self._plain.get(text.words)) is None:
            words = self._plain[text.words] = plain_text(text.words)
        return words

    def _walk(self, account: Account) -> _Walked:
        if account.id not in self._walked:
            self._walked[account.id] = _Walked(account)
        return self._walked[account.id]

    def results(self, account: Account, period: Period) -> tuple[Measured, ...]:
        """How each KPI of the period stands on that day; measured once."""
        key = id(period)
        if key not in self._measured:
            self._measured[key] = results(self.portfolio, account, period, ahead=False)
        return self._measured[key]
