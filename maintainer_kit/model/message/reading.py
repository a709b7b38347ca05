# SPDX-License-Identifier: GPL-2.0-or-later
"""From a mail that was read to the facts it holds: ``Message``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.utils import mktime_tz, parsedate_tz
from hashlib import sha1

from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.lists import list_from_address, lists_of
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.person import Person, parse_people, parse_person, without_via
from maintainer_kit.model.mail.text import has_controls, storable
from maintainer_kit.model.message import marks
from maintainer_kit.model.message.bots import Bot, find_bot
from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.message.notification import (
    announced_commits,
    asks_to_pull,
    summary_commits,
)
from maintainer_kit.model.message.subject import Subject, parse_subject
from maintainer_kit.model.message.tone import tone_of
from maintainer_kit.model.message.trailer import Trailer, given_trailers, message_trailers
from maintainer_kit.model.patch.diff import Diff, parse_diff
from maintainer_kit.model.patch.patch_id import patch_id

_ID = re.compile(r"<([^<>]+)>")
_REPORT = re.compile(
    r"(?i)\b(?:bug|regression|oops|panic|crash(?:es)?|kasan|kmsan|ubsan|use-after-free|deadlock|"
    r"lockdep|hang(?:s)?|null pointer|general protection fault|warning in|warning: |corruption)\b"
)
_REPORT_TEXT = re.compile(
    r"^(?:\[\s*\d+\.\d+\]\s*)?(?:Call Trace:|BUG: |Oops:|Kernel panic|#regzbot|Reported-by: syz|"
    r"unreferenced object 0x|INFO: task \S+ blocked|==+\n?BUG: K)|\bgit bisect\b|\bbisected to\b",
    re.MULTILINE,
)
_RANGE_DIFF = re.compile(r"^(?:Range-diff|Interdiff)(?: against v?\d+)?:", re.MULTILINE)
_FIRST_DATE = 631152000  # 1990-01-01
_LAST_DATE = 4102444800  # 2100-01-01
_MAX_PARENTS = 60
_MAX_TEXT = 16 << 20


def own_message_id(mail: Mail, raw: bytes) -> str:
    """The Message-ID as notmuch keys it; derived from the content where there is none.

    notmuch takes what stands between the first ``<`` and ``>``, drops white space in it, and calls
    a message without an id, or with an absurdly long one, by a SHA-1.
    """
    value = mail.headers.get("message-id", [""])[0]
    found = _ID.search(value)
    message_id = "".join((found[1] if found else value).split())
    return _id_text(message_id) if message_id else derived_message_id(raw)


def _id_text(message_id: str) -> str:
    """An id with raw 8-bit bytes as UTF-8, where it is UTF-8."""
    if message_id.isascii():
        return message_id
    return message_id.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def derived_message_id(raw: bytes) -> str:
    """The id that notmuch derives from a file whose mail has none."""
    return f"notmuch-sha1-{sha1(raw, usedforsecurity=False).hexdigest()}"


def read_message(mail: Mail, message_id: str) -> Message:
    """Understand one mail by itself."""
    full_subject = storable(mail.header("subject"))
    subject = parse_subject(full_subject)
    sender = _person(mail, "from")
    text = mail.text[:_MAX_TEXT]
    bot = find_bot(sender)
    notes = list(mail.oddities)
    _note_ids(mail, notes)
    parents = _parents(mail, message_id)
    is_reply = subject.is_reply or (bool(parents) and not subject.is_patch)
    patch = _find_patch(mail, text, subject, is_reply)
    notes.extend(patch.notes)
    patch_text, subject, diff = patch.text, patch.subject, patch.diff
    is_patch_in_reply = patch.in_reply
    commits = announced_commits(mail, message_id)
    kind = _kind(
        mail, subject, diff, bot, commits, is_reply and not is_patch_in_reply, parents, text
    )
    is_head = kind in (Kind.PATCH, Kind.COVER)
    submitter = _submitter(mail, sender, notes)
    author, rest = _author(patch_text, submitter, notes) if is_head else (submitter, text)
    trailers = _trailers(kind, rest, patch_text, diff, text)
    if kind is Kind.PATCH:
        _note_patch(diff, text, notes)
    elif kind is not Kind.COMMIT:
        diff = None
    if any(has_controls(part) for part in (full_subject, text)):
        notes.append("control characters")
    people_to, people_cc = (parse_people(mail.joined_header(name)) for name in ("to", "cc"))
    to = tuple(dict.fromkeys(storable(one.key) for one in people_to if one.address))
    cc = tuple(dict.fromkeys(storable(one.key) for one in people_cc if one.address))
    return Message(
        message_id=message_id,
        kind=kind,
        subject=subject,
        full_subject=full_subject,
        author=author,
        submitter=submitter,
        date=_date(mail, notes),
        parents=parents,
        to=to,
        cc=cc,
        lists=lists_of((decode_words(value) for value in mail.headers.get("list-id", ())), to + cc),
        diff=diff,
        patch_id=patch_id(patch_text) if diff and not diff.damage else None,
        trailers=trailers,
        says=_says(kind, text, bot),
        change_id=storable(marks.change_id(text)) if is_head else "",
        base_commit=marks.base_commit(text) if is_head else "",
        prerequisites=marks.prerequisites(text) if is_head else (),
        links=tuple(storable(one) for one in marks.older_revisions(text)) if is_head else (),
        commits=commits or (summary_commits(text) if not is_head else ()),
        bot=bot.name if bot else "",
        oddities=tuple(dict.fromkeys(storable(note) for note in notes)),
    )


def _note_ids(mail: Mail, notes: list[str]) -> None:
    message_id = mail.raw_header("message-id")
    if not message_id.strip():
        notes.append("no Message-ID")
    elif not _ID.search(message_id):
        notes.append("a Message-ID without angle brackets")
    if len(_ID.findall(mail.raw_header("in-reply-to")[:20000])) > 1:
        notes.append("several ids in In-Reply-To")


def _person(mail: Mail, name: str) -> Person:
    person = parse_person(mail.header(name))
    return Person(storable(person.name), storable(person.address))


def _date(mail: Mail, notes: list[str]) -> int:
    value = mail.header("date")
    parts = parsedate_tz(value) if value else None
    try:
        seconds = mktime_tz(parts) if parts else None
    except (ValueError, OverflowError):
        seconds = None
    if seconds is None:
        notes.append("no Date" if not value else "a Date that cannot be read")
        return 0
    if not _FIRST_DATE <= seconds < _LAST_DATE:
        notes.append(f"an absurd Date: {value[:40]}")
        return 0
    return seconds


def _parents(mail: Mail, message_id: str) -> tuple[str, ...]:
    """In-Reply-To, then References from the end, the root kept; at most ``_MAX_PARENTS`` ids."""
    replied = _ID.findall(mail.raw_header("in-reply-to")[:20000])
    references = _ID.findall(mail.raw_header("references"))
    if len(references) > _MAX_PARENTS:
        references = [references[0], *references[-_MAX_PARENTS + 1 :]]
    ids = [*reversed(replied[:5]), *reversed(references)]
    # Of several ids in In-Reply-To, References tells which one is the parent.
    if len(replied) > 1 and references:
        ids = [*reversed(references), *replied[:5]]
    cleaned = (_id_text("".join(one.split())) for one in ids)
    return tuple(one for one in dict.fromkeys(cleaned) if one and one != message_id)


def _submitter(mail: Mail, sender: Person, notes: list[str]) -> Person:
    """The sender, with ``NAME via LIST`` undone where the mail says who it was."""
    name = without_via(sender.name)
    if name is None:
        return sender
    for header in ("x-original-from", "reply-to"):
        for person in parse_people(mail.joined_header(header)):
            if person.address and not list_from_address(person.address):
                notes.append("From: rewritten by a list")
                return Person(storable(name or person.name), storable(person.address))
    notes.append("From: rewritten by a list")
    return Person(storable(name), sender.address)


def _author(patch_text: str, submitter: Person, notes: list[str]) -> tuple[Person, str]:
    headers, rest = marks.in_body_headers(patch_text)
    if "from" not in headers:
        return submitter, rest
    person = parse_person(decode_words(headers["from"]))
    if "@" not in person.address:
        return submitter, patch_text
    notes.append("From: in the body")
    return Person(storable(person.name), storable(person.address)), rest


@dataclass(frozen=True, slots=True)
class _Found:
    """Where in a mail its patch is."""

    text: str
    subject: Subject
    diff: Diff | None
    in_reply: bool = False
    notes: tuple[str, ...] = ()


def _find_patch(mail: Mail, text: str, subject: Subject, is_reply: bool) -> _Found:
    """Look below scissors, in the text, then in attachments; the first that holds a diff."""
    below = marks.below_scissors(text)
    if below is not None and (diff := parse_diff(below)):
        headers, _ = marks.in_body_headers(below)
        if "subject" in headers:
            subject = parse_subject(storable(decode_words(headers["subject"])))
        elif is_reply:
            subject = replace(subject, is_reply=False, number=None, total=None, revision=1)
        return _Found(below, subject, diff, is_reply, ("patch below scissors",))
    diff = parse_diff(text)
    if diff is None and not is_reply:
        for part in mail.attachments:
            if part.is_patch_file and (diff := parse_diff(part.text[:_MAX_TEXT])):
                note = ("patch in an attachment",)
                return _Found(part.text[:_MAX_TEXT], subject, diff, notes=note)
    if diff and diff.damage and mail.unjoined:
        # Of a flowed mail, the reading that leaves the patch whole.
        other = parse_diff(mail.unjoined)
        if other and not other.damage:
            return _Found(mail.unjoined, subject, other)
    return _Found(text, subject, diff)


def _kind(
    mail: Mail,
    subject: Subject,
    diff: Diff | None,
    bot: Bot | None,
    commits: tuple[str, ...],
    is_reply: bool,
    parents: tuple[str, ...],
    text: str,
) -> Kind:
    if commits:
        return Kind.COMMIT
    if bot and (is_reply or parents):
        return Kind.BOT_REPORT
    if not is_reply and asks_to_pull(subject, text):
        return Kind.PULL_REQUEST
    if is_reply:
        return Kind.FOLLOW_UP
    if subject.number == 0:
        return Kind.COVER
    if diff or (subject.is_patch and not subject.is_forward):
        return Kind.PATCH
    if parents:
        return Kind.FOLLOW_UP
    tags = " ".join(subject.tags)
    if bot or _REPORT.search(subject.title) or _REPORT.search(tags):
        return Kind.REPORT
    if _REPORT_TEXT.search(text[:20000]):
        return Kind.REPORT
    return Kind.OTHER


def _trailers(
    kind: Kind, rest: str, patch_text: str, diff: Diff | None, text: str
) -> tuple[Trailer, ...]:
    if kind in (Kind.PATCH, Kind.COVER):
        shift = patch_text.count("\n") - rest.count("\n")
        found = parse_diff(rest) if shift else diff
        message = marks.commit_message(rest, found.first_line if found else None)
        trailers = message_trailers(message)
    elif kind is Kind.FOLLOW_UP:
        trailers = given_trailers(text)
    else:
        trailers = ()
    return tuple(Trailer(one.name, storable(one.value)) for one in trailers)


def _note_patch(diff: Diff | None, text: str, notes: list[str]) -> None:
    if diff is None:
        notes.append("no diff")
        return
    if diff.damage:
        notes.append(f"mangled: {diff.damage} (line {diff.damage_line})")
    if any(file.change == "binary" for file in diff.files):
        notes.append("binary patch")
    if _RANGE_DIFF.search(text):
        notes.append("range-diff")


def _says(kind: Kind, text: str, bot: Bot | None) -> frozenset[Says]:
    if kind is Kind.BOT_REPORT and bot:
        failed = bot.reports_failure or (bot.failure is not None and bot.failure.search(text))
        return frozenset({Says.FAILED}) if failed else frozenset()
    if kind in (Kind.FOLLOW_UP, Kind.REPORT, Kind.OTHER):
        return tone_of(text)
    return frozenset()
