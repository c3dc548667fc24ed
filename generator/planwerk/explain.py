"""The manual of a rule (what it asks, why, a wrong and a right plan), and the bank of questions."""

from __future__ import annotations

from planwerk.bank import PURPOSES
from planwerk.bank import questions as bank
from planwerk.checks import BY_NAME
from planwerk.problems import refuse
from planwerk.text.nearest import nearest
from planwerk.words import Words


def all_rules(words: Words) -> str:
    """Every rule with its one-line meaning."""
    rules = words.group("problem")
    width = max(len(rule) for rule in rules)
    lines = [f"  {rule:<{width}}  {_plain(words, rule)}" for rule in sorted(rules)]
    return "\n".join([words("ui.rules") + ":", *lines]) + "\n"


def explain_rule(rule: str, words: Words) -> str:
    """The manual page of one rule; refuses (exit code 2) a rule that does not exist."""
    rules = words.group("problem")
    if rule not in rules:
        raise refuse("unknown-rule", rule, found=rule, nearest=nearest(rule, rules) or "")
    out = [
        rule,
        "",
        _plain(words, rule),
        f"{words('ui.fix')}: {_gaps(words(f'problem.{rule}.fix'))}",
    ]
    module = BY_NAME.get(rule)
    if module and module.__doc__:
        manual, _, example = module.__doc__.strip().partition("\n\nWrong:")
        wrong, _, right = example.partition("Right:")
        out += ["", f"{words('ui.why')}:", manual.partition("\n\n")[2] or manual]
        out += ["", f"{words('ui.wrong')}:", f"    {wrong.strip()}"]
        out += ["", f"{words('ui.right')}:", f"    {right.strip()}"]
    return "\n".join(out) + "\n"


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


def _plain(words: Words, rule: str) -> str:
    return _gaps(words(f"problem.{rule}.wrong"))


def _gaps(text: str) -> str:
    """A message without its particular values."""
    import re

    return re.sub(r"\{[a-z_]+\}", "…", text)
