# SPDX-License-Identifier: GPL-2.0-or-later
"""The few pages of the served archive that are read by people, as HTML without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message

_SHOWN = ("From", "To", "Cc", "Subject", "Date", "Message-ID", "List-Id")


def address_of(message_id: str) -> str:
    """A Message-ID as part of a path."""
    return quote(message_id, safe="@")


def archives_page(lists: Mapping[str, int], total: str) -> bytes:
    """The archives there are."""
    rows = [f'<li><a href="/all/">all</a>: {escape(total)}</li>']
    rows += [
        f'<li><a href="/{quote(name, safe="")}/">{_text(name)}</a>: {count}</li>'
        for name, count in lists.items()
    ]
    return _page("archives", f"<ul>{''.join(rows)}</ul>")


def newest_page(name: str, messages: Iterable[Message]) -> bytes:
    """The newest mails of an archive, and how to ask for others."""
    rows = "".join(
        f'<li><a href="{address_of(one.message_id)}/">{_text(one.full_subject)}</a>'
        f" {_text(str(one.author))} {_day(one.date)}</li>"
        for one in messages
    )
    return _page(name, f'<ul>{rows}</ul><p><a href="_/text/help/">help</a></p>')


def mail_page(mail: Mail, message: Message) -> bytes:
    """One mail as text, with the ways to its bytes and its thread."""
    head = "".join(
        f"{name}: {_text(mail.joined_header(name.lower()))}\n"
        for name in _SHOWN
        if name.lower() in mail.headers
    )
    ways = '<a href="raw">raw</a> <a href="t.mbox.gz">thread</a> <a href="t.atom">feed</a>'
    lines = "\n".join(map(_text, mail.text.split("\n")))
    return _page(message.full_subject, f"<p>{ways}</p><pre>{head}\n{lines}</pre>")


def _page(title: str, body: str) -> bytes:
    page = f'<!DOCTYPE html><meta charset="utf-8"><title>{_text(title)}</title><body>{body}\n'
    return page.encode("utf-8", "replace")


def _text(value: str) -> str:
    return escape(visible_line(value))


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds else ""
