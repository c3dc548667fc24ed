"""What every output says about itself: for whom, as of when, which commit, whether a draft."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk import formats
from planwerk.model.portfolio import Portfolio
from planwerk.words import Words


def house(seen: Portfolio, say: Words) -> str:
    """Our own name; where it is not known yet, "our company"."""
    name = seen.workspace.organisation.name
    return name if isinstance(name, str) else say("word.our_company")


def mark(seen: Portfolio, draft: bool, say: Words) -> b.Mark | None:
    """The mark of an output of `seen`; None for a client's that holds only what is committed."""
    if seen.audience == "internal":
        return _mark("internal_draft" if draft else "internal", say)
    return draft_mark(say) if draft else None


def draft_mark(say: Words) -> b.Mark:
    """The mark of a client's output that holds what is not committed."""
    return _mark("draft", say)


def _mark(key: str, say: Words) -> b.Mark:
    kinds: tuple[b.MarkKind, ...] = ("internal", "draft")
    tags = tuple((kind, say(f"mark.{kind}.tag")) for kind in kinds if kind in key)
    return b.Mark(tags, say(f"mark.{key}.banner"), say(f"mark.{key}.note"))


def footer(seen: Portfolio, commit: str, say: Words) -> str:
    """Who, as of when, and for whom; the commit only where we are among ourselves."""
    day = formats.full_day(seen.as_of, say.language)
    key = "client" if seen.audience != "internal" else "internal_commit" if commit else "internal"
    return say(f"footer.{key}", organisation=house(seen, say), day=day, commit=commit)
