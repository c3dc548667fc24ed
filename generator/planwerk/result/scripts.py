"""The inline scripts that a page may hold, by the engines' versions: a fixed list, read by people.

The policy of every page names them, and what a build made is searched for others. An engine's
new version with another script is refused until that script was read and its hash stands here;
`tests/test_scripts.py` says which.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

SCRIPTS: dict[str, dict[str, str]] = {
    "mkdocs-material 9.8.1": {
        "DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=": "light or dark, as chosen before",
        "/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=": "opens the part of the page that is asked for",
        "apoQPHefCNWjxbCm+HzVDOAW4CSVWhY7VylQjgOFyfk=": "keeps what was chosen, by folder",
    },
    "zensical 0.0.73": {
        "DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=": "light or dark, as chosen before",
        "/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=": "opens the part of the page that is asked for",
        "NtDSpqsbRHTCuvO0w09HWywQFB8wasC3z/ikU4KgRmk=": "keeps what was chosen, by folder",
    },
}
"""By engine: the digest of each script, and what it does."""
SHIM = "zwEeX9SHbdbsDBu4WXpwOZty5sQXKT3c7Ic+TUtFsp0="
"""The one script of the frame that stands in for a worker where a page is opened from disk
(themes/*/portal/vendor/iframe-worker.js); a test in the browser holds it."""
NAMES = {"mkdocs": "mkdocs-material 9.8.1", "zensical": "zensical 0.0.73"}
"""The versions that are locked, by what `--engine` calls them."""
STYLES = {"mkdocs": "style-src 'self';", "zensical": "style-src 'self' 'unsafe-inline';"}
"""Where styles may come from: Zensical's script writes its own into the page."""
KNOWN = frozenset(one for scripts in SCRIPTS.values() for one in scripts)


def known_scripts(engine: str) -> frozenset[str]:
    """The digests of the inline scripts in the pages of an engine (`mkdocs`, `zensical`)."""
    return frozenset(SCRIPTS[NAMES[engine]])


@lru_cache(maxsize=64)
def hashed(script: str) -> str:
    """A script's digest, as a policy names it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
