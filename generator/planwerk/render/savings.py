"""What MkDocs does again for every page and site although the answer is known.

Each saving replaces one function of MkDocs or Material while a site is built, says why the
pages stay the same, and hands over to the original where its assumption does not hold.
`tests/test_portal.py` compares every page, byte by byte, with those of a plain `mkdocs build`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, DictLoader, PrefixLoader
from jinja2.bccache import Bucket

OURS = re.compile(r'\s*(<div class="pw [a-z]+"[^>\n]*>[^\n]*</div>)\s*')
"""A page as `render/portal.py` writes it: all of it one line of HTML in one element."""

NOWHERE = Path(__file__).parent.with_name("nowhere")
"""A folder that does not exist, where MkDocs believes it writes."""

_ENVIRONMENTS: dict[tuple[str, ...], Any] = {}
_COMPILED: dict[tuple[str, str], bytes] = {}
"""Templates by the digests of their names and words."""


_SAID: dict[str, str] = {}
"""Parts of the site at hand that are the same on all its pages."""
_LISTED: dict[str, tuple[str, int | None, str]] = {}
"""The lists of the page before, by name: the list, which entry is active there, and its words."""
SAME = ("styles", "libs", "fonts", "analytics", "config", "scripts")
"""Blocks of Material's page that say nothing of the page; all of ours lie in one folder."""
PARTS = ("palette", "search", "logo", "footer", "tags", "actions", "source-file", "feedback", "comments")  # fmt: skip
"""So do these partials, as nothing of what they would tell is among a page's words or our settings."""
ITEM = '{% import "theirs:NAME" as theirs with context %}{% macro render(item) %}{{ known_item("NAME", theirs.render, item, *varargs) }}{% endmacro %}'
ITEMS = ("partials/nav-item.html", "partials/tabs-item.html")
LIST = '{% macro whole() %}{% include "theirs:partials/NAME.html" %}{% endmacro %}{% import "theirs:partials/NAME-item.html" as theirs with context %}{{ known_list("NAME", whole, theirs.render, nav.items) }}'
LISTS: Mapping[str, Callable[[int], tuple[object, ...]]] = {
    "nav": lambda place: (f"__nav_{place + 1}", 1),
    "tabs": lambda place: (),
}
"""The lists of the navigation, and what their templates ask for an entry with."""
QUICK = {
    # Material's template asks two others for each of about 80 words a page
    "partials/language.html": "{% set t = known_word %}",
    "main.html": '{% extends "theirs:main.html" %}'
    + "".join(
        f'{{% block {name} %}}{{{{ once("{name}", super) }}}}{{% endblock %}}' for name in SAME
    ),
    **{
        f"partials/{name}.html": f'{{% macro part() %}}{{% include "theirs:partials/{name}.html" %}}{{% endmacro %}}{{{{ once("{name}.html", part) }}}}'
        for name in PARTS
    },
    **{name: ITEM.replace("NAME", name) for name in ITEMS},
    **{f"partials/{name}.html": LIST.replace("NAME", name) for name in LISTS},
    # a page of ours lists no headings beside it
    "partials/toc.html": '{% macro part() %}{% include "theirs:partials/toc.html" %}{% endmacro %}'
    "{{ part() if page.toc | first else once('toc.html', part) }}",
}
"""Templates in the place of Material's, which stay at hand as "theirs"."""


@contextmanager
def savings(pages: Mapping[str, str], made: dict[str, bytes]) -> Iterator[None]:
    """All savings, for as long as the context lasts.

    MkDocs finds `pages` (Markdown by name) instead of a folder of files, and what it would
    write comes into `made`: nothing is read from a disk or written to one.
    """
    import material.plugins.search.plugin as search
    from mkdocs import utils
    from mkdocs.commands import build
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.theme import Theme

    from planwerk.render.search_index import QuickParser

    ours: tuple[tuple[Any, str, Any], ...] = (
        (Theme, "get_env", _environment(Theme.get_env)),
        (Page, "render", _render(Page.render)),
        (utils, "get_themes", _remembered(utils.get_themes)),
        # the theme's files are the same for every site: `place_assets` links them instead
        (Files, "add_files_from_theme", lambda files, env, config: None),
        (search, "Parser", QuickParser),
        (build, "get_files", lambda config: _files(pages, config)),
        (utils, "write_file", lambda content, path: made.update({_name(path): content})),
    )
    originals = [getattr(owner, name) for owner, name, _ in ours]
    _SAID.clear()
    _LISTED.clear()
    for owner, name, function in ours:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for (owner, name, _), original in zip(ours, originals, strict=True):
            setattr(owner, name, original)


