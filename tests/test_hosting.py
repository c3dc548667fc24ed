"""The sample configurations of docs/hosting: a real nginx serves a portal by them, and refuses."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

SAMPLES = ROOT / "docs/hosting"
HOST = "nordwind.plans.example"
COOKIE = "__Host-planwerk=good"
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'", "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def certificates(folder: Path) -> None:
    """The host's certificate, the client's authority with a reader of its own, and a stranger."""
    folder.mkdir(parents=True)
    for name in ("server", "readers", "strangers"):
        openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.crt")  # fmt: skip
    for name in ("readers", "strangers"):
        openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN=one of the {name}", "-keyout", f"one-{name}.key", "-out", "one.csr")  # fmt: skip
        openssl(folder, "x509", "-req", "-in", "one.csr", "-CA", f"{name}.crt", "-CAkey", f"{name}.key", "-CAcreateserial", "-days", "2", "-out", f"one-{name}.crt")  # fmt: skip
    (folder / "index.txt").touch()
    (folder / "ca.cnf").write_text("[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=2\n")  # fmt: skip
    openssl(folder, "ca", "-config", "ca.cnf", "-gencrl", "-keyfile", "readers.key", "-cert", "readers.crt", "-out", "readers.crl")  # fmt: skip


class SignIn(BaseHTTPRequestHandler):
    """What oauth2-proxy answers: who has its cookie may read, others are to sign in."""

    def do_GET(self) -> None:
        known = COOKIE in (self.headers["Cookie"] or "")
        code = (202 if known else 401) if self.path == "/oauth2/auth" else 302
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "https://login.example/")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(sample: str, folder: Path) -> Iterator[int]:
    """nginx with the sample, as it stands but for ports and folders; its port."""
    if not (shutil.which("nginx") and shutil.which("openssl")):
        pytest.skip("nginx or openssl is not installed (Debian: nginx-light, openssl)")
    certificates(folder / "etc/nordwind")
    portal = folder / "srv/nordwind"
    (portal / "people").mkdir(parents=True)
    (portal / "empty").mkdir()
    for name in ("index.html", "people/index.html", "AUDIENCE.json", ".hidden"):
        (portal / name).write_text(f"this is {name}", "utf-8")
    (folder / "srv/other").mkdir()
    (folder / "srv/other/index.html").write_text("another client", "utf-8")
    (portal / "out.html").symlink_to(folder / "srv/other/index.html")
    shutil.copy(SAMPLES / "headers.conf", folder / "etc/headers.conf")
    port, plain, asked = free_port(), free_port(), HTTPServer(("127.0.0.1", 0), SignIn)
    threading.Thread(target=asked.serve_forever, daemon=True).start()
    words = (SAMPLES / sample).read_text("utf-8")
    for old, new in (("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("listen 80;", f"listen 127.0.0.1:{plain};"), ("/etc/planwerk", f"{folder}/etc"), ("/srv/planwerk", f"{folder}/srv"), ("127.0.0.1:4180", f"127.0.0.1:{asked.server_port}")):  # fmt: skip
        words = words.replace(old, new)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\ntypes {{ text/html html; }}\n{temporary}{words}\n}}\n"
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]  # fmt: skip
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr, tested.stderr
    running = subprocess.Popen(command)
    try:
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait(10)
        asked.shutdown()
        asked.server_close()


def ask(
    port: int, path: str, folder: Path, who: str = "", host: str = HOST, **more: str
) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of one request, with the certificate of `who`."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if who:
        certificate = folder / f"etc/nordwind/one-{who}"
        context.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
    one = HTTPSConnection("127.0.0.1", port, context=context, timeout=10)
    one.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=host)  # fmt: skip
    method = more.pop("method", "GET")
    one.request(method, path, headers={"Host": host, **more})
    answer = one.getresponse()
    try:
        return answer.status, answer.read().decode(), dict(answer.headers)
    finally:
        one.close()


def check_what_a_reader_gets(port: int, folder: Path, **how: str) -> None:
    """Pages with their headers, and nothing that is no page."""
    status, said, headers = ask(port, "/people/", folder, **how)
    assert (status, said) == (200, "this is people/index.html")
    for name, value in HEADERS.items():
        assert value in headers[name], name
    for path in ("/AUDIENCE.json", "/.hidden", "/gone.html"):
        assert ask(port, path, folder, **how)[0] == 404, path
    for path in ("/empty/", "/out.html", "/../other/index.html", "/%2e%2e/other/index.html"):
        status, said, _ = ask(port, path, folder, **how)
        assert status in (400, 403, 404), path
        assert "another client" not in said
    assert ask(port, "/", folder, method="POST", **how)[0] == 403
    with pytest.raises(ssl.SSLError):
        ask(port, "/", folder, host="other.plans.example")


def test_who_has_a_certificate_of_the_client_reads_and_nobody_else(tmp_path: Path) -> None:
    with served("nginx-client-certificates.conf", tmp_path) as port:
        check_what_a_reader_gets(port, tmp_path, who="readers")
        for who in ("", "strangers"):
            status, said, _ = ask(port, "/", tmp_path, who)
            assert status == 400
            assert "this is" not in said


def test_who_is_signed_in_reads_and_nobody_else(tmp_path: Path) -> None:
    with served("nginx-oidc.conf", tmp_path) as port:
        check_what_a_reader_gets(port, tmp_path, Cookie=COOKIE)
        for cookie in ("", "__Host-planwerk=bad"):
            status, said, headers = ask(port, "/people/", tmp_path, Cookie=cookie)
            assert (status, headers["Location"]) == (302, "https://login.example/")
            assert "this is" not in said


def test_the_plain_port_leads_to_the_other_one() -> None:
    for name in ("nginx-client-certificates.conf", "nginx-oidc.conf"):
        words = (SAMPLES / name).read_text("utf-8")
        assert re.search(rf"listen 80;\n +server_name {HOST};\n +return 301 https://{HOST}", words)


def test_a_session_is_of_one_client_and_no_secret_is_in_a_sample() -> None:
    found = tomllib.loads((SAMPLES / "oauth2-proxy.cfg").read_text("utf-8"))
    assert found["cookie_name"].startswith("__Host-")
    assert found["cookie_secure"] is True
    assert found["redirect_url"] == f"https://{HOST}/oauth2/callback"
    assert not {"client_secret", "cookie_secret", "client_id"} & found.keys()
    assert found["email_domains"] != ["*"]


def test_no_job_that_publishes_has_another_clients_output() -> None:
    github = yaml.safe_load((SAMPLES / "publish.github.yml").read_text("utf-8"))
    assert set(github[True]) == {"push"}  # `on` is true in YAML
    (job,) = github["jobs"].values()
    assert job["environment"] == "client-${{ matrix.account }}"
    assert not any("artifact" in step.get("uses", "") for step in job["steps"])
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    gitlab = yaml.safe_load((SAMPLES / "publish.gitlab.yml").read_text("utf-8"))
    assert "artifacts" not in gitlab[".publish"]
    for lines in (scripts, gitlab[".publish"]["script"]):
        told = "\n".join(lines)
        assert 'build --audience client --account "$ACCOUNT"' in told
        assert told.index("planwerk verify") < told.index("rsync --")
        assert "${{" not in told
    accounts = [job["variables"]["ACCOUNT"] for name, job in gitlab.items() if name[0] != "."]
    assert accounts == github["jobs"]["client"]["strategy"]["matrix"]["account"]
