"""What a brand's Word template gives to documents, and what is ours in its place."""

from __future__ import annotations

from planwerk.report.excerpt import printable
from planwerk.theme import Theme
from planwerk.words import Words


def told(theme: Theme, words: Words) -> str:
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
    return "".join(f"{line}\n" for line in (f"{printable(path.name)}:", *(f"  {w}" for w in lines)))
