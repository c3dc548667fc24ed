"""All that is said over all accounts, for us alone: the portal's first site, and teams' briefs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from planwerk import blocks as b
from planwerk.compose.documents.brief import briefs
from planwerk.compose.feedback import Ways
from planwerk.compose.portal import of_plans
from planwerk.memory import Memory
from planwerk.model.portfolio import Portfolio
from planwerk.words import load_words


@dataclass(frozen=True, slots=True)
class Whole:
    """The site, if portals are asked for, and the documents, if Word documents are.

    The site lacks the pages that are the same in every house (`portal.with_reference`): who
    renders it adds them, and `ways` for their readers to reach us.
    """

    site: b.Site | None
    ways: Ways | None
    documents: tuple[b.Document, ...]


def whole(
    portfolio: Portfolio,
    formats: Collection[str],
    language: str | None = None,
    before: Collection[str] = (),
    memory: Memory | None = None,
) -> Whole:
    """What these formats say over the accounts of an internal projection.

    The site links to the documents that are made, and to those of `before`, which an earlier
    build left; `memory` keeps what was worked out of each account.
    """
    words, memory = load_words(language or portfolio.workspace.language), memory or Memory()
    made = "word" in formats
    left = {name for name in before if name.endswith(".docx")}
    documents = briefs(portfolio, words, memory) if made or left else ()
    links = tuple(
        b.Link(document.title, document.path, "Word")
        for document in documents
        if made or document.path in left
    )
    site, ways = of_plans(portfolio, words, links, memory) if "portal" in formats else (None, None)
    return Whole(site, ways, documents if made else ())
