# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches as ``git am`` takes them: one mail each, with the message that the commit is to have and
the diff in the bytes that it had (git-mailinfo(1), git-format-patch(1))."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime, parsedate_tz

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.date import is_credible, read_date
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.am_diff import diff_bytes
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.render.reply_mail import address_text
from maintainer_kit.render.subject_header import subject_lines

_BREAK = lazy_pattern(r"diff -|Index: |---(?: \S|\s*$)")
"""Where git mailinfo takes the message to end, whatever stands below."""
_HEAD_LIKE = lazy_pattern(r"(?i)>?[a-z][a-z-]*:|>?from |\[patch")
_MOST_OF_ZONE = 14 * 3600
_ADDRESS_END = lazy_pattern(r"[\s<>\x00-\x1f\x7f]")


def am_mail(
    patch: Patch, body: Sequence[str] | None = None, *, number: int = 1, total: int = 1
) -> bytes:
    """The mail of one patch, without a separator line.

    ``body`` is the message below the title, trailers included; None takes the patch's own. What
    stood below ``---`` is left out. Lines of the message that git would take for the diff are
    indented by a space.
    """
    author = _clean(patch.author)
    message = patch.body if body is None else body
    text = message_text(message, author)
    diff = diff_bytes(patch)
    content = text.encode("utf-8", "replace") + b"---\n\n" + diff
    if not content.endswith(b"\n"):
        content += b"\n"
    head = "\n".join([*_head(patch, author, number, total), *_mime(content), "", ""])
    return head.encode("ascii", "replace") + _transferred(content)


def am_mbox(mails: Iterable[bytes]) -> bytes:
    """Mails of ``am_mail`` for ``git am --patch-format=mboxrd``."""
    return b"".join(map(mboxrd, mails))


def indented(line: str) -> str:
    """A line of a message so that git mailinfo leaves it in the message."""
    clean = line.replace("\r", "").replace("\0", "\ufffd")
    return f" {clean}" if _BREAK.match(clean) else clean


def _head(patch: Patch, author: Person, number: int, total: int) -> Iterable[str]:
    yield f"From: {address_text(author)}"
    date = author_date(patch)
    if date:
        yield f"Date: {date}"
    place = f" {number}/{total}" if total > 1 else ""
    yield from subject_lines(f"[PATCH{place}] {visible_line(patch.title)}")
    if patch.message_id and patch.message_id.isascii():
        yield f"Message-ID: <{visible_line(patch.message_id)}>"


def _mime(content: bytes) -> Sequence[str]:
    """git drops carriage returns from what is not encoded."""
    if content.isascii() and b"\r" not in content:
        return ()
    encoding = "base64" if b"\r" in content else "8bit"
    return (
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        f"Content-Transfer-Encoding: {encoding}",
    )


def _transferred(content: bytes) -> bytes:
    return encodebytes(content) if b"\r" in content else content


def message_text(body: Sequence[str], author: Person) -> str:
    """The message below the title, so that git mailinfo reads all of it as such."""
    lines = [indented(line) for line in body]
    first = next((line for line in lines if line.strip()), "")
    if _HEAD_LIKE.match(first):
        # git would read it as a header of the mail; below one of ours it reads no more of them.
        lines[:0] = [f"From: {address_text(author)}", ""]
    return "".join(f"{line}\n" for line in lines)


def _clean(author: Person) -> Person:
    return Person(author.name, _ADDRESS_END.sub("", author.address))


def author_date(patch: Patch) -> str:
    """The author's date in the author's time zone; empty where nobody knows it."""
    inside = patch.in_body.get("date", "")[:200]
    seconds = read_date(inside) if inside else None
    if seconds is None or not is_credible(seconds):
        inside, seconds = "", patch.date
    if not seconds:
        return ""
    zone = _zone(inside or (patch.mail.header("date")[:200] if patch.mail else ""))
    return format_datetime(datetime.fromtimestamp(seconds, zone))


def _zone(date: str) -> tzinfo:
    found = parsedate_tz(date)
    if found is None or found[9] is None or abs(found[9]) > _MOST_OF_ZONE:
        return UTC
    return timezone(timedelta(seconds=found[9]))
