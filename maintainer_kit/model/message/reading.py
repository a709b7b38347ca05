# SPDX-License-Identifier: GPL-2.0-or-later
"""From a mail that was read to the facts it holds: ``Message``."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import has_controls, storable
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.bots import BUILT_IN, Bots
from maintainer_kit.model.message.envelope import read_envelope
from maintainer_kit.model.message.finding import ATTACHED, MAX_TEXT, find_patch
from maintainer_kit.model.message.head import NO_HEAD, read_head
from maintainer_kit.model.message.identity import derived_message_id, own_message_id
from maintainer_kit.model.message.kinds import Looks, kind_of
from maintainer_kit.model.message.message import HEADS, Kind, Message, Says
from maintainer_kit.model.message.notification import (
    announcements,
    notified,
    summary_commits,
)
from maintainer_kit.model.message.pull import read_pull
from maintainer_kit.model.message.report import report_facts
from maintainer_kit.model.message.results import checks_of, says_failed
from maintainer_kit.model.message.talk import NO_TALK, read_talk
from maintainer_kit.model.patch.change import Diff
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.model.patch.sketch import NO_SKETCH, sketch

_RANGE_DIFF = re.compile(r"^(?:Range-diff|Interdiff)(?: against v?\d+)?:", re.MULTILINE)
_SHOWS_DIFF = frozenset({Kind.PATCH, Kind.COMMIT, Kind.BOT_REPORT})
_FAILED = frozenset({Says.FAILED})


def read_message(mail: Mail, message_id: str, bots: Bots = BUILT_IN) -> Message:
    """Understand one mail by itself; ``bots`` are those that are known."""
    envelope = read_envelope(mail, message_id)
    text = mail.text[:MAX_TEXT]
    bot = bots.find(envelope.submitter, text)
    parents = envelope.parents
    is_reply = envelope.subject.is_reply or (bool(parents) and not envelope.subject.is_patch)
    patch = find_patch(mail, text, envelope.subject, is_reply)
    notices = notified(mail, envelope.subject, message_id, patch.prose)
    checks = () if bot is None or notices else checks_of(bot, envelope.full_subject, text)
    looks = Looks(
        mail=mail,
        sender=envelope.sender,
        subject=patch.subject,
        text=text,
        diff=patch.diff,
        bot=bot,
        checks=checks,
        is_attached=ATTACHED in patch.notes,
        announces=bool(notices),
        is_reply=is_reply and not patch.in_reply,
        has_parents=bool(parents),
    )
    kind = kind_of(looks)
    is_head = kind in HEADS
    head = read_head(mail, envelope, patch, kind, text) if is_head else NO_HEAD
    talk = NO_TALK if is_head else read_talk(mail, envelope, kind, text, by_bot=bot is not None)
    diff = patch.diff if kind in _SHOWS_DIFF else None
    drawn = sketch(patch.text) if diff else NO_SKETCH
    checks = () if kind is Kind.COMMIT else checks
    may_sum_up = not (is_head or checks)
    announced = notices or (announcements(mail, patch.subject, text) if may_sum_up else ())
    is_report = kind is Kind.REPORT
    told = f"{envelope.full_subject}\n{text}" if is_report else patch.prose
    report = report_facts(envelope.sender, told, is_report=is_report, by_bot=bot is not None)
    author = head.author if is_head else envelope.submitter
    notes = [*mail.oddities, *envelope.oddities, *patch.notes]
    if author is not envelope.submitter:
        notes.append("From: in the body")
    if kind is Kind.PATCH:
        _note_patch(diff, patch.prose, notes)
    if has_controls(envelope.full_subject) or has_controls(text):
        notes.append("control characters")
    return Message(
        message_id=message_id,
        kind=kind,
        subject=patch.subject,
        full_subject=envelope.full_subject,
        author=author,
        submitter=envelope.submitter,
        date=envelope.date,
        parents=parents,
        to=envelope.to,
        cc=envelope.cc,
        lists=envelope.lists,
        diff=diff,
        patch_id=patch_id(patch.text) if diff and not diff.damage else None,
        trailers=head.trailers or talk.trailers,
        says=_FAILED if checks and says_failed(bot, checks) else talk.says,
        change_id=head.change_id,
        base_commit=head.base_commit,
        prerequisites=head.prerequisites,
        links=head.links,
        listed=head.listed,
        commits=_ids(announced) or (summary_commits(text) if may_sum_up else ()),
        bot=bot.name if bot else "",
        oddities=tuple(dict.fromkeys(map(storable, notes))),
        sketch=drawn.hashes,
        landmarks=drawn.landmarks,
        mends=head.mends,
        reported=report.reported,
        lacks=report.lacks,
        commands=report.commands,
        pull=read_pull(text) if kind is Kind.PULL_REQUEST else head.pull,
        deadline=head.deadline,
        checks=checks,
        asks=talk.asking.asks,
        answers=talk.asking.answers,
        called=talk.asking.called,
        withdrawn=talk.withdrawn,
        review_of=head.review_of,
        announced=announced,
    )


def _ids(announced: tuple[Announced, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.commit for one in announced if one.commit))


def _note_patch(diff: Diff | None, prose: str, notes: list[str]) -> None:
    if diff is None:
        notes.append("no diff")
        return
    if diff.damage:
        notes.append(f"mangled: {diff.damage} (line {diff.damage_line})")
    if any(file.change == "binary" for file in diff.files):
        notes.append("binary patch")
    if ("ange-diff" in prose or "nterdiff" in prose) and _RANGE_DIFF.search(prose):
        notes.append("range-diff")


__all__ = ["derived_message_id", "own_message_id", "read_message"]
