# SPDX-License-Identifier: GPL-2.0-or-later
"""To a ``Patch`` without a mail: commits, messages in the making, staged diffs.

Apart from ``reading``: hooks and ranges of commits need nothing of how mails are read.
"""

from __future__ import annotations

from maintainer_kit.checks.finding import Part
from maintainer_kit.checks.patch import Origin, Patch, Role
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.subject import parse_subject


@dataclass(frozen=True, slots=True)
class CommitRecord:
    """A commit as git tells it."""

    commit: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    date: int
    """The author's, in seconds since the epoch."""
    message: str
    diff: str
    left_out: int = 0
    """Bytes of a huge diff that were not read; what was, ends with a whole hunk."""


def patch_of_commit(record: CommitRecord) -> Patch:
    """Read a commit."""
    title, body = split_message(record.message)
    return Patch(
        origin=Origin.COMMIT,
        role=Role.PATCH,
        title_line=title,
        subject=parse_subject(title),
        body=body,
        diff_text=record.diff,
        author=record.author,
        submitter=record.committer,
        date=record.date,
        commit=record.commit,
        parents=record.parents,
    )


def patch_of_message(
    text: str, author: Person = NOBODY, committer: Person = NOBODY, path: str | None = None
) -> Patch:
    """Read a commit message in the making, its comments already taken out."""
    title, body = split_message(text)
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines, 1) if line.strip()), 1)
    return Patch(
        origin=Origin.MESSAGE,
        role=Role.PATCH,
        title_line=title,
        subject=parse_subject(title),
        body=body,
        author=author,
        submitter=committer,
        path=path,
        first_lines={Part.SUBJECT: at, Part.BODY: _body_after_title(lines, at - 1) + 1},
    )


def patch_of_staged(diff: str) -> Patch:
    """Read what ``git diff --cached`` prints."""
    return Patch(Origin.STAGED, Role.PATCH, "", parse_subject(""), (), diff_text=diff)


def split_message(message: str) -> tuple[str, tuple[str, ...]]:
    """Title and body of a commit message, as git parts them: the first paragraph, in one line, and
    what follows it without the blank lines around."""
    lines = message.rstrip("\n").split("\n") if message.strip() else []
    at = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    end = at
    while end < len(lines) and lines[end].strip():
        end += 1
    title = " ".join(line.strip() for line in lines[at:end])
    return title, tuple(lines[_body_after_title(lines, at) :])


def _body_after_title(lines: list[str], at: int) -> int:
    """Index of the first line of the body, when the title begins at ``at``."""
    while at < len(lines) and lines[at].strip():
        at += 1
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at
