# SPDX-License-Identifier: GPL-2.0-or-later
"""What is left to do by hand after ``init``: nothing of the user's own files is touched."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import NamedTuple

from maintainer_kit.workflow.initing import Answers, Guesses


class Step(NamedTuple):
    """One thing that a person does."""

    words: str
    line: str
    """A command, or a line for a file that ``words`` name."""


class Place(NamedTuple):
    """Where the hooks are."""

    folder: str
    include: str
    """The line by which procmail or maildrop takes its hook in; empty for others."""


def next_steps(answers: Answers, guesses: Guesses, place: Place) -> list[Step]:
    """How mail gets to mkit; nothing of the user's own files is touched unasked."""
    folder = place.folder
    found = {
        "notmuch": lambda: _notmuch_steps(folder),
        "lei": lambda: _lei_steps(answers),
        "lore": lambda: _lore_steps(answers),
    }.get(answers.mail, lambda: _delivery_steps(answers.mail, place))()
    delivers = answers.mail in ("procmail", "maildrop", "sieve")
    if delivers or answers.mail == "mailbox":
        paths = shlex.join(guesses.mailboxes) or "PATH"
        again = ", and again after each mbsync" if answers.mail == "mailbox" else ""
        found.append(Step(f"the mail that is there{again}", f"mkit import {paths}"))
    if delivers:
        timer = f"(crontab -l; cat {shlex.quote(f'{folder}/cron')}) | crontab -"
        found.append(Step("to have mkit ready when you come, if you like", timer))
    return [*found, Step("what is missing, if anything is", "mkit doctor"), _START]


_START = Step("the screens; without a terminal: mkit list", "mkit")


def _notmuch_steps(folder: str) -> list[Step]:
    """A hook that is there already is not replaced."""
    hook = shlex.quote(f"{folder}/post-new")
    line = f'd="$(notmuch config get database.hook_dir)" && mkdir -p "$d" && cp -n {hook} "$d"/'
    words = "to let notmuch call mkit (where it has a post-new, add the last line of this one)"
    return [Step(words, line)]


def _delivery_steps(program: str, place: Place) -> list[Step]:
    if program == "procmail":
        return [Step("in ~/.procmailrc, above the recipes that deliver", place.include)]
    if program == "maildrop":
        return [Step("in ~/.mailfilter, above what delivers", place.include)]
    if program == "sieve":
        words = "what is for Dovecot's settings, and for the script"
        return [Step(words, f"cat {shlex.quote(f'{place.folder}/sieve')}")]
    return []


def _lei_steps(answers: Answers) -> list[Step]:
    names = answers.lists or ("LIST@EXAMPLE.ORG",)
    found = [
        Step(f"to search for the mail of {name}", shlex.join(["mkit", "track", "--list", name]))
        for name in names
    ]
    return [*found, Step("what is new, from then on", "mkit pull")]


def _lore_steps(answers: Answers) -> list[Step]:
    """An archive names its lists by the first part of their address, or of their List-Id."""
    names = [re.split("[@.]", name, maxsplit=1)[0] for name in answers.lists] or ["NAME"]
    words = [word for name in names for word in ("--list", name)]
    return [Step("the last month, and from then on what is new", _pull(words))]


def _pull(words: Sequence[str]) -> str:
    return shlex.join(["mkit", "pull", *words, "--since", "1m"])
