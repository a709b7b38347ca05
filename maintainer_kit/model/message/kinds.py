# SPDX-License-Identifier: GPL-2.0-or-later
"""What a mail is: the first rule that speaks decides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.automatic import is_generated
from maintainer_kit.model.message.bot import Bot
from maintainer_kit.model.message.check import Check, Outcome
from maintainer_kit.model.message.complaint import is_complaint, is_named
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.notification import says_queued
from maintainer_kit.model.message.pull import asks_to_pull
from maintainer_kit.model.message.subject import Subject
from maintainer_kit.model.patch.diff import Diff

_GOOD_NEWS = re.compile(r"\bSUCCESS\b|(?i:\bimprovement\b)")
# syzbot's monthly digests come from an address of their own.
_DIGEST = re.compile(r"(?i)^syzbot\+list")
_FORWARDED = re.compile(r"(?im)^-{2,}[ \t]*(?:forwarded|original) message\b")
_BROKEN = frozenset({Outcome.FAIL, Outcome.WARNING})


@dataclass(frozen=True, slots=True)
class Looks:
    """What the rules below look at."""

    mail: Mail
    sender: Person
    subject: Subject
    text: str
    diff: Diff | None
    bot: Bot | None
    checks: tuple[Check, ...]
    """What the bot found."""
    is_attached: bool
    """The diff is not in the text."""
    announces: bool
    """It names commits as notifications do."""
    is_reply: bool
    """It answers another mail and is no patch."""
    has_parents: bool


def kind_of(one: Looks) -> Kind:
    """The kind of a mail by itself; what other mails make of it is not known here."""
    subject = one.subject
    if one.announces or says_queued(subject):
        return Kind.COMMIT
    if one.bot and (one.is_reply or one.has_parents):
        return Kind.BOT_REPORT
    if not subject.is_reply and asks_to_pull(subject, one.text):
        return Kind.PULL_REQUEST
    if one.is_reply:
        return Kind.FOLLOW_UP
    if subject.number == 0 and subject.is_patch:
        return Kind.COVER
    if _is_patch(one):
        return Kind.PATCH
    if one.has_parents:
        return Kind.FOLLOW_UP
    if one.bot:
        return _of_bot(one, one.bot)
    if is_generated(one.mail, one.sender.address) or not is_complaint(subject, one.text):
        return Kind.OTHER
    return Kind.REPORT


def _is_patch(one: Looks) -> bool:
    """A diff makes a patch, and so does the word, but a report may show a diff or bring one along,
    a bot speaks of patches that it did not write, and so does who forwards one."""
    subject = one.subject
    if subject.is_forward and (one.diff is None or one.has_parents or _FORWARDED.search(one.text)):
        return False
    if one.diff is None or subject.is_patch:
        return subject.is_patch and not (one.bot and one.diff is None)
    if one.bot or is_named(subject):
        return False
    return not one.is_attached or not is_complaint(subject, one.text)


def _of_bot(one: Looks, bot: Bot) -> Kind:
    """A bot's mail that answers none: a report when something is broken."""
    address = one.sender.address
    if _DIGEST.match(address) or (not bot.rules and is_generated(one.mail, address)):
        return Kind.OTHER
    if _GOOD_NEWS.search(one.subject.title):
        is_bad = False
    elif one.checks:
        is_bad = any(check.outcome in _BROKEN for check in one.checks)
    else:
        is_bad = bot.reports_failure
    return Kind.REPORT if is_bad else Kind.BOT_REPORT
