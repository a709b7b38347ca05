# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails, patches and series for tests, made so that a test reads as mail arriving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.reading import own_message_id, read_message
from maintainer_kit.model.queue.turn import Me
from maintainer_kit.model.topic.topic import Topic, collect_topics

ROBIN = "Robin Maintainer <robin@lumen.example>"
ADA = "Ada Author <ada@quarry.example>"
BO = "Bo Reviewer <bo@shale.example>"
LIST = "pebblefs@lists.lumen.example"
ME = Me(frozenset({"robin@lumen.example"}), frozenset({"pebblefs.lists.lumen.example"}))
STRANGER = Me(frozenset({"nobody@elsewhere.example"}))
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = 24 * 60


def mail(
    subject: str,
    body: str = "",
    *,
    sender: str = ADA,
    message_id: str = "",
    parents: Sequence[str] = (),
    to: str = LIST,
    minutes: int = 0,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A mail as bytes; ``parents`` are References, the root first, ``minutes`` after START.

    A header of ``headers`` replaces the one of that name; an empty value leaves it out.
    """
    if not message_id:
        digest = sha256(f"{subject}\n{sender}\n{minutes}\n{body}".encode()).hexdigest()
        message_id = f"{digest[:16]}@made.example"
    fields = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Date": format_datetime(START + timedelta(minutes=minutes)),
        "Message-ID": f"<{message_id}>",
    }
    if parents:
        fields["In-Reply-To"] = f"<{parents[-1]}>"
        fields["References"] = " ".join(f"<{one}>" for one in parents)
    fields |= headers or {}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}\n{body}".encode()


def edit(path: str = "fs/pebble/inode.c", old: str = "one", new: str = "two") -> str:
    """A git diff that changes one line of a file."""
    return (
        f"diff --git a/{path} b/{path}\n"
        "index 1111111..2222222 100644\n"
        f"--- a/{path}\n"
        f"+++ b/{path}\n"
        "@@ -7,3 +7,3 @@ int pebble(void)\n"
        " \tbefore();\n"
        f"-\t{old}();\n"
        f"+\t{new}();\n"
        " \tafter();\n"
    )


def patch(
    subject: str,
    change: str = "",
    *,
    text: str = "It is better so.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n",
    below: str = " fs/pebble/inode.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n",
    sender: str = ADA,
    message_id: str = "",
    parents: Sequence[str] = (),
    to: str = LIST,
    minutes: int = 0,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A patch mail as git format-patch writes it."""
    body = f"{text}---\n{below}\n{change or edit()}-- \n2.39.5\n"
    return mail(
        subject,
        body,
        sender=sender,
        message_id=message_id,
        parents=parents,
        to=to,
        minutes=minutes,
        headers=headers,
    )


def posting(
    stem: str,
    total: int,
    *,
    revision: int = 1,
    cover: bool = True,
    sender: str = ADA,
    parents: Sequence[str] = (),
    minutes: int = 0,
    prefix: str = "PATCH",
    tail: str = "",
    change: str = "",
) -> list[bytes]:
    """A series, threaded under its cover letter or its first patch.

    Message-IDs are ``STEM-vREVISION-NUMBER@made.example``, the cover letter's number is 0.
    ``tail`` stands in the cover letter, or in the first patch; each patch ``n`` turns ``one`` into
    ``CHANGE-n``, so an equal ``change`` is an equal patch.
    """
    version = f" v{revision}" if revision > 1 else ""
    first = 0 if cover else 1
    mails: list[bytes] = []
    for number in range(first, total + 1):
        subject = f"[{prefix}{version} {number}/{total}] {stem}: "
        thread = [*parents, *([part_id(stem, first, revision)] if number > first else [])]
        message_id = part_id(stem, number, revision)
        if number == 0:
            mails.append(
                mail(
                    f"{subject}make it better",
                    f"This series helps.\n{tail}",
                    sender=sender,
                    message_id=message_id,
                    parents=thread,
                    minutes=minutes,
                )
            )
            continue
        own = edit(f"fs/{stem}/{number}.c", new=f"{change or 'two'}_{number}")
        text = f"Reason {number}.\n\nSigned-off-by: {sender}\n"
        below = f" fs/{stem}/{number}.c | 2 +-\n" + (tail if number == first else "")
        mails.append(
            patch(
                f"{subject}step {number}",
                own,
                text=text,
                below=below,
                sender=sender,
                message_id=message_id,
                parents=thread,
                minutes=minutes,
            )
        )
    return mails


def part_id(stem: str, number: int, revision: int = 1) -> str:
    """The Message-ID that ``posting`` gives a mail."""
    return f"{stem}-v{revision}-{number}@made.example"


def reply(
    parent: str,
    body: str,
    *,
    sender: str = BO,
    message_id: str = "",
    above: Sequence[str] = (),
    minutes: int = 60,
    subject: str = "Re: [PATCH] something",
    to: str = LIST,
) -> bytes:
    """An answer to the mail ``parent``; ``above`` are the References before it."""
    return mail(
        subject,
        body,
        sender=sender,
        message_id=message_id,
        parents=[*above, parent],
        to=to,
        minutes=minutes,
    )


def read(raw: bytes) -> Message:
    """A mail's bytes, understood."""
    found = read_mail(raw)
    return read_message(found, own_message_id(found, raw))


def topics(*raws: bytes) -> list[Topic]:
    """The topics that mails make, however they arrived."""
    return collect_topics([read(raw) for raw in raws])


def topic(*raws: bytes) -> Topic:
    """The one topic that mails make."""
    found = topics(*raws)
    assert len(found) == 1, [one.root.full_subject for one in found]
    return found[0]
