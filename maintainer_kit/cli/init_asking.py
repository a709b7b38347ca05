# SPDX-License-Identifier: GPL-2.0-or-later
"""The questions of ``init``: each with what is set, or else a guess, as its answer."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.initing import Machine, spelled
from maintainer_kit.workflow.initing import MAIL, Answers

_NONE = "-"
_BACKLOG = 90
"""Days, proposed where mail of years is seen for the first time."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says; None of what it does not speak of."""

    me: tuple[str, ...] | None
    lists: tuple[str, ...] | None
    repositories: tuple[str, ...] | None
    refs: tuple[str, ...] | None
    mail: str | None
    backlog: int | None

    @classmethod
    def of(cls, options: Mapping[str, Any], days: Callable[[str], int]) -> Given:
        """An empty word means none: ``--list ""``."""

        def several(name: str) -> tuple[str, ...] | None:
            values: tuple[str, ...] = options[name]
            return tuple(one for one in values if one) if values else None

        age = options["backlog"]
        return cls(
            several("me"),
            several("lists"),
            several("repositories"),
            several("refs"),
            options["mail"],
            None if age is None else days(age),
        )


def answers_of(machine: Machine, given: Given, *, asking: bool) -> Answers:
    """Asked for on the terminal, or taken from guesses, where the command line does not say."""
    guesses, settings = machine.guesses, machine.settings

    def several(words: str, wish: Sequence[str] | None, default: Sequence[str]) -> tuple[str, ...]:
        if wish is not None:
            return tuple(wish)
        return _ask_several(words, default) if asking else tuple(default)

    me = several("Who are you (your addresses)", given.me, settings.me)
    if asking and given.lists is None and guesses.lists_seen:
        click.echo(visible_line(f"Lists of your mail: {', '.join(guesses.lists_seen)}"), err=True)
    lists = several(
        "Which lists do you maintain",
        given.lists,
        settings.list or machine.lists_of(me) or _only(guesses.lists_seen),
    )
    repositories = several(
        "In which repositories do patches land",
        given.repositories,
        settings.repository or guesses.repositories,
    )
    mail = given.mail or (_ask_mail(guesses.mail) if asking else guesses.mail)
    backlog = given.backlog
    if backlog is None:
        backlog = _ask_backlog() if asking and guesses.old_mail else 0
    refs = settings.ref if given.refs is None else given.refs
    return Answers(me, lists, spelled(machine, repositories), mail, backlog, tuple(refs))


def _only(seen: Sequence[str]) -> Sequence[str]:
    """Of several lists that somebody reads one cannot tell which are theirs."""
    return seen if len(seen) == 1 else ()


def _ask_several(words: str, default: Sequence[str]) -> tuple[str, ...]:
    """Words as in a shell: a path may have spaces."""
    while True:
        answer = click.prompt(
            f"{words}; {_NONE} for none", default=shlex.join(default) or _NONE, err=True
        )
        try:
            return tuple(one for one in shlex.split(answer) if one != _NONE)
        except ValueError as error:
            click.echo(f"{error}", err=True)


def _ask_mail(guess: str) -> str:
    for name, meaning in MAIL.items():
        click.echo(f"  {name:<9} {meaning}", err=True)
    return str(
        click.prompt("Where does mail come from", type=click.Choice(tuple(MAIL)), default=guess,
                     show_choices=False, err=True)
    )  # fmt: skip


def _ask_backlog() -> int:
    words = "Archive topics without a mail for how many days; 0 for none"
    return int(click.prompt(words, type=click.IntRange(0), default=_BACKLOG, err=True))
