# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch file that is mended: its own bytes where lines can be replaced in them, else all of it
written anew as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.harm import names_author
from maintainer_kit.checks.mending import CannotMend, NotInPlace, lines_of
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.model.mail.charset import is_plain, lookup
from maintainer_kit.model.mail.form import form_of
from maintainer_kit.render.edited_lines import Change, change_lines
from maintainer_kit.render.mail_head import MIME, fields, head_end, mend_lengths
from maintainer_kit.render.plain_mail import plain_mail
from maintainer_kit.render.subject_header import prefix_of, subject_lines


@dataclass(frozen=True)
class MailDraft:
    """A mail or patch file, with the ``From `` line of an mbox where it has one."""

    content: bytes
    path: str | None = None

    @cached_property
    def patch(self) -> Patch:
        return patch_of_mail(self.content, self.path)

    def edited(self, edits: Sequence[Edit]) -> Self:
        """All lines that no edit names stay byte for byte."""
        writer = _Writer(self.patch, self.content)
        return type(self)(writer.edited(edits), self.path)

    def resaved(self) -> Self:
        return type(self)(plain_mail(self.patch, self.content), self.path)


class _Writer:
    """Makes edits in the lines of a mail."""

    def __init__(self, patch: Patch, raw: bytes) -> None:
        self._patch = patch
        self._lines = raw.split(b"\n")
        self._body = b"\n".join(self._lines[head_end(self._lines) + 1 :])
        charset = form_of(patch.mail.headers).charset if patch.mail else ""
        self._codec = "utf-8" if is_plain(charset) else (lookup(charset) or "utf-8")

    def edited(self, edits: Sequence[Edit]) -> bytes:
        text = [one for one in edits if one.part is not Part.SUBJECT]
        titles = [one.lines[0] for one in edits if one.part is Part.SUBJECT and one.lines]
        change_lines(self._lines, self._changes(text), self._codec)
        # The head is above the text: what changes there may move all below it.
        if titles:
            self._set_subject(titles[0])
        self._name_charset("".join(line for one in text for line in one.lines))
        mend_lengths(self._lines, self._body)
        return b"\n".join(self._lines)

    def _changes(self, edits: Sequence[Edit]) -> Iterator[Change]:
        author = names_author(edits)
        for edit in edits:
            if edit is author:
                yield self._author_line(edit)
                continue
            first = self._first(edit.part)
            old = lines_of(self._patch, edit.part)[edit.first : edit.first + edit.count]
            new = edit.lines
            if edit.part is Part.NOTES and self._lines[first - 1].rstrip() != b"---":
                new = ("---", *new)
            yield Change(first + edit.first, old, new)

    def _first(self, part: Part) -> int:
        """The line of the mail on which a part begins."""
        if part not in self._patch.first_lines:
            raise NotInPlace("its text is encoded")
        return self._patch.first_lines[part] - 1

    def _author_line(self, edit: Edit) -> Change:
        """An author's From: is the first line of the text; headers that stand there go on with
        it."""
        if not self._patch.in_body:
            return Change(self._first(Part.BODY), (), edit.lines)
        at = head_end(self._lines) + 1
        while not self._lines[at].strip():
            at += 1
        return Change(at, (), edit.lines[:1])

    def _set_subject(self, subject: str) -> None:
        if "\ufffd" in subject:
            raise CannotMend("its subject holds bytes that nobody can read")
        inside = self._patch.in_body.get("subject")
        if inside is None:
            self._set_header(subject)
            return
        old_prefix, prefix = prefix_of(self._patch.title_line), prefix_of(subject)
        if prefix_of(inside):
            self._set_inside(subject)
            return
        if subject[len(prefix) :] != self._patch.title_line[len(old_prefix) :]:
            self._set_inside(subject[len(prefix) :])
        if prefix != old_prefix and self._patch.mail is not None:
            whole = self._patch.mail.header("subject")
            self._set_header(prefix + whole[len(prefix_of(whole)) :])

    def _set_header(self, subject: str) -> None:
        places = [(first, end) for name, first, end in fields(self._lines) if name == b"subject"]
        if not places:
            raise CannotMend("it has no Subject:")
        first, end = places[0]
        is_folded = end > first + 1 or len(self._lines[first]) <= 78
        ending = b"\r" if self._lines[first].endswith(b"\r") else b""
        new = subject_lines(subject, is_folded=is_folded)
        self._lines[first:end] = [line.encode("ascii") + ending for line in new]

    def _set_inside(self, title: str) -> None:
        """The Subject: at the top of the text."""
        first = head_end(self._lines) + 1
        for at in range(first, min(self._first(Part.BODY), len(self._lines))):
            if self._lines[at][:8].lower() == b"subject:":
                change_lines(self._lines, [Change(at, (), (f"Subject: {title}",))], self._codec)
                del self._lines[at + 1]
                return
        raise CannotMend("its Subject: is not where it reads")

    def _name_charset(self, added: str) -> None:
        """Without a charset mail is ASCII, or what a reader guesses."""
        names = {name for name, _, _ in fields(self._lines)}
        if not added.isascii() and b"content-type" not in names:
            end = head_end(self._lines)
            wanted = [one for one in MIME if one.partition(b":")[0].lower() not in names]
            self._lines[end:end] = wanted
