# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce one commit each: of git-commits-head, and of the tip tree's bots.

Read by label, not by position: the labels, their order and the header fields changed over the
years, and a subject in another charset once pushed the header fields into the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.date import is_credible, read_date
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.commit_place import branch_of, tree_of
from maintainer_kit.model.message.commit_words import (
    message_part,
    named_mails,
    one_line,
    upstream_of,
)
from maintainer_kit.model.message.subject import Subject

_TOP = 8000
_LABEL = lazy_pattern(
    r"^(Commit(?:-ID|Date|ter|terDate)?|Parent|Refname|Gitweb|Web|Author(?:Date)?"
    r"|X-Git-(?:Rev|Commit|Parent|Refname)):[ \t]+(\S[^\n]{0,500})",
    re.MULTILINE,
)
_SIGNS = ("Commit:", "Commit-ID:", "X-Git-")
_PARAGRAPH = lazy_pattern(r"^[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.MULTILINE)
_COMMIT = ("Commit", "Commit-ID", "X-Git-Rev", "X-Git-Commit")
_PARENT = ("Parent", "X-Git-Parent")
_FIELDS = ("X-Git-Rev", "X-Git-Commit", "X-Git-Parent", "X-Git-Refname")
_COMPANIONS = frozenset(
    {*("Committer", "CommitDate", "CommitterDate", "Parent", "Gitweb", "Web", "Refname"), *_FIELDS}
)
"""Without one of them a line ``Commit:`` says nothing."""
_ID = lazy_pattern(r"[0-9a-f]{12,64}")
_SENDER = lazy_pattern(r"(?:git-mailbomb-([^-@\s]{1,100})-(\S{1,200})|(tip))-([0-9a-f]{40})@")
_OPENING = lazy_pattern(r"[A-Za-z ]{1,60} merged into the \S")
_MERGED = lazy_pattern(r"\bmerged into the (\S{1,200}) branch of ([^\s:]{1,200})")
_TAG = lazy_pattern(r"\[([\w.-]{1,40}):[ \t]?([^\]\s]{1,200})\]")


def one_commit(mail: Mail, subject: Subject, message_id: str, text: str) -> tuple[Announced, ...]:
    """The commit that such a mail announces, alone in a tuple; none for other mail.

    ``text`` is the mail's, which may leave hunks out. An answer that has words of its own above
    another's announcement is none itself.
    """
    is_answer = subject.is_reply or subject.is_forward
    labels, start = _labels(text, is_answer)
    message = message_part(text, start) if labels else ""
    labels |= {name: mail.header(key) for name in _FIELDS if (key := name.lower()) in mail.headers}
    sender = _SENDER.match(message_id)
    commit = _id(*(labels.get(name, "") for name in _COMMIT)) or (sender[4] if sender else "")
    if not commit:
        return ()
    tree, ref = _place(mail, labels, text, message_id)
    return (
        Announced(
            commit,
            tree,
            ref,
            _title(message) or one_line(subject.title),
            message_ids=named_mails(message),
            upstream=upstream_of(message),
            parent=_id(*(labels.get(name, "").partition(" ")[0] for name in _PARENT)),
            author=_author(labels.get("Author", "")),
            date=_date(labels.get("AuthorDate", "")),
        ),
    )


def _labels(text: str, is_answer: bool) -> tuple[dict[str, str], int]:
    """The labels at the top, and where the message below them begins; none where these announce no
    commit."""
    found: dict[str, str] = {}
    start = 0
    if not any(map(text[:_TOP].__contains__, _SIGNS)):
        return found, start
    for paragraph in _PARAGRAPH.finditer(text, 0, _TOP):
        labels: list[tuple[str, str]] = _LABEL.findall(paragraph[0])
        for name, value in labels:
            found.setdefault(name, value.rstrip())
        if is_answer and not found and not _OPENING.match(paragraph[0]):
            break
        start = paragraph.start()
        if not labels and _announces(found):
            return found, start
    return (found, len(text)) if _announces(found) else ({}, 0)


def _announces(labels: Mapping[str, str]) -> bool:
    return any(map(labels.__contains__, _COMMIT)) and not _COMPANIONS.isdisjoint(labels)


def _id(*values: str) -> str:
    """The first that is a commit id."""
    return next((one for one in map(str.strip, values) if _ID.fullmatch(one)), "")


def _place(mail: Mail, labels: Mapping[str, str], text: str, message_id: str) -> tuple[str, str]:
    """Tree and ref: each from the first that names it."""
    trees, refs = zip(*_places(mail, labels, text, message_id), strict=True)
    return tree_of(next(filter(None, trees), "")), branch_of(next(filter(None, refs), ""))


def _places(
    mail: Mail, labels: Mapping[str, str], text: str, message_id: str
) -> Iterator[tuple[str, str]]:
    yield labels.get("Web", ""), labels.get("Refname", "")
    yield labels.get("Gitweb", ""), labels.get("X-Git-Refname", "")
    if merged := _MERGED.search(text, 0, _TOP):
        yield merged[2], merged[1]
    if tag := _TAG.match(mail.header("subject").lstrip()):
        yield tag[1], tag[2]
    # A hyphen in the name of the repository or the branch cannot be told from the one between them.
    if sender := _SENDER.match(message_id):
        yield sender[1] or sender[3], sender[2] or ""


def _title(message: str) -> str:
    """git's: the first paragraph."""
    found = _PARAGRAPH.search(message)
    return one_line(found[0]) if found else ""


def _author(value: str) -> Person:
    person = parse_person(value) if value else NOBODY
    return Person(storable(person.name), storable(person.address))


def _date(value: str) -> int:
    """Of the forms ``Fri Feb 3 11:18:00 2023 +0100`` and ``Wed, 03 Sep 2025 10:03:14 +02:00``."""
    if value[-6:-5] in ("+", "-") and value[-3:-2] == ":":
        value = value[:-3] + value[-2:]
    seconds = read_date(value) if value else None
    return seconds if seconds is not None and is_credible(seconds) else 0
