# SPDX-License-Identifier: GPL-2.0-or-later
"""What verbs share: options, output, progress, targets from the command line."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from maintainer_kit.config import FOLLOW_RECORD
from maintainer_kit.errors import MkitError, Refused
from maintainer_kit.workflow.arrivals import check_arrivals
from maintainer_kit.workflow.sync import sync

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.decision.event import Group
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.targets import Target

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
no_sync_option = click.option(
    "--no-sync", is_flag=True, help="Show what is known, without looking for new mail."
)
query_option = click.option(
    "--query", metavar="Q", default="", help="Also all topics that this notmuch query finds."
)

why_option = click.option("--why", metavar="TEXT", default="", help="The reason, kept in the log.")


def step_options(words: Mapping[str, str]) -> Callable[[F], F]:
    """``--continue``, ``--skip`` and what else can be done with a job that is under way, each with
    its help; ``step`` is the one that is given."""

    def decorate(command: F) -> F:
        for name, told in reversed(list(words.items())):
            option = click.option(
                f"--{name}", is_flag=True, expose_value=False, callback=_note_step, help=told
            )
            command = option(command)
        return command

    return decorate


def _note_step(context: click.Context, option: click.Parameter, is_given: bool) -> None:
    step = context.params.setdefault("step", None)
    name = option.opts[0].removeprefix("--")
    if is_given and step:
        raise click.UsageError(f"--{step} and --{name} exclude each other")
    if is_given:
        context.params["step"] = name


def days_option(default: int, words: str) -> Callable[[F], F]:
    """``--days N``, none of which is negative."""
    return click.option(
        "--days",
        type=click.IntRange(min=0),
        default=default,
        show_default=True,
        metavar="N",
        help=words,
    )


def moment_of(word: str, now: int, *, back: bool = False) -> int:
    """The time that a word of the command line means, in seconds since the epoch."""
    from datetime import UTC, datetime

    from maintainer_kit.model.decision.moment import NoMoment, read_moment, read_since

    try:
        # Days and weekdays are meant where the user is.
        zone = datetime.now().astimezone().tzinfo or UTC
        return read_since(word, now, zone) if back else read_moment(word, now, zone)
    except NoMoment as error:
        raise click.UsageError(str(error)) from error


def examples(*lines: str) -> str:
    """The end of a verb's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def catch_up(workspace: Workspace, no_sync: bool) -> bool:
    """Sync before reading, without waiting for another mkit that is at it; whether all that came in
    is known now."""
    if no_sync:
        return False
    stores = workspace.stores
    before = stores.catalogue.position() if stores.settings.follow == FOLLOW_RECORD else None
    skipped = sync(stores, wait=0.0).skipped
    if stores.settings.follow == FOLLOW_RECORD and not skipped:
        from maintainer_kit.workflow.follow import follow_arrivals  # only where it is asked for

        follow_arrivals(stores, before)
    return not skipped


def check_new(workspace: Workspace) -> None:
    """Check the series that came in."""
    with Bar("checking", "series") as bar, telling_why_not_checked():
        check_arrivals(workspace.stores, bar)


@contextmanager
def telling_why_not_checked() -> Iterator[None]:
    """That nothing can be checked (a wrong profile, a full disk) keeps no mail from being shown."""
    try:
        yield
    except MkitError as error:
        from maintainer_kit.model.mail.text import visible_line

        hint = f" (try: {error.hint})" if error.hint else ""
        click.echo(f"mkit: not checked: {visible_line(error.message + hint)}", err=True)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Make many rows that all live until they are printed: Python's collector would look at all of
    them again and again, a third of the time of a long list, and at the end at all that was
    imported, once more."""
    import gc

    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def print_lines(lines: Iterable[str]) -> None:
    """Print many lines at once: a terminal, a pipe and a file all like that best."""
    text = "\n".join(lines)
    if text:
        print_text(text)


def print_text(text: str, *, end: bool = True) -> None:
    """Print a long text; where it has no colours in it click need not look for them, which it does
    in several times the time that printing takes."""
    click.echo(text, nl=end, color=None if "\x1b" in text else True)


def print_group(group: Group, verb: str, as_json: bool, topics: int | None = None) -> None:
    """Say what was decided."""
    from maintainer_kit.model.decision.event_codec import dump_group
    from maintainer_kit.model.mail.text import count_of, visible_line
    from maintainer_kit.render.json_topics import dumps, envelope
    from maintainer_kit.workflow.decide import describe

    if as_json:
        click.echo(dumps(envelope(**dump_group(group))))
        return
    of = f" of {count_of(topics, 'topic')}" if topics else ""
    click.echo(visible_line(f"{verb}: {describe(group)}{of}"))


def terminal_width() -> int:
    """Columns of the terminal; 120 where there is none."""
    return shutil.get_terminal_size((120, 24)).columns


def named_targets(workspace: Workspace, words: Sequence[str], query: str) -> list[Target]:
    """TARGET... of a verb: ids, ``-`` for standard input, and what a query finds."""
    from maintainer_kit.workflow.reading import select
    from maintainer_kit.workflow.records import Selection
    from maintainer_kit.workflow.targets import resolve_all

    listed = [one for word in words for one in (_from_stdin() if word == "-" else (word,))]
    if query:
        found = select(workspace.stores, Selection(open_only=False), query)
        if not found:
            raise Refused(f"no topic matches {query!r}", "mkit search shows what a query finds")
        listed.extend(topic_id for topic_id, _ in found)
    if not listed:
        raise click.UsageError("name a TARGET: a topic id, a Message-ID, - or --query Q")
    return resolve_all(workspace.stores, dict.fromkeys(listed))


def _from_stdin() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]


class Bar:
    """Progress on a terminal: how many, how fast, how long still. Nothing when piped."""

    def __init__(self, label: str, noun: str, fraction: Callable[[], float] | None = None) -> None:
        self._label = label
        self._noun = noun
        self._fraction = fraction
        self._start = time.monotonic()
        self._shown = 0.0
        self._active = sys.stderr.isatty()
        self._done = 0

    def advance(self, done: int, total: int | None = None) -> None:
        self._done = done
        now = time.monotonic()
        if not self._active or now - self._shown < 0.1:
            return
        self._shown = now
        click.echo(f"\r\033[K{self._label}: {self._words(total, now)}", err=True, nl=False)

    def _words(self, total: int | None, now: float) -> str:
        spent = max(0.001, now - self._start)
        words = f"{self._done} {self._noun}, {self._done / spent:.0f}/s"
        part = self._fraction() if self._fraction else (self._done / total if total else 0.0)
        if 0.01 < part < 1:
            words += f", {part:.0%}, {spent * (1 - part) / part:.0f} s left"
        return words

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._active and self._shown:
            click.echo("\r\033[K", err=True, nl=False)
