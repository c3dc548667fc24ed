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
from planwerk.model.walk import Text
from planwerk.text.plain import plain_words

NAME = "shared-quotes-internal"
SEVERITY = ERROR
TIER = Tier.ALWAYS


WORDS = 6
TITLE = 9
"""Shared texts of fewer words are titles, which our notes rightly name."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """The first quotation of internal words in each shared text."""
    internal: list[Text] = []
    shared: list[Text] = []
    for text in house.texts(account):
        if text.words.count(" ") >= WORDS - 1:
            (shared if text.shared else internal).append(text)
    shared = [text for text in shared if len(house.plain(text)) >= TITLE]
    # the same words as a whole, such as an action and the task it became, are one text, no quotation
    told = {text.words for text in shared}
    notes = [house.plain(text) for text in internal if text.words not in told] if shared else []
    if not (alike := _alike(house, shared, notes)):
        return
    inside = {run for words in notes for run in _runs(words)}
    for text in alike:
        for start, run in enumerate(_runs(house.plain(text))):
            if run in inside:
                places = plain_words(text.words)[start : start + WORDS]
                said = text.words[places[0].start : places[-1].end]
                yield found(text.record, *text.keys, words=said, found=said)
                break


def _alike(house: House, shared: list[Text], notes: list[list[str]]) -> list[Text]:
    """The texts with four words in a row that stand in a note at its first, fourth, seventh … word.

    Six words in a row of a note hold such four; so all others quote nothing, and hardly any
    text is left.
    """
    fours: set[tuple[str, ...]] = set()
    for words in notes:
        fours.update(zip(words[::3], words[1::3], words[2::3], words[3::3], strict=False))
    return [text for text in shared if not fours.isdisjoint(_runs(house.plain(text), 4))]


def _runs(words: list[str], length: int = WORDS) -> Iterator[tuple[str, ...]]:
    """Each so many words in a row."""
    return zip(*(words[n:] for n in range(length)), strict=False)
