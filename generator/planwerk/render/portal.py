"""A site of blocks into what MkDocs takes, and that into a published portal.

MkDocs gets one Markdown text a page, whose line is finished HTML, and a configuration, both in
memory; `write_tree` puts the same into files, for engines that read those. Nothing an author wrote becomes configuration, template or raw HTML.
"""

from __future__ import annotations

import base64
import html
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planwerk import blocks as b
from planwerk.render import engine
from planwerk.render.findable import findable
from planwerk.render.html import Writer, escape
from planwerk.theme import BUILT_IN, Theme, data_folder

STYLES = "assets/planwerk"
SHIM = "assets/vendor/iframe-worker.js"
SCRIPT = f"{STYLES}/planwerk.js"
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
SCRIPTS = ("words", "search", "labels", "combobox", "header", "tables", "folds")
"""The parts of our script, in the order in which they need each other."""
ONLY_CLIENTS = re.compile("^assets/javascripts/(workers|lunr)/")
"""What Material's search asks for."""
OUTSIDE_NAVIGATION = ("glossary", "imprint", "privacy")
LIGHT, DARK = ":root,[data-md-color-scheme=default]", "[data-md-color-scheme=slate]"


def render_site(
    site: b.Site,
    theme: Theme,
    out: Path,
    *,
    engine_name: str = "mkdocs",
    shared: Path | None = None,
) -> None:
    """Write the portal into `out`; files that all sites have are linked from `shared`.

    RuntimeError if the engine warns or the result holds a script that is not known.
    """
    if engine_name == "zensical":
        _by_zensical(site, theme, out)
        return
    pictures: dict[str, bytes] = {}
    pages = markdown(site, pictures)
    found = engine.harden(engine.mkdocs(settings(site), pages), site.labels)
    if site.internal:
        found |= findable(site, pages)
    engine.place_assets(out, {n: words.encode() for n, words in found.items()}, None)
    engine.place_assets(out, pictures, None)
    engine.place_assets(out, site_assets(theme, site), shared)


def _by_zensical(site: b.Site, theme: Theme, out: Path) -> None:
    """The same by Zensical, which wants a folder of its own."""
    # built beside and then copied in: other sites may lie below `out`, and engines empty theirs
    with tempfile.TemporaryDirectory(prefix="planwerk-") as work:
        tree, made = Path(work), Path(work) / "site"
        write_tree(site, theme, tree)
        engine.zensical(tree, made)
        _without_addresses(made)
        shutil.copytree(made, out, dirs_exist_ok=True)
    if site.internal:
        files = findable(site, markdown(site))
        engine.place_assets(out, {name: words.encode() for name, words in files.items()}, None)


def _without_addresses(made: Path) -> None:
    """Take out what tells where a site lies: we do not know, and it may lie in any folder."""
    for name in ("404.html", "sitemap.xml"):
        (made / name).unlink(missing_ok=True)
    for page in made.glob("*.html"):
        words = page.read_text("utf-8")
        page.write_text(
            re.sub(r'<(link rel="canonical"|meta name="generator")[^>]*>', "", words), "utf-8"
        )


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
    """A title that no template can turn back into markup, however often it is unescaped."""
    before = None
    while before != words:
        before, words = words, html.unescape(words)
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


# --- assets ----------------------------------------------------------------------------------


_ASSETS: dict[tuple[str, bool, str], dict[str, bytes]] = {}


def site_assets(theme: Theme, site: b.Site) -> Mapping[str, bytes]:
    """Every file a site needs beside its pages, by name: the engine's, ours, the brand's."""
    key = (str(theme.folder), site.internal, site.language)
    if key not in _ASSETS:
        _ASSETS[key] = dict(_assets(theme, site))
    return _ASSETS[key]


def _assets(theme: Theme, site: b.Site) -> Iterator[tuple[str, bytes]]:
    ours = data_folder("themes") / BUILT_IN / "portal"  # the look; a brand gives its tokens
    yield from (
        engine.assets().items()
        if not site.internal
        else (
            (name, content)
            for name, content in engine.assets().items()
            if not ONLY_CLIENTS.match(name)
        )
    )
    yield f"{STYLES}/brand.css", brand_css(theme).encode()
    yield f"{STYLES}/planwerk.css", (ours / "planwerk.css").read_bytes()
    if site.internal:
        yield f"{STYLES}/internal.css", (ours / "internal.css").read_bytes()
        yield SCRIPT, script(site.labels, ours / "js").encode()
    else:
        yield SHIM, (ours / "vendor/iframe-worker.js").read_bytes()
        licence = "vendor/LICENSE-iframe-worker.txt"
        yield f"assets/{licence}", (ours / licence).read_bytes()
    yield f"{STYLES}/{theme.font_licence}", theme.file(theme.font_licence).read_bytes()
    for name, file in (("logo.svg", theme.logo), ("logo-dark.svg", theme.logo_dark)):
        yield f"assets/{name}", theme.file(file).read_bytes()


def script(labels: Mapping[str, str], folder: Path) -> str:
    """Our script in one file: its words in the reader's language, then its parts."""
    said = {key: words for key, words in labels.items() if key.startswith(("find_", "table_", "search"))}  # fmt: skip
    parts = (folder.joinpath(f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    first = (
        f"var planwerk = {{ labels: {json.dumps(said, ensure_ascii=False, sort_keys=True)} }};\n"
    )
    return first + "\n".join(parts)


NEAR = '"pw-near"'
MEANWHILE = "".join(
    f"@font-face{{font-family:{NEAR};font-weight:{weight};size-adjust:93%;src:{','.join(f'local({chr(34)}{name}{chr(34)})' for name in names)}}}\n"
    for weight, names in (
        ("400", ("Arial", "Liberation Sans", "Helvetica")),
        ("600 700", ("Arial Bold", "Liberation Sans Bold", "Helvetica Bold")),
    )
)
"""What lines are laid out with until the brand's font is read: as wide as text faces of brands
are, so that no line breaks elsewhere, and the page below it does not jump, when the font is there."""


def brand_css(theme: Theme) -> str:
    """The brand's tokens as CSS variables; dark ones only on screens, so that print is light.

    The fonts lie in the style sheet: fetched beside it, they come after the first lines were
    set in another one, and what is already read jumps.
    """
    faces = "".join(
        f'@font-face{{font-family:"{theme.portal_font}";font-weight:{weight};font-display:block;'
        f'src:url(data:font/woff2;base64,{_base64(theme.file(name))}) format("woff2")}}\n'
        for weight, name in theme.font_files.items()
    )
    light = "".join(f"--pw-{token}:#{color};" for token, color in theme.light.items())
    dark = "".join(f"--pw-{token}:#{color};" for token, color in theme.dark.items())
    family = f'--md-text-font:"{theme.portal_font}";--pw-font:"{theme.portal_font}",{NEAR},system-ui,sans-serif;'
    return f"{faces}{MEANWHILE}{LIGHT}{{{family}{light}}}\n@media screen{{{DARK}{{{dark}color-scheme:dark}}}}\n"


def _base64(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
