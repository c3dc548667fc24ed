"""A text that the client reads repeats words of an internal one.

Six words in a row that stand in a note of ours are no accident: something was copied that was
not written for the client. Say it in words meant for both, or share the note itself.

Wrong:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    business_model: Sie haben keinen Plan, wie sie ohne uns bis Jahresende auskommen

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    share: client
    vision: Wir zeigen im Herbst in drei Schritten, wie sie ohne uns bis Jahresende auskommen

Right:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    business_model: Sie haben keinen Plan, wie sie ohne uns bis Jahresende auskommen

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    share: client
    vision: Wir sorgen für Antworten am selben Tag
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.text.plain import plain_words

NAME = "shared-quotes-internal"
SEVERITY = ERROR
TIER = Tier.ALWAYS


WORDS = 6
TITLE = 9
"""Shared texts of fewer words are titles, which our notes rightly name."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """The first quotation of internal words in each shared text."""
    notes: list[tuple[str, list[str]]] = []
    told: set[str] = set()
    shared = []
    for text in house.texts(account):
        if text.words.count(" ") >= WORDS - 1:
            words = house.plain(text)
            if not text.shared:
                notes.append((text.words, words))
            elif len(words) >= TITLE:
                shared.append((text, words))
                told.add(text.words)
    # the same words as a whole, such as an action and the task it became, are one text, no quotation
    inside = {run for said, words in notes if said not in told for run in _runs(words)}
    if not inside or not shared:
        return
    for text, words in shared:
        for start, run in enumerate(_runs(words)):
            if run in inside:
                places = plain_words(text.words)[start : start + WORDS]
                said = text.words[places[0].start : places[-1].end]
                yield found(text.record, *text.keys, words=said, found=said)
                break


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Each six words in a row."""
    return zip(*(words[n:] for n in range(WORDS)), strict=False)
