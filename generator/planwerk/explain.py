"""The manual of a finding (what it asks, why, a wrong and a right plan), and the bank of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import fill, indent

from planwerk.bank import PURPOSES
from planwerk.bank import questions as bank
from planwerk.manual import Entry, groups, manual
from planwerk.problems import refuse
from planwerk.text.nearest import nearest
from planwerk.words import Words, load_manual_words

WIDTH = 88
GAP = re.compile(r"\{[a-z_]+\}")


def all_rules(words: Words) -> str:
    """Every finding in one line, by chapter."""
    width = max(len(entry.name) for entry in manual(words.language))
    lines = []
    for title, entries in groups(words.language):
        lines += [f"{title}:"]
        lines += [f"  {entry.name:<{width}}  {entry.title}" for entry in entries]
        lines += [""]
    return "\n".join(lines)


def explain_rule(rule: str, words: Words) -> str:
    """The manual page of one finding; refuses (exit code 2) a name that does not exist."""
    entries = {entry.name: entry for entry in manual(words.language)}
    if rule not in entries:
        raise refuse("unknown-rule", rule, found=rule, nearest=nearest(rule, entries) or "")
    return "\n\n".join(_page(entries[rule], words)) + "\n"


def all_questions(words: Words, purpose: str | None = None) -> str:
    """The questions of the bank with their ids, all or those for one purpose."""
    out = []
    for kind in (purpose,) if purpose else PURPOSES:
        out.append(f"{words(f'purpose.{kind}')} ({kind})")
        for question in bank().values():
            if question.purpose == kind:
                out += [f"  {question.id}", f"      {question.text[words.language]}"]
        out.append("")
    return "\n".join(out)


def _page(entry: Entry, words: Words) -> Iterator[str]:
    say = load_manual_words(words.language)
    standing = say(f"say.severity.{entry.severity.word}"), say(f"say.tier.{entry.tier.value}")
    yield f"{entry.name} ({', '.join(standing)})"
    yield fill(entry.title, WIDTH)
    yield "\n\n".join([f"{words('ui.why')}:", *_paragraphs(entry.why)]).replace("\n\n", "\n", 1)
    if entry.wrong:
        yield f"{words('ui.wrong')}:\n{indent(entry.wrong, '    ')}"
        yield f"{words('ui.right')}:\n{indent(entry.right, '    ')}"
    else:
        fix = GAP.sub("…", words(f"problem.{entry.name}.fix"))
        yield fill(f"{words('ui.fix')}: {fix}", WIDTH)
    if entry.allowable:
        line = say("say.allow_line", rule=entry.name)
        yield f"{say('say.allow')}:\n{fill(say('say.allow_how'), WIDTH)}\n\n    {line}"


def _paragraphs(text: str) -> list[str]:
    return [
        fill(part, WIDTH, break_on_hyphens=False, break_long_words=False)
        for part in text.split("\n\n")
    ]
