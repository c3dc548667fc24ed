"""Problems told to people and machines, one module a format.

`terminal` shows them to a person with an excerpt; `document` (JSON), `github`, `gitlab` and
`sarif` write what programs read. `telling` has the words that all of them share.
"""

from __future__ import annotations

from collections.abc import Sequence

from planwerk.problems import Problem
from planwerk.report.say import say
from planwerk.report.sources import Sources
from planwerk.report.telling import ordered, tell
from planwerk.report.terminal import as_text, summary
from planwerk.words import Words

__all__ = ["Sources", "as_text", "for_machines", "ordered", "say", "summary", "tell"]  # fmt: skip


def for_machines(form: str, problems: Sequence[Problem], words: Words, sources: Sources) -> str:
    """The problems as `json`, `github`, `gitlab` or `sarif`: the whole output, valid whatever plans hold."""
    if form == "json":
        from planwerk.report.document import as_json

        return as_json(problems, words)
    if form == "github":
        from planwerk.report.github import as_github

        return as_github(problems, words, sources)
    if form == "gitlab":
        from planwerk.report.gitlab import as_gitlab

        return as_gitlab(problems, words, sources)
    from planwerk.report.sarif import as_sarif

    return as_sarif(problems, words, sources)
