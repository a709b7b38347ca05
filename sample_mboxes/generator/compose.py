# SPDX-License-Identifier: GPL-2.0-or-later
"""From a draft and its text to the bytes of a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sample_mboxes.generator import headers
from sample_mboxes.generator.cast import CAST, LISTS, MailingList, Person
from sample_mboxes.generator.patchmail import GIT_VERSION
from sample_mboxes.generator.story import Draft, Story
from sample_mboxes.generator.transforms import TRANSFORMS

ROBINS_LISTS = ("pebblefs", "wick")


@dataclass(frozen=True)
class Mail:
    """A mail as it lies in one list's mbox."""

    list_key: str
    date: datetime
    envelope: str
    raw: bytes


def compose(draft: Draft, text: str, story: Story, list_key: str) -> Mail:
    """The mail as the subscribers of one list got it."""
    section, charset = draft.section, draft.section.get("charset", "utf-8")
    mailing_list = LISTS[list_key]
    how = section.get("as", "plain")
    if mailing_list.footer and how == "plain" and charset == "utf-8":
        text = (text if draft.kind == "patch" else f"{text.rstrip()}\n") + mailing_list.footer
    mime, body = TRANSFORMS[how](text, charset)
    fields = [*_fields(draft, story, mailing_list, charset), *mime]
    fields.append(("List-Id", mailing_list.list_id))
    head = "".join(f"{name}: {value}\n" for name, value in fields).encode("utf-8")
    raw = head + b"\n" + body + (b"" if body.endswith(b"\n") else b"\n")
    return Mail(list_key, draft.date, draft.sender.email, raw)


def _fields(
    draft: Draft, story: Story, mailing_list: MailingList, charset: str
) -> list[tuple[str, str]]:
    posted = draft.series is not None and draft.series.style != "mailer"
    top = _from(draft, mailing_list, charset) + _recipients(draft, story)
    subject = ("Subject", _subject(draft, charset))
    date = ("Date", headers.date(draft.date))
    identity = [("Message-ID", f"<{draft.message_id}>")]
    if "no-message-id" in draft.section.words:
        identity = []
    above = _threading(draft, story)
    options = draft.section.options.items()
    more = [(key[7:], value) for key, value in options if key.startswith("header-")]
    if not posted:
        agent = [("User-Agent", draft.sender.mailer)] if draft.sender.mailer else []
        return [date, *top, subject, *identity, *above, *agent, *more]
    assert draft.series is not None
    mailer = "b4 0.14.2" if draft.series.style == "b4" else f"git-send-email {GIT_VERSION}"
    return [*top, subject, date, *identity, ("X-Mailer", mailer), *above, *more]


def _from(draft: Draft, mailing_list: MailingList, charset: str) -> list[tuple[str, str]]:
    if "via" not in draft.section.words:
        return [("From", _address(draft.sender, charset))]
    alias = Person(f"{draft.sender.name} via {mailing_list.title}", mailing_list.address, "+0000")
    return [("From", headers.address(alias)), ("Reply-To", headers.address(draft.sender))]


def _address(person: Person, charset: str) -> str:
    try:
        return headers.address(person, charset)
    except UnicodeEncodeError:
        return headers.address(person)


def _subject(draft: Draft, charset: str) -> str:
    if "raw-subject" in draft.section.words:
        return draft.subject
    try:
        return headers.subject(draft.subject, charset)
    except UnicodeEncodeError:
        return headers.subject(draft.subject)


def _recipients(draft: Draft, story: Story) -> list[tuple[str, str]]:
    keys = [draft.list_key, *filter(None, draft.section.get("also-list").split(","))]
    lists = [LISTS[key].address for key in keys]
    copied = [CAST[name] for name in _copied(draft)]
    if draft.parents:
        first = story.drafts[draft.parents[0]].sender
        if draft.kind not in ("patch", "cover") and first is not draft.sender:
            people = [person for person in copied if person is not first]
            return _to_cc([headers.address(first)], [*lists, *map(headers.address, people)])
    if "for" in draft.section.options:
        first = CAST[draft.section.options["for"]]
        copied = [first, *[person for person in copied if person is not first]]
    return _to_cc(lists, [headers.address(person) for person in copied])


def _to_cc(to: list[str], cc: list[str]) -> list[tuple[str, str]]:
    fields = [("To", headers.fold(to, ", "))]
    return fields + ([("Cc", headers.fold(cc, ", "))] if cc else [])


def _copied(draft: Draft) -> list[str]:
    names = [*draft.topic.cc, *filter(None, draft.section.get("cc").split(","))]
    names += ["robin"] if draft.list_key in ROBINS_LISTS else []
    return [name for name in dict.fromkeys(names) if CAST[name] is not draft.sender]


def _threading(draft: Draft, story: Story) -> list[tuple[str, str]]:
    if not draft.parents:
        return []
    chain: list[str] = []
    at: tuple[str, ...] = draft.parents
    while at:
        chain = [*[story.drafts[ref].message_id for ref in at], *chain]
        at = story.drafts[at[0]].parents
    direct = " ".join(f"<{story.drafts[ref].message_id}>" for ref in draft.parents)
    references = "\n ".join(f"<{message_id}>" for message_id in dict.fromkeys(chain))
    return [("In-Reply-To", direct), ("References", references)]