def load_config(settings: Mapping[str, Any]) -> Any:
    """The configuration as `mkdocs.config.load_config` would give it.

    RuntimeError says what MkDocs does not accept.
    """
    from mkdocs.config.defaults import MkDocsConfig

    config = MkDocsConfig(config_file_path="")
    # a folder that is there: MkDocs asks for that
    folders = {"docs_dir": str(Path(__file__).parent), "site_dir": str(NOWHERE)}
    config.load_dict({**settings, **folders})
    errors, warnings = config.validate()
    if errors or warnings:
        raise RuntimeError(f"the portal's engine refuses its configuration: {errors + warnings}")
    # the sitemap and the page for addresses that do not exist: neither is published
    config.theme.static_templates.clear()
    return config


def _files(pages: Mapping[str, str], config: Any) -> Any:
    """The pages in the order in which MkDocs would find them in a folder."""
    from mkdocs.structure.files import File, Files

    names = sorted(pages, key=lambda name: (name != "index", f"{name}.md"))
    return Files([File.generated(config, f"{name}.md", content=pages[name]) for name in names])


def _name(path: str) -> str:
    return os.path.relpath(path, NOWHERE)


def _environment(make: Any) -> Any:
    """One template environment a theme and language: nothing is compiled twice."""

    def get_env(theme: Any) -> Any:
        # the language belongs to the key: the words are those of the language
        key = (*theme.dirs, str(theme.get("language")))
        if key not in _ENVIRONMENTS:
            _ENVIRONMENTS[key] = _quickened(make(theme), str(theme.get("language")))
        return _ENVIRONMENTS[key]

    return get_env


class Compiled(BytecodeCache):
    """What was compiled for one language serves the next."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what is known."""
        if found := _COMPILED.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is new."""
        _COMPILED[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def _quickened(environment: Any, language: str) -> Any:
    """The environment with words that are looked up once, and parts that are rendered once."""
    environment.bytecode_cache = Compiled()
    own, fallback = (
        environment.get_template(f"partials/languages/{name}.html").module.t
        for name in (language, "en")
    )
    known: dict[str, str] = {}

    def word(key: str) -> str:
        if key not in known:
            known[key] = str(own(key) or fallback(key) or key)
        return known[key]

    environment.globals |= {
        "known_word": word,
        "once": _once,
        "known_item": _known_item,
        "known_list": _known_list,
    }
    loader = environment.loader
    theirs = PrefixLoader({"theirs": loader}, delimiter=":")
    environment.loader = ChoiceLoader([DictLoader(QUICK), theirs, loader])
    return environment


def _once(name: str, render: Callable[[], str]) -> str:
    """What a part of a page says that is the same on all pages of the site."""
    if name not in _SAID:
        _SAID[name] = render()
    return _SAID[name]


def _known_item(name: str, render: Callable[..., str], item: Any, *more: Any) -> str:
    """An entry of the navigation, which is the same on all pages but those it is active on."""
    if item.active:
        return render(item, *more)
    return _once(f"{name} {id(item)}", lambda: render(item, *more))


def _known_list(
    name: str, whole: Callable[[], str], render: Callable[..., str], items: Sequence[Any]
) -> str:
    """A list of the navigation: that of the page before, but for the entry that was active there and
    the one that is now."""

    def entry(place: int) -> str:
        return str(render(items[place], *LISTS[name](place)))

    def idle(place: int) -> str:
        return f"partials/{name}-item.html {id(items[place])}"  # as `_known_item` keeps it

    now = next((place for place, item in enumerate(items) if item.active), None)
    active = "" if now is None else entry(now)
    said, before, was = _LISTED.get(name, ("", None, ""))
    changes = []
    if before is not None and before == now:
        changes = [(was, active)]
    else:
        if before is not None:
            changes.append((was, _once(idle(before), lambda: entry(before))))
        if now is not None:
            changes.append((_SAID.get(idle(now), ""), active))
    if said and all(old and said.count(old) == 1 for old, _ in changes):
        for old, new in changes:
            said = said.replace(old, new)
    else:
        said = whole()
    _LISTED[name] = (said, now, active)
    return said


def _render(original: Any) -> Any:
    """Python-Markdown would leave our line as it is, after parsing it twice as HTML."""

    def render(page: Any, config: Any, files: Any) -> None:
        line = OURS.fullmatch(page.markdown or "")
        if line is None:
            original(page, config, files)
            return
        from mkdocs.structure.toc import get_toc

        page.content = line[1]
        page.toc = get_toc([])
        page._title_from_render = None
        page.present_anchor_ids = set()
        page.links_to_anchors = {}

    return render


def _remembered(get_themes: Any) -> Any:
    """MkDocs forgets at every site which themes are installed, and searches all packages."""
    found = get_themes()
    ours: Any = lambda: found  # noqa: E731 - a function that also needs an attribute
    ours.cache_clear = lambda: None
    return ours
