"""Where a commit, a pull request or a line of a file can be looked at."""

from __future__ import annotations

from urllib.parse import quote

from planwerk.model.cited import Cited
from planwerk.model.workspace import Host

COMMITS = {"github": "commit", "gitlab": "-/commit", "gitea": "commit"}
FILES = {
    "github": "blob/{commit}/{path}?plain=1",
    "gitlab": "-/blob/{commit}/{path}?plain=1",
    "gitea": "src/commit/{commit}/{path}?display=source",
}
"""A file as it is written: hosts show Markdown and tables without their lines else."""
REQUESTS = {"github": "pull", "gitlab": "-/merge_requests", "gitea": "pulls"}


def commit_address(host: Host | None, commit: str) -> str:
    """The page of a commit (its full id); "" where no host is known."""
    return f"{host.url.rstrip('/')}/{COMMITS[host.kind]}/{commit}" if host and commit else ""


def request_address(host: Host | None, number: str) -> str:
    """The page of a pull request; "" where no host is known."""
    return f"{host.url.rstrip('/')}/{REQUESTS[host.kind]}/{number}" if host and number else ""


def request_name(host: Host | None, number: str) -> str:
    """What people write for it: `#12`, on GitLab `!12`."""
    return f"{'!' if host and host.kind == 'gitlab' else '#'}{number}"


def line_address(host: Host, cited: Cited) -> str:
    """The page of a file at a commit, at the line that is cited."""
    path = FILES[host.kind].format(commit=cited.commit, path=quote(cited.path))
    return f"{host.url.rstrip('/')}/{path}#L{cited.line}"
