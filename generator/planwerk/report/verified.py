"""What documents were found to be, told to people and to programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from planwerk import formats
from planwerk.report.excerpt import printable
from planwerk.verify import Change, Verdict
from planwerk.words import Words


def told(file: str, verdict: Verdict, words: Words) -> str:
    """What a file is, of whom and when, and each part that was changed, a line each."""
    key = "ours" if verdict.ours else verdict.found
    title, day = printable(verdict.title), _day(verdict.as_of, words)
    lines = [words(f"verify.{key}", file=printable(file), title=title, day=day)]
    if verdict.path:
        commit = words("verify.commit", commit=verdict.commit) if verdict.commit else ""
        facts = {
            "account": verdict.account or words("verify.everybody"), "day": day, "commit": commit,
            "audience": words(f"verify.audience.{verdict.audience}"), "title": title,
        }  # fmt: skip
        lines += [f"  {words('verify.of', **facts)}", f"  {verdict.path}"]
    lines += [f"  - {_change(one, verdict, words)}" for one in verdict.changes]
    return "\n".join(lines) + "\n"


def _change(change: Change, verdict: Verdict, words: Words) -> str:
    part = (
        change.part if change.part != "chapter" or not verdict.path.endswith(".pptx") else "slide"
    )
    gone = "_gone" if part in ("chapter", "slide", "chart") and not change.title else ""
    shown = words(f"verify.part.{part}{gone}", title=printable(change.title), number=change.number)
    return f"{shown} · {words(f'verify.how.{change.how}')}"


def _day(words_: str, words: Words) -> str:
    try:
        return formats.full_day(date.fromisoformat(words_), words.language)
    except ValueError:
        return printable(words_)


def as_json(found: Mapping[str, Verdict]) -> str:
    """A list of files with what each is; fields that say nothing are left out."""
    rows = []
    for file, one in found.items():
        facts = {
            "title": one.title, "account": one.account, "audience": one.audience,
            "as_of": one.as_of, "commit": one.commit, "path": one.path, "ours": one.ours,
        }  # fmt: skip
        changes = [
            {k: v for k, v in (("part", c.part), ("how", c.how), ("title", c.title), ("number", c.number)) if v}
            for c in one.changes
        ]  # fmt: skip
        kept = {name: fact for name, fact in facts.items() if fact}
        rows.append({"file": file, "found": one.found, **kept, **({"changes": changes} if changes else {})})  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
