# SPDX-License-Identifier: GPL-2.0-or-later
"""The entry point: finds the verb, and turns every end into one line and an exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from maintainer_kit import __version__
from maintainer_kit.cli.verbs import PARTS, VERBS
from maintainer_kit.errors import MkitError

_INTERRUPTED = 130
_BUG = 3


class LazyGroup(click.Group):
    """Imports a verb's module when it is called, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = import_module(f"maintainer_kit.cli.{VERBS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, n=3)
            meant = f" Did you mean {', '.join(near)}?" if near else ""
            ctx.fail(f"No such verb: {args[0]}.{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, VERBS))
        for title, verbs in PARTS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(f"{name:<{width}}", words) for name, (_, words) in verbs.items()]
                )


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog="Examples:  mkit demo   |   mkit import ~/mail/lkml.mbox   |   mkit list --turn me",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="mkit")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """No patch lost, and always visible whose turn it is.

    Without a verb: the screens on a terminal, else this help.
    """
    if ctx.invoked_subcommand is None:
        # Textual draws on standard error.
        if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
            command = ctx.command.get_command(ctx, "tui")  # type: ignore[attr-defined]
            ctx.invoke(command)
        else:
            click.echo(ctx.get_help())


def run(argv: Sequence[str]) -> int:
    """Run one command line; the exit code."""
    wants_json = "--json" in argv
    _be_lenient()
    try:
        return _invoke(argv)
    except click.UsageError as error:
        if wants_json:
            _print_json_error(error.format_message(), "mkit --help")
        else:
            error.show()
        return 2
    except MkitError as error:
        if wants_json:
            _print_json_error(error.message, error.hint)
        _complain(error.message, error.hint)
        return 1
    except (KeyboardInterrupt, click.Abort):
        click.echo("mkit: stopped; what was done stays done", err=True)
        return _INTERRUPTED
    except OSError as error:
        # Whatever else can fail is translated below; what is left is our own output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # the reader has seen enough (mkit list | head)
        if error.errno != errno.ENOSPC:
            return report_bug()
        _complain(f"cannot write the output: {error.strerror}", "make room, then run it again")
        return 1
    except click.ClickException as error:
        _complain(error.format_message(), None)
        return 1
    except Exception:
        return report_bug()


def _invoke(argv: Sequence[str]) -> int:
    if "_MKIT_COMPLETE" in os.environ:  # a shell asks for completions
        cli.main(args=list(argv), prog_name="mkit")
    try:
        # Not cli.main(), which exits on a closed pipe before we can say anything of it.
        with cli.make_context("mkit", list(argv)) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as end:
        result = end.exit_code
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _be_lenient() -> None:
    """Escape what the terminal's encoding cannot say, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str, hint: str | None) -> None:
    from maintainer_kit.model.mail.text import visible_line

    click.echo(f"mkit: {visible_line(message)}", err=True)
    if hint:
        click.echo(f"try: {visible_line(hint)}", err=True)


def _print_json_error(message: str, hint: str | None) -> None:
    from maintainer_kit.render.json_topics import dumps, error_json

    click.echo(dumps(error_json(message, hint)))


def report_bug() -> int:
    """A traceback goes to a log, one line to the user."""
    import traceback

    from maintainer_kit.adapters.home import find_home

    text = traceback.format_exc()
    home = find_home()
    try:
        home.create()
        with home.bug_log.open("a", encoding="utf-8") as log:
            log.write(f"--- mkit {__version__}: {sys.argv[1:2]}\n{text}\n")
        place = str(home.bug_log)
    except (OSError, MkitError):
        click.echo(text, err=True)
        place = "above"
    last = text.strip().splitlines()[-1]
    _complain(f"a bug in mkit: {last}", f"report it with the log: {place}")
    return _BUG
