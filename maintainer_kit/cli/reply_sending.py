# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts are shown, agreed to, and sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from maintainer_kit.cli.common import print_lines
from maintainer_kit.cli.reply_asking import agrees, is_asked
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.reply_json import letters_json, outcome_json
from maintainer_kit.render.reply_text import exposed_words, letter_text
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import all_drafts, find_draft
from maintainer_kit.workflow.replying.previewing import Letter, preview
from maintainer_kit.workflow.replying.sending import outcome_words, send, settle, uncertain


@dataclass(frozen=True, slots=True)
class SendWish:
    """How the user wants it done."""

    yes: bool
    public: bool
    dry_run: bool
    keep: bool
    as_json: bool


def draft_targets(desk: Desk, words: Sequence[str]) -> list[Draft]:
    """The drafts that are named, or all; after a crash those whose fate nobody knows are asked
    about."""
    for one in uncertain(desk):
        if not words or any(one.id.startswith(word.lower()) for word in words):
            _ask_fate(desk, one)
    if words:
        return [find_draft(desk, word) for word in dict.fromkeys(words)]
    found = [one for one in all_drafts(desk) if one.stage is Stage.OPEN]
    if not found:
        raise Refused("there is no draft to send", "mkit reply TARGET")
    return found


def warn_uncertain(desk: Desk) -> None:
    """Say what a crash left; it keeps nobody from writing more."""
    for one in uncertain(desk):
        words = f"mkit: did {one.id} go out? {one.subject}: mkit reply --drafts"
        click.echo(visible_line(words), err=True)


def _ask_fate(desk: Desk, draft: Draft) -> None:
    subject = visible_line(draft.subject)
    if not is_asked():
        raise Refused(
            f"mkit ended while it sent {draft.id} ({subject}): nobody knows whether it went out",
            f"mkit reply --went-out {draft.id}, or --not-sent {draft.id}",
        )
    question = f"mkit ended while it sent this reply: {subject}\ndid it go out?"
    settle(desk, draft.id, agrees(question))


def deliver(desk: Desk, drafts: Sequence[Draft], wish: SendWish) -> int:
    """Show them, ask, and send; the exit code."""
    letters = [preview(desk, one) for one in drafts]
    if wish.dry_run:
        _print_mails(desk, letters, wish.as_json)
        return 0
    if wish.keep:
        _print_kept(letters, wish.as_json)
        return 0
    if not wish.as_json and not (wish.yes and not is_asked()):
        _show(letters)
    is_public = wish.public
    if not wish.yes:
        answer = _agreed(letters, is_public)
        if answer is None:
            _print_kept(letters, as_json=False)
            return 0
        is_public = answer
    outcome = send(desk, drafts, is_public=is_public)
    if wish.as_json:
        click.echo(dumps(outcome_json(outcome, all_drafts(desk))))
    else:
        click.echo(visible_line(outcome_words(outcome)), err=outcome.failed is not None)
    return 1 if outcome.failed else 0


def _show(letters: Sequence[Letter]) -> None:
    for letter in letters:
        print_lines(letter_text(letter))
        click.echo("-" * 72)


def _agreed(letters: Sequence[Letter], is_public: bool) -> bool | None:
    """Whether also those are meant who would learn of a confidential topic; None for no."""
    if not is_asked():
        ids = " ".join(one.draft.id for one in letters)
        raise Refused(
            "not sent, as nobody can be asked; kept as a draft", f"mkit reply --send --yes {ids}"
        )
    for letter in letters:
        if letter.lack:
            click.echo(f"mkit: {letter.lack}: {visible_line(letter.draft.subject)}", err=True)
            return None
        if letter.exposed and not is_public:
            if not agrees(f"{exposed_words(letter)}. Are they meant?"):
                return None
            is_public = True
    return is_public if agrees(f"send {count_of(len(letters), 'reply')}?") else None


def _print_mails(desk: Desk, letters: Sequence[Letter], as_json: bool) -> None:
    """The mails as they would be handed over."""
    if as_json:
        click.echo(dumps(letters_json(letters)))
        return
    now = desk.stores.clock() // 1_000_000
    for letter in letters:
        posting = desk.write(letter.draft, letter.sender, letter.text, now)
        if sys.stdout.isatty():
            print_lines(letter_text(letter))
        else:
            sys.stdout.buffer.write(posting.raw)


def _print_kept(letters: Sequence[Letter], as_json: bool) -> None:
    if as_json:
        click.echo(dumps(letters_json(letters)))
        return
    for one in letters:
        click.echo(f"kept as {one.draft.id}: {visible_line(one.draft.subject)}")
