"""A site of blocks into what MkDocs takes, and that into a published portal.

MkDocs gets one Markdown text a page, whose line is finished HTML, and a configuration, both in
memory; `write_tree` puts the same into files, for engines that read those. Nothing an author wrote becomes configuration, template or raw HTML.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planwerk import blocks as b
from planwerk.render import engine
from planwerk.render.findable import findable
from planwerk.render.html import Writer, escape
from planwerk.render.shipped import SCRIPT, SHIM, STYLES, site_assets
from planwerk.theme import Theme

SIGNS = r"""[\s,;:!?=\[\]()"„“”‚‘’»«›‹–—·/…%▾→*+&<>@\-]+|\.(?!\d)"""
ENDINGS = {
    "de": r"(?<=[A-Za-zÄÖÜäöüß]{3})(?:ern|em|en|er|es|e)(?![A-Za-zÄÖÜäöüß])"
    r"|(?<=[A-Za-zÄÖÜäöüß]{2}[bdfghklmnrt])s(?![A-Za-zÄÖÜäöüß])",
    "en": r"(?<=[A-Za-z]{2}[a-hj-rtv-z])s(?![A-Za-z])",
}
"""What parts words in a client's search, in what is found and in what is typed: signs (12.498 is one
word), and the endings that words take, as if they were signs. Material looks for words that begin
like what is typed, and its stemmer leaves no word that begins like one of which the end is missing
yet: with it, nothing would be found. Every beginning of an ending is one too, so that typing on
loses no hit. As JavaScript reads it, with and without `u`."""
OPENING = re.compile(r'(?<![^\s(\[„“‚‘/-])"(?=\S)')
"""A straight quotation mark before what it quotes."""
OUTSIDE_NAVIGATION = ("glossary", "imprint", "privacy")


def render_site(
    site: b.Site,
    theme: Theme,
    out: Path,
    *,
    engine_name: str = "mkdocs",
    shared: Path | None = None,
) -> set[str]:
    """Write the portal into `out`, and say which files; those that all sites have are linked from
    `shared`.

    RuntimeError if the engine warns or the result holds a script that is not known.
    """
    if engine_name == "zensical":
        return _by_zensical(site, theme, out)
    pictures: dict[str, bytes] = {}
    pages = markdown(site, pictures)
    found = engine.harden(engine.mkdocs(settings(site), pages), site.labels)
    if site.internal:
        found |= findable(site, pages)
    engine.place_assets(out, {n: words.encode() for n, words in found.items()}, None)
    engine.place_assets(out, pictures, None)
    engine.place_assets(out, site_assets(theme, site), shared)
    return {*found, *pictures, *site_assets(theme, site)}


def _by_zensical(site: b.Site, theme: Theme, out: Path) -> set[str]:
    """The same by Zensical, which wants a folder of its own."""
    # built beside and then copied in: other sites may lie below `out`, and engines empty theirs
    with tempfile.TemporaryDirectory(prefix="planwerk-") as work:
        tree, made = Path(work), Path(work) / "site"
        write_tree(site, theme, tree)
        engine.zensical(tree, made)
        _without_addresses(made, site.labels)
        names = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
        shutil.copytree(made, out, dirs_exist_ok=True)
    if site.internal:
        files = findable(site, markdown(site))
        engine.place_assets(out, {name: words.encode() for name, words in files.items()}, None)
        names |= files.keys()
    return names


def _without_addresses(made: Path, labels: Mapping[str, str]) -> None:
    """Take out what tells where a site lies: we do not know, and it may lie in any folder. Pages get
    their policy."""
    for name in ("404.html", "sitemap.xml"):
        (made / name).unlink(missing_ok=True)
    for page in made.glob("*.html"):
        words = re.sub(r'<link rel="canonical"[^>]*>', "", page.read_text("utf-8"))
        page.write_text(engine.hardened(words, page.name, labels, "zensical"), "utf-8")


def write_tree(site: b.Site, theme: Theme, into: Path) -> None:
    """The MkDocs tree: docs/*.md, mkdocs.yml."""
    docs = into / "docs"
    docs.mkdir(parents=True)
    pictures: dict[str, bytes] = {}
    for page, words in markdown(site, pictures).items():
        (docs / f"{page}.md").write_text(words, "utf-8")
    for name, content in {**site_assets(theme, site), **pictures}.items():
        if name in pictures or name.startswith(
            ("assets/planwerk/", "assets/vendor/", "assets/logo")
        ):
            path = docs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    # JSON is YAML, and needs no writer that could be talked into tags
    (into / "mkdocs.yml").write_text(
        json.dumps(settings(site), ensure_ascii=False, indent=1), "utf-8"
    )


def safe_title(words: str) -> str:
    """A title that no template can turn back into markup, however often it is unescaped, and that
    ends no attribute: engines write it into those as it is."""
    before = None
    while before != words:
        before, words = words, html.unescape(words)
    words = OPENING.sub("“", words).replace('"', "”").replace("'", "’")
    return words.replace("<", "‹").replace(">", "›").replace("{", "(").replace("}", ")")


# --- pages -----------------------------------------------------------------------------------


def markdown(site: b.Site, pictures: dict[str, bytes] | None = None) -> dict[str, str]:
    """The Markdown of each page by its name; the files of the pictures of texts into `pictures`."""
    found = {} if pictures is None else pictures
    return {page.name: _page(site, page, found) for page in site.pages}


def _page(site: b.Site, page: b.Page, pictures: dict[str, bytes]) -> str:
    writer = Writer(site.labels)
    writer.files = pictures
    hidden = ["navigation"] if page.prose else ["navigation", "toc"]
    meta = json.dumps(
        {"title": safe_title(page.tab if page.name != "index" else site.name), "hide": hidden},
        ensure_ascii=False,
    )
    lines = [f"---\n{meta}\n---\n", _masthead(site, page, writer), _local_navigation(site, page)]
    kind = "prose" if page.prose else "data"
    place = _place(site, page) if site.internal else ""
    lines += [_one_line(writer.block(block)) for block in page.blocks]
    lines.append(_foot(page, writer))
    body = " ".join(line for line in lines[1:] if line)
    return f'{lines[0]}\n<div class="pw {kind}"{place}>{body}</div>\n'


def _place(site: b.Site, page: b.Page) -> str:
    """Where a page stands in our portal, for the search and the way to other accounts."""
    where = {"root": site.home.removesuffix("index.html"), "account": site.account, "page": page.name}  # fmt: skip
    return "".join(f' data-{name}="{escape(words)}"' for name, words in where.items())


def _foot(page: b.Page, writer: Writer) -> str:
    """When what the page shows was last changed, and how to say what is wrong with it."""
    changed = f"<span>{escape(page.changed)}</span>" if page.changed else ""
    foot = f'<span class="tell" data-search-exclude="1">{writer.text(page.foot)}</span>' if page.foot else ""  # fmt: skip
    words = " ".join(part for part in (changed, foot) if part)
    return f'<p class="sm changed">{words}</p>' if words else ""


def _one_line(words: str) -> str:
    return words.replace("\n", " ")


def _masthead(site: b.Site, page: b.Page, writer: Writer) -> str:
    """Eyebrow, title as finding, and what stands to its right."""
    eyebrow = []
    for kind, words in site.mark.tags if site.mark else ():
        eyebrow.append(f'<span class="tag {kind}">{escape(words)}</span>')
    if site.home:
        eyebrow.append(f'<a class="up" href="{escape(site.home)}">{escape(site.home_name)}</a>')
    if site.account:  # the way to the others for those whose browser runs no script
        link = site.home.replace("index.html", "accounts.html")
        eyebrow.append(
            f'<a class="up all" href="{escape(link)}">{escape(site.labels["find_all"])}</a>'
        )
    eyebrow += [f"<span>{escape(words)}</span>" for words, _ in page.eyebrow if words]
    above = f'<p class="eyebrow">{" ".join(eyebrow)}</p>' if eyebrow else ""
    title = f"<h1>{escape(page.title)}</h1>"
    if page.aside is None:
        return f'<div class="pw-mast"><div>{above} {title}</div></div>'
    label, value, note = (escape(words) for words in page.aside)
    aside = f'<div class="aside"><span class="sm">{label}</span> <b>{value}</b> <span class="sm">{note}</span></div>'
    return f'<div class="pw-mast"><div>{above} {title}</div> {aside}</div>'


def _local_navigation(site: b.Site, page: b.Page) -> str:
    """The pages of the same tab, in one line under the title."""
    if not page.group:
        return ""
    links = " ".join(
        f'<a href="{other.name}.html"{" aria-current=page" if other.name == page.name else ""}>{escape(other.tab)}</a>'
        for other in site.pages
        if other.group == page.group
    )
    # its own words: Material's drawer has a landmark that bears the group's name
    label = f"{site.labels['local_navigation']}: {page.group}"
    return f'<nav class="pw-sub" aria-label="{escape(label)}">{links}</nav>'


# --- configuration ---------------------------------------------------------------------------


def settings(site: b.Site) -> dict[str, Any]:
    """What mkdocs.yml says."""
    labels = site.labels
    styles = [f"{STYLES}/brand.css", f"{STYLES}/planwerk.css"]
    if site.internal:
        styles.append(f"{STYLES}/internal.css")
    legal = " · ".join(
        f'<a href="{name}.html">{escape(page.tab)}</a>'
        for name in OUTSIDE_NAVIGATION
        if (page := next((p for p in site.pages if p.name == name), None))
    )
    toggle = {
        "default": ("slate", "material/weather-night"),
        "slate": ("default", "material/weather-sunny"),
    }
    return {
        "site_name": safe_title(site.name),
        "site_url": "",
        "docs_dir": "docs",
        "use_directory_urls": False,
        "nav": _navigation(site),
        "not_in_nav": "\n".join(f"/{name}.md" for name in OUTSIDE_NAVIGATION),
        "copyright": f"{escape(site.footer)} · {legal}",
        "theme": {
            "name": "material",
            "variant": "classic",
            "language": site.language,
            "font": False,
            "logo": "assets/logo-dark.svg" if site.internal else "assets/logo.svg",
            "favicon": "assets/logo.svg",
            "features": ["navigation.tabs"],
            "palette": [
                {
                    "scheme": scheme,
                    "primary": "custom",
                    "accent": "custom",
                    "toggle": {"icon": icon, "name": labels[f"to_{other}"]},
                }
                for scheme, (other, icon) in toggle.items()
            ],
        },
        # ours has a search of its own over all accounts, which needs no worker (see findable.py)
        "plugins": [] if site.internal else [{"search": _searched(site.language)}],
        "markdown_extensions": [],
        "extra": {"generator": False, "polyfills": [] if site.internal else [SHIM]},
        "extra_css": styles,
        "extra_javascript": [SCRIPT] if site.internal else [],
    }


def _searched(language: str) -> dict[str, Any]:
    """How a client's search reads words."""
    return {"lang": [language], "separator": f"{SIGNS}|{ENDINGS[language]}"}


def _navigation(site: b.Site) -> list[dict[str, Any]]:
    """Tabs in the order of the pages; pages of a group share one."""
    nav: list[dict[str, Any]] = []
    groups: dict[str, list[dict[str, str]]] = {}
    for page in site.pages:
        if page.name in OUTSIDE_NAVIGATION:
            continue
        entry = {safe_title(page.tab): f"{page.name}.md"}
        if not page.group:
            nav.append(entry)
        elif page.group in groups:
            groups[page.group].append(entry)
        else:
            groups[page.group] = [entry]
            nav.append({safe_title(page.group): groups[page.group]})
    return nav
