"""What a brand's templates give to documents and decks, and what is ours in its place."""

from __future__ import annotations

from collections.abc import Sequence

from planwerk.render.deck_layout import ROLES
from planwerk.report.excerpt import printable
from planwerk.theme import Theme
from planwerk.words import Words

HEIGHT = 19.05
"""How high our own slides are, in centimetres."""


def told(theme: Theme, words: Words) -> str:
    """What is taken of the Word and the PowerPoint template; "" without one."""
    return _document(theme, words) + _deck(theme, words)


def _document(theme: Theme, words: Words) -> str:
    """A line for each: styles, header, footer, cover, and what is left behind; "" without a template."""
    path = theme.template
    if path is None:
        return ""
    from planwerk.render.foreign import Broken
    from planwerk.render.word_template import read_template

    try:
        found = read_template(path.read_bytes(), theme, words.language)
    except Broken:
        return ""
    styles, page = found.styles, found.page
    assert styles is not None
    taken = ", ".join(f"{role} ({printable(name)})" for role, name in styles.found.items())
    lines = [words("template.page", wide=f"{page.wide:.1f}", high=f"{page.high:.1f}", text=f"{page.text:.1f}")]  # fmt: skip
    lines += [words("template.styles", found=taken)] if taken else []
    lines += [words("template.ours", found=", ".join(styles.missing))] if styles.missing else []
    for part in ("header", "footer", "cover"):
        piece = getattr(found, part)
        whose = "theirs" if piece.xml else "none"
        lines.append(words(f"template.{part}.{whose}"))
    if found.dropped:
        kinds = ", ".join(words(f"template.dropped.{kind}") for kind in found.dropped)
        lines.append(words("template.left", found=kinds))
    return _listed(path.name, lines)


def _deck(theme: Theme, words: Words) -> str:
    """A line for each: size, layouts by role, fonts, what is ours, and what is left behind."""
    path = theme.deck_file
    if path is None:
        return ""
    from planwerk.render.deck_template import read_deck
    from planwerk.render.foreign import Broken

    try:
        found = read_deck(path.read_bytes(), theme, theme.deck_layouts, words.language, None)
    except Broken:
        return ""
    high = found.scale * HEIGHT
    shape = "deck_template.wide" if found.wide / HEIGHT > 1.5 else "deck_template.square"
    lines = [words(shape, wide=f"{found.wide * found.scale:.1f}", high=f"{high:.1f}")]
    for role in ROLES:
        one, how = found.roles.found[role], found.roles.how[role]
        name = printable(one.name) if one else ""
        lines.append(words(f"deck_template.role.{role}", how=words(f"deck_template.how.{how}.{role}" if how == "made" else f"deck_template.how.{how}", found=name)))  # fmt: skip
    for role, ours in found.ours.items():
        lines += [words("deck_template.ours", role=words(f"deck_template.roles.{role}"), found=", ".join(words(f"deck_template.drawn.{one}") for one in ours))] if ours else []  # fmt: skip
    titles = found.layouts["content"].title.font.name
    lines.append(
        words("deck_template.fonts", title=printable(titles), text=printable(found.font.name))
    )
    if found.dropped:
        left = ", ".join(words(f"deck_template.dropped.{kind}") for kind in found.dropped)
        lines.append(words("template.left", found=left))
    return _listed(path.name, lines)


def _listed(name: str, lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in (f"{printable(name)}:", *(f"  {w}" for w in lines)))
