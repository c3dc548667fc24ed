"""The hand-written pages of every portal, and what a house puts in their place or below them.

Those that ship lie here, one file a page and language. Imprint and privacy are the house's own
(`site/` beside `plans/`); where it wrote none, they are made of what it says about itself.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from planwerk import blocks as b
from planwerk.compose.feedback import Ways, in_help
from planwerk.compose.prose import parse_prose
from planwerk.model.house_page import HELP, IMPRINT, PRIVACY
from planwerk.model.portfolio import Portfolio
from planwerk.words import Words

GLOSSARY = "glossary"
FOR_PARTNERS = "help-partner"
"""What a partner reads in the place of the help."""


def shipped(name: str, language: str) -> tuple[str, str]:
    """The title of a page that ships, and what follows it, as Markdown."""
    written = (Path(__file__).parent / f"{name}.{language}.md").read_text("utf-8")
    title, _, body = written.partition("\n")
    return title.removeprefix("# ").strip(), body


def shipped_page(name: str, language: str) -> b.Page:
    """A page that ships."""
    title, body = shipped(name, language)
    return prose_page(name, title, parsed(body))


def prose_page(name: str, title: str, blocks: tuple[b.Block, ...]) -> b.Page:
    """A page of running text."""
    return b.Page(name, title, title, blocks, prose=True)


@lru_cache(maxsize=32)
def parsed(body: str, language: str = "") -> tuple[b.Block, ...]:
    """Prose that names nobody, the same in every portal; the house's own in its language."""
    return parse_prose(body, lambda _: None, language=language)


def pages_for(seen: Portfolio, say: Words, ways: Ways) -> tuple[b.Page, ...]:
    """Help, glossary, imprint and privacy as the portals of this reader show them; `ways` are
    those to tell us something. The words of the glossary are in no partner's portal."""
    glossary = () if _for_partner(seen) else (shipped_page(GLOSSARY, say.language),)
    return (
        help_page(seen, say, ways),
        *glossary,
        _own(seen, IMPRINT, say) or prose_page(IMPRINT, say("legal.imprint"), _details(seen, say)),
        _own(seen, PRIVACY, say) or _privacy(seen, say),
    )


def help_page(seen: Portfolio, say: Words, ways: Ways) -> b.Page:
    """The help that ships, how to reach us, and below it what the house adds."""
    title, body = shipped(FOR_PARTNERS if _for_partner(seen) else HELP, say.language)
    blocks = (*parsed(body), in_help(ways, title, say))
    if own := seen.page(HELP, say.language):
        heading = own.title or say("legal.more_help")
        blocks = (*blocks, b.Heading(b.text(heading), 3), *parsed(own.body, own.language))
    return prose_page(HELP, title, blocks)


def _for_partner(seen: Portfolio) -> bool:
    return seen.audience.startswith("partner:")


def _own(seen: Portfolio, name: str, say: Words) -> b.Page | None:
    page = seen.page(name, say.language)
    return (
        prose_page(name, page.title or say(f"legal.{name}"), parsed(page.body, page.language))
        if page
        else None
    )


def _details(seen: Portfolio, say: Words) -> tuple[b.Block, ...]:
    return (b.Paragraph(b.text(say("legal.publisher"))), publisher(seen, say))


def _privacy(seen: Portfolio, say: Words) -> b.Page:
    title, body = shipped(PRIVACY, say.language)
    whom = b.Heading(b.text(say("legal.controller")), 3)
    return prose_page(PRIVACY, title, (*parsed(body), whom, publisher(seen, say)))


def publisher(seen: Portfolio, say: Words) -> b.Facts:
    """Who publishes a portal, as far as the house says it; what it does not is open."""
    ours = seen.workspace.organisation
    facts = [
        (say("legal.name"), _cell(ours.name, say)),
        (say("legal.address"), _cell(ours.address, say)),
        (say("legal.email"), _cell(ours.email, say, "mailto:")),
    ]
    if ours.domain:
        facts.append((say("legal.website"), _cell(ours.domain, say)))
    return b.Facts(tuple(facts))


def _cell(value: object, say: Words, scheme: str = "") -> b.Cell:
    """A detail of the house, an address as a link; the word for unknown where it is not told."""
    if not isinstance(value, str) or not value:
        return b.Cell(b.text(say("word.open")), unknown=True)
    return b.Cell((b.Run(value, link=f"{scheme}{value}" if scheme else None),))
