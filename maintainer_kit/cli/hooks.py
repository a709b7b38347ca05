# SPDX-License-Identifier: GPL-2.0-or-later
"""``hooks``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.errors import NotFound

if TYPE_CHECKING:
    from maintainer_kit.adapters.git.hooks import Hook, HooksFolder

_repo_option = click.option(
    "--repo", "repository", type=click.Path(path_type=Path), metavar="DIR",
    help="The repository; default: where you are.",
)  # fmt: skip


@click.group(
    "hooks",
    epilog="\b\nExamples:\n  mkit hooks install\n  mkit hooks mail procmail >>~/.procmailrc",
)
def hooks_command() -> None:
    """Let git ask mkit before a commit, a push or a mail: install, remove or list its hooks; and
    let programs that carry mail hand it on ("mkit hooks mail").

    They are sendemail-validate, prepare-commit-msg, commit-msg and pre-push; and, only where they
    are named, post-merge and post-receive, which run mkit land. A hook that is there already is
    kept, and runs first. MKIT_HOOKS=off switches ours off for one run.
    """


@hooks_command.command("install")
@_repo_option
@click.argument("names", nargs=-1, metavar="[NAME]...")
def install(names: tuple[str, ...], repository: Path | None) -> None:
    """Put the named hooks there, or all."""
    folder = _folder(repository)
    for name in _wanted(names):
        _print(folder.install(name))
    _print_notes(folder)


@hooks_command.command("remove")
@_repo_option
@click.argument("names", nargs=-1, metavar="[NAME]...")
def remove(names: tuple[str, ...], repository: Path | None) -> None:
    """Take the named hooks away, or all; what was there before comes back."""
    folder = _folder(repository)
    for name in _wanted(names):
        _print(folder.remove(name))


@hooks_command.command("status")
@_repo_option
@click.argument("names", nargs=-1, metavar="[NAME]...")
def status(names: tuple[str, ...], repository: Path | None) -> None:
    """Say which are there, and whose they are."""
    folder = _folder(repository)
    for name in _wanted(names):
        _print(folder.hook(name))
    _print_notes(folder)


@hooks_command.command("mail")
@click.argument("program", required=False)
def mail(program: str | None) -> None:
    """Print what makes a program that carries mail call mkit, for the paths of this machine.

    Without a PROGRAM: which there are.
    """
    from maintainer_kit.adapters.mail.hooks import described, mail_hook, this_machine

    if program is None:
        for name, meaning in described():
            click.echo(f"{name:20} {meaning}")
        return
    click.echo(mail_hook(program, this_machine()), nl=False)


@hooks_command.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[ARGUMENT]...")
@click.pass_context
def run(context: click.Context, name: str, words: tuple[str, ...]) -> None:
    """What git calls: do the work of a hook.

    Exit code 0: nothing stands against it; 1: an error was found; 2: it could not be checked.
    """
    from maintainer_kit.cli.hook_runs import run_hook

    context.exit(run_hook(name, words))


def _folder(repository: Path | None) -> HooksFolder:
    from maintainer_kit.adapters.git.hooks import find_hooks

    return find_hooks(repository)


def _wanted(names: Sequence[str]) -> Sequence[str]:
    from maintainer_kit.adapters.git.hooks import BY_NAME, HOOKS

    for name in names:
        if name not in (*HOOKS, *BY_NAME):
            raise NotFound(f"mkit has no hook {name}", ", ".join((*HOOKS, *BY_NAME)))
    return names or HOOKS


def _print(hook: Hook) -> None:
    from maintainer_kit.adapters.git.hooks import HookState
    from maintainer_kit.model.mail.text import visible_line

    words = hook.state.value
    if hook.before is not None:
        is_ours = hook.state in (HookState.INSTALLED, HookState.OUTDATED)
        words += f", after {hook.before.name}" if is_ours else f"; {hook.before.name} lies there"
    if hook.state is HookState.OUTDATED:
        words += " (try: mkit hooks install)"
    click.echo(f"{hook.name:20} {visible_line(words)}")


def _print_notes(folder: HooksFolder) -> None:
    """What is unusual about the place."""
    import shutil

    from maintainer_kit.model.mail.text import visible_line

    shown = visible_line(str(folder.path))
    if folder.is_in_work_tree:
        click.echo(
            f"note: core.hooksPath is {shown}, inside the work tree: what lies there may be"
            " committed for everybody, or written anew by the tool that keeps it",
            err=True,
        )
    elif folder.is_configured:
        click.echo(
            f"note: core.hooksPath is {shown}: it counts for every repository that names it",
            err=True,
        )
    if shutil.which("mkit") is None:
        click.echo("note: mkit is not on PATH: the hooks will check nothing", err=True)
