"""`planwerk serve`: the portal while plans are written."""

from __future__ import annotations

import sys
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planwerk.cli_support import Settings, pass_settings
from planwerk.folders import OVERALL
from planwerk.help import Command

if TYPE_CHECKING:
    from planwerk.options import Options
    from planwerk.serving.state import State


@click.command(cls=Command)
@click.option("--audience", metavar="internal|client|partner:ID", default="internal", show_default=True, help="Whose pages.")  # fmt: skip
@click.option(
    "--account", metavar="ID", help="For the pages of a client or partner: which account."
)
@click.option(
    "--host",
    metavar="NAME",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at.",
)
@click.option("--everyone", is_flag=True, help="Allow another address than this machine's own: everyone in the network can then read the pages.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", default=8000, show_default=True, help="The port (0: a free one).")  # fmt: skip
@click.option("--open", "browse", is_flag=True, help="Open the page in the browser.")
@click.option("--language", type=click.Choice(["de", "en"]), help="Language of the pages (default: each account's own).")  # fmt: skip
@click.option("--brand", default="planwerk", show_default=True, help="The brand: a folder in themes/ beside plans/, or one that ships.")  # fmt: skip
@pass_settings
def serve(settings: Settings, /, host: str, port: int, browse: bool, **chosen: Any) -> None:
    """Show the portal in the browser while you write: it follows every change of the plans.

    What does not build is told above the page, as check tells it; the last good page stays
    below. Nothing is written into build/. End it with Ctrl-C.
    """
    import tempfile
    import webbrowser

    from planwerk import report
    from planwerk.jobs import Pool
    from planwerk.options import Options
    from planwerk.problems import refuse
    from planwerk.serving.making import Making
    from planwerk.serving.serve import Serving, Words
    from planwerk.serving.serve import serve as run
    from planwerk.serving.state import State
    from planwerk.theme import find_brand, load_theme

    account, outside = chosen["account"], chosen["audience"] != OVERALL
    if outside != bool(account):
        raise refuse("account-needed", "planwerk serve")
    if not _own(host) and not chosen["everyone"]:
        raise refuse("address-for-everyone", host, found=host)
    brand = find_brand(chosen["brand"], settings.folder)
    load_theme(brand)
    options = Options(
        audience=chosen["audience"], accounts=(account,) if outside else (),
        language=chosen["language"], brand=brand,
    )  # fmt: skip
    words = settings.words
    said = Words(
        lambda problems: report.as_text(problems, words, report.Sources(settings.folder), False),
        words("ui.serve_wrong"), words("ui.serve_elsewhere"), words("ui.serve_missing"),
    )  # fmt: skip

    def begun(address: str) -> None:
        if not _own(host):
            settings.note(words("ui.serve_everyone"))
        report.say(words("ui.serving", address=address) + "\n")
        sys.stdout.flush()
        if browse:
            webbrowser.open(address)

    def looked() -> None:
        errors = state.errors
        told = report.as_text(errors, words, report.Sources(settings.folder), settings.color)
        report.say(told if errors else "")
        settings.note(words("ui.serve_stays" if errors else "ui.serve_followed"))

    pool = Pool(options.formats if outside else (*options.formats, "reference"))
    try:
        pool.start()
        with tempfile.TemporaryDirectory(prefix="planwerk-", ignore_cleanup_errors=True) as work:
            with settings.progress() as step:
                state = State(settings.folder, lambda: settings.day, brand, _told(options), lambda n, of: step("reading", n, of))  # fmt: skip
                state.refresh()
            state.progress = lambda done, total: None
            _known(state, options)
            serving = Serving(state, Making(state, options, pool, Path(work)), options, said)
            if state.errors:
                looked()
            with suppress(KeyboardInterrupt):
                try:
                    run(serving, (host, port), begun, looked)
                except OSError as error:
                    raise refuse("address-taken", host, found=f"{host}:{port}", reason=error.strerror or "") from None  # fmt: skip
            settings.note(words("ui.serve_ended"))
    finally:
        pool.stop()


def _own(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _told(options: Options) -> tuple[str, ...]:
    """Whose history is told: partners have none."""
    return options.accounts if options.audience == "client" else ()


def _known(state: State, options: Options) -> None:
    """Refuse an account that there is not, and an audience for which it has nothing."""
    from planwerk.build import refuse_empty
    from planwerk.problems import refuse
    from planwerk.read import account_names
    from planwerk.text.nearest import nearest

    plans = state.root / "plans"
    names = account_names(plans) if plans.is_dir() else []
    for account in options.accounts:
        if account not in names:
            near = nearest(account, names) or ", ".join(names)
            raise refuse("unknown-account", "plans", found=account, nearest=near)
    if state.portfolio is not None and not state.errors:
        refuse_empty(state.portfolio, options)
