# SPDX-License-Identifier: GPL-2.0-or-later
"""From bytes to a ``Patch``: mails and patch files."""

from __future__ import annotations

from maintainer_kit.checks.finding import Part
from maintainer_kit.checks.patch import Origin, Patch, Role
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.mail import Mail, read_mail
from maintainer_kit.model.mail.person import Person, parse_people, parse_person
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message import marks
from maintainer_kit.model.message.envelope import read_envelope
from maintainer_kit.model.message.finding import Found, find_patch
from maintainer_kit.model.message.identity import own_message_id
from maintainer_kit.model.message.stable_review import below_notice
from maintainer_kit.model.message.subject import parse_subject

_FROM_LINE = b"From "


def patch_of_mail(raw: bytes, path: str | None = None, first_line: int = 1) -> Patch:
    """Read a mail, or a patch file of git format-patch.

    ``first_line`` is the line of ``path`` on which it begins. Never fails: what is no patch has
    the role OTHER.
    """
    above = 1 if raw.startswith(_FROM_LINE) else 0
    bare = raw.partition(b"\n")[2] if above else raw
    mail = read_mail(bare)
    message_id = own_message_id(mail, bare) if mail.headers.get("message-id") else ""
    envelope = read_envelope(mail, message_id)
    subject = envelope.subject
    is_reply = subject.is_reply or (bool(envelope.parents) and not subject.is_patch)
    found = find_patch(mail, mail.text, subject, is_reply)
    layout = _Layout.of(found)
    head = layout.in_body.get("from", "")
    author = parse_person(decode_words(head)) if head else envelope.submitter
    title = storable(decode_words(layout.in_body["subject"])) if "subject" in layout.in_body else ""
    if title and not parse_subject(title).is_patch:
        # In the body stands the title alone; the prefix is the mail's.
        title = f"{_prefix_of(envelope.full_subject, found.subject.title)}{title}"
    full = title or envelope.full_subject
    start = _body_line(bare, mail, found)
    return Patch(
        origin=Origin.MAIL if message_id else Origin.FILE,
        role=_role(found, is_reply),
        title_line=full,
        subject=parse_subject(full) if title else found.subject,
        body=layout.body,
        notes=layout.notes,
        diff_text=layout.diff,
        author=author if "@" in author.address else envelope.submitter,
        submitter=envelope.submitter,
        date=envelope.date,
        message_id=message_id or None,
        parents=envelope.parents,
        to=_people(mail, "to"),
        cc=_people(mail, "cc"),
        in_body=layout.in_body,
        mail=mail,
        raw=bare,
        path=path,
        first_lines=layout.lines(first_line + above + start) if start else {},
        header_lines=_header_lines(bare, first_line + above),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """The text of a patch mail, cut; each ``*_at`` is the line where the part begins, from 0."""

    in_body: dict[str, str]
    body: tuple[str, ...]
    body_at: int
    notes: tuple[str, ...]
    notes_at: int
    diff: str
    diff_at: int

    @classmethod
    def of(cls, found: Found) -> _Layout:
        text = found.text
        in_body, rest = marks.in_body_headers(below_notice(text))
        lines = text.split("\n")
        diff_at = found.diff.first_line - 1 if found.diff else len(lines)
        at = text.count("\n") - rest.count("\n")
        while at < diff_at and not lines[at].strip():
            at += 1
        cut = next((n for n in range(at, diff_at) if lines[n].rstrip(" \t") == "---"), diff_at)
        end = cut
        while end > at and not lines[end - 1].strip():
            end -= 1
        notes_at = min(cut + 1, diff_at)
        return cls(
            in_body,
            tuple(lines[at:end]) if found.diff else _without_signature(lines[at:end]),
            at,
            tuple(lines[notes_at:diff_at]),
            notes_at,
            "\n".join(lines[diff_at:]),
            diff_at,
        )

    def lines(self, start: int) -> dict[Part, int]:
        """Where each part begins in a file on whose line ``start`` the text does."""
        return {
            Part.BODY: start + self.body_at,
            Part.NOTES: start + self.notes_at,
            Part.DIFF: start + self.diff_at,
        }


def _without_signature(lines: list[str]) -> tuple[str, ...]:
    end = next((at for at, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    while end and not lines[end - 1].strip():
        end -= 1
    return tuple(lines[:end])


def _role(found: Found, is_reply: bool) -> Role:
    if found.diff is not None:
        return Role.PATCH
    if found.subject.number == 0 and found.subject.is_patch and not is_reply:
        return Role.COVER
    return Role.OTHER


def _prefix_of(full: str, title: str) -> str:
    return full[: len(full) - len(title)] if title and full.endswith(title) else ""


def _people(mail: Mail, name: str) -> tuple[Person, ...]:
    return parse_people(mail.joined_header(name)) if name in mail.headers else ()


def _body_line(raw: bytes, mail: Mail, found: Found) -> int:
    """On which line of the mail, from 0, its text begins; 0 when it does not stand there as is."""
    if found.text is not mail.text or mail.attachments or b"\r" in raw[:4000]:
        return 0
    encoding = mail.raw_header("content-transfer-encoding").strip().lower()
    kind = mail.raw_header("content-type").lower()
    if encoding in ("base64", "quoted-printable") or "multipart/" in kind or mail.unjoined:
        return 0
    head, gap, _ = raw.partition(b"\n\n")
    return head.count(b"\n") + 2 if gap else 0


def _header_lines(raw: bytes, first: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, line in enumerate(raw.partition(b"\n\n")[0].split(b"\n")[:500]):
        name, colon, _ = line.partition(b":")
        if colon and line[:1] not in (b" ", b"\t"):
            found.setdefault(name.decode("ascii", "replace").lower(), first + at)
    return found
