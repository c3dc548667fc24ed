"""What browsers get: files of the parts, and a stream of what happens to the page at hand.

Only GET and HEAD; only names of files that were made, so that no path leads anywhere else; only
for those who typed an address of this machine: a name that somebody else's DNS points here is
refused, and so is what other sites' pages would load from us.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

OURS = "/__planwerk__/"
SCRIPT, EVENTS = f"{OURS}live.js", f"{OURS}events"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OTHER = "application/octet-stream"
ALIVE = 15.0
"""Seconds after which a stream says that it is still there: so one that is gone is noticed."""


class Source(Protocol):
    """Where the pages come from."""

    def file(self, name: str) -> tuple[bytes, str, int] | None:
        """A file by its name, the part it belongs to, and the number of its making."""
        ...

    def missing(self, name: str) -> tuple[bytes, str]:
        """The page for what is not there, and the part that it would belong to."""
        ...

    def after(
        self, part: str, seen: object, seconds: float
    ) -> tuple[object, dict[str, Any]] | None:
        """What is to be said of a part, once that is something else than `seen`; None if
        nothing is within so many seconds."""
        ...


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    server_version, sys_version = "Planwerk", ""

    def do_GET(self) -> None:
        """A file, the script, or the stream of events."""
        if not self._welcome():
            self._send(HTTPStatus.FORBIDDEN, b"", KINDS[".txt"])
            return
        split = urlsplit(self.path)
        if split.path == SCRIPT:
            self._send(HTTPStatus.OK, _script(), KINDS[".js"])
        elif split.path == EVENTS:
            self._events(parse_qs(split.query).get("part", [""])[0])
        else:
            self._file(unquote(split.path).lstrip("/"))

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def _welcome(self) -> bool:
        """Whether the browser asked this machine by an address of its own, and no other site did."""
        if self.headers.get("Sec-Fetch-Site") == "cross-site" and self.headers.get("Sec-Fetch-Mode") != "navigate":  # fmt: skip
            return False
        name = (urlsplit(f"//{self.headers.get('Host', '')}").hostname or "").lower()
        if name in ("localhost", self.server.named):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _file(self, name: str) -> None:
        name = f"{name}index.html" if not name or name.endswith("/") else name
        found = self.server.source.file(name)
        if found is None:
            words, part = self.server.source.missing(name)
            self._send(HTTPStatus.NOT_FOUND, live(words, part, 0), KINDS[".html"])
            return
        words, part, number = found
        ending = name[name.rfind(".") :]
        if ending == ".html":
            words = live(words, part, number)
        self._send(HTTPStatus.OK, words, KINDS.get(ending, OTHER))

    def _events(self, part: str) -> None:
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8")
        if self.command == "HEAD":
            return
        seen: object = None
        while not self.server.ending:
            found = self.server.source.after(part, seen, ALIVE)
            if found is None:
                self.wfile.write(b": still here\n\n")
            else:
                seen, said = found
                self.wfile.write(f"data: {json.dumps(said, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

    def _send(self, status: HTTPStatus, words: bytes, kind: str) -> None:
        self._head(status, kind, len(words))
        if self.command != "HEAD":
            self.wfile.write(words)

    def _head(self, status: HTTPStatus, kind: str, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in (
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "SAMEORIGIN"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: who serves wants to read about the plans."""


class Server(ThreadingHTTPServer):
    """Serves `source` at an address; `named` is the name it was given, besides addresses."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], source: Source, failed: Callable[[BaseException], None]) -> None:  # fmt: skip
        self.source, self.named, self.ending, self.failed = (
            source,
            address[0].lower(),
            False,
            failed,
        )
        if ":" in address[0]:
            import socket

            self.address_family = socket.AF_INET6
        super().__init__(address, Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no error; anything else is ours."""
        import sys

        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.failed(error)


def live(page: bytes, part: str, number: int) -> bytes:
    """A page with the line that keeps it up to date."""
    line = f'<script src="{SCRIPT}" data-part="{part}" data-number="{number}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + line + end + after if end else page + line


def _script() -> bytes:
    return files("planwerk.serving").joinpath("live.js").read_bytes()
