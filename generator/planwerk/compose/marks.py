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
    internal = seen.audience == "internal"
    if not (internal or draft):
        return None
    key = "internal_draft" if internal and draft else "internal" if internal else "draft"
    tags: list[tuple[b.MarkKind, str]] = []
    if internal:
        tags.append(("internal", say("mark.internal.tag")))
    if draft:
        tags.append(("draft", say("mark.draft.tag")))
    return b.Mark(tuple(tags), say(f"mark.{key}.banner"), say(f"mark.{key}.note"))


def footer(seen: Portfolio, commit: str, say: Words) -> str:
    """Who, as of when, and for whom; the commit only where we are among ourselves."""
    day = formats.full_day(seen.as_of, say.language)
    key = "client" if seen.audience != "internal" else "internal_commit" if commit else "internal"
    return say(f"footer.{key}", organisation=house(seen, say), day=day, commit=commit)
