"""The files that portals bring along, which say nothing of anybody: the engine's, ours, the brand's.

They are the same for all clients of a brand. So a client's output is searched without them: each is
known by its digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from planwerk import blocks as b
from planwerk.theme import BUILT_IN, Theme, data_folder

STYLES = "assets/planwerk"
SHIM = "assets/vendor/iframe-worker.js"
SCRIPT = f"{STYLES}/planwerk.js"
SCRIPTS = ("words", "search", "labels", "combobox", "header", "tables", "folds")
"""The parts of our script, in the order in which they need each other."""
ONLY_CLIENTS = re.compile("^assets/javascripts/(workers|lunr)/")
"""What Material's search asks for."""
LIGHT, DARK = ":root,[data-md-color-scheme=default]", "[data-md-color-scheme=slate]"
UNUSED = re.compile(
    r"\.map$|/lunr/(?!min/lunr\.(de|stemmer\.support|multi)\.min\.js$)|/lunr/wordcut|^assets/images/"
)
"""Theme files no page of ours asks for: source maps, other languages' stemmers, pictures."""


def digests(theme: Theme, engine_name: str) -> frozenset[str]:
    """The digests (sha256, in hex) of all files that a client's portal brings along."""
    found = {hashlib.sha256(content).hexdigest() for _, content in _assets(theme, False, {})}
    if engine_name == "zensical":
        templates = _templates("zensical")
        files = (path for path in (templates / "assets").rglob("*") if path.is_file())
        found |= {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return frozenset(found)


def _templates(package: str) -> Path:
    """The folder of an engine's templates; nothing of it is imported."""
    found = find_spec(package)
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "templates"


@lru_cache(maxsize=1)
def assets() -> Mapping[str, bytes]:
    """The theme's own files that our pages ask for, by name."""
    templates, found = _templates("material"), {}
    for path in sorted((templates / "assets").rglob("*")):
        name = path.relative_to(templates).as_posix()
        if path.is_file() and not UNUSED.search(name):
            # a comment that names a source map would be asked for by developer tools
            found[name] = re.sub(rb"\n?/[/*]# sourceMappingURL=[^\n]*", b"", path.read_bytes())
    return found


_ASSETS: dict[tuple[str, bool, tuple[tuple[str, str], ...]], dict[str, bytes]] = {}


def site_assets(theme: Theme, site: b.Site) -> Mapping[str, bytes]:
    """Every file a site needs beside its pages, by name: the engine's, ours, the brand's."""
    # the script holds the labels: by its language alone, a site could get another one's words
    key = (str(theme.folder), site.internal, tuple(site.labels.items()))
    if key not in _ASSETS:
        _ASSETS[key] = dict(_assets(theme, site.internal, site.labels))
    return _ASSETS[key]


def _assets(theme: Theme, internal: bool, labels: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    ours = data_folder("themes") / BUILT_IN / "portal"  # the look; a brand gives its tokens
    yield from (
        assets().items()
        if not internal
        else ((name, content) for name, content in assets().items() if not ONLY_CLIENTS.match(name))
    )
    yield f"{STYLES}/brand.css", brand_css(theme).encode()
    yield f"{STYLES}/planwerk.css", (ours / "planwerk.css").read_bytes()
    if internal:
        yield f"{STYLES}/internal.css", (ours / "internal.css").read_bytes()
        yield SCRIPT, script(labels, ours / "js").encode()
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
