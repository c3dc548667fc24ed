"""Where a commit or a pull request can be looked at."""

from __future__ import annotations

from planwerk.model.workspace import Host

COMMITS = {"github": "commit", "gitlab": "-/commit", "gitea": "commit"}
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
