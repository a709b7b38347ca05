# SPDX-License-Identifier: GPL-2.0-or-later
"""The commits of a branch as patches to a list, which sees by them what was queued; each once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from maintainer_kit.checks.patch import Patch
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import count_of, storable
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.model.reply.threading import clean_subject
from maintainer_kit.workflow.one_sender import one_sender
from maintainer_kit.workflow.posting.ports import Envelope, Records, SeriesOutbox, WriteMail
from maintainer_kit.workflow.posting.record import Mail, Record
from maintainer_kit.workflow.posting.sending import Outcome, go_on
from maintainer_kit.workflow.replying.desk import Desk

MOST = 500
"""Patches that are sent at once."""
_DIGITS = 24
_ID_DIGITS = 12
_MOST_AGAIN = 99


@dataclass(frozen=True, slots=True)
class Queued:
    """A patch of the branch, and the Message-ID that it goes out under."""

    patch: Patch
    message_id: str

    @property
    def commit(self) -> str:
        return self.patch.commit or ""


@dataclass(frozen=True, slots=True)
class Branch:
    """What is sent of which branch, and where it lies."""

    name: str
    url: str
    """Empty where nobody says so."""
    tip: str
    patches: tuple[Queued, ...]
    known: int
    """How many of its patches went out before."""


FormatPatch = Callable[[str, str], bytes]
"""The patch file of a commit, under a prefix."""


def queue(
    desk: Desk, patches: Iterable[Patch], posted: Collection[str], *, again: bool
) -> tuple[tuple[Queued, ...], int]:
    """Those that did not go out yet, and how many did: a patch is known by what it changes, however
    often its branch was made anew. ``posted`` are Message-IDs that are noted to have gone,
    ``again`` means all."""
    found: list[Queued] = []
    known = 0
    for patch in patches:
        number = _number(patch)
        sent = _sent(desk, number, posted)
        if sent and not again:
            known += 1
        else:
            found.append(Queued(patch, _id(desk, number, sent + 1)))
    return tuple(found), known


def _number(patch: Patch) -> str:
    """The same after a rebase; of what changes nothing, or not even git can tell, the commit."""
    return (patch_id(patch.diff_text) if patch.diff_text else None) or patch.commit or ""


def _id(desk: Desk, number: str, time: int) -> str:
    return f"{number[:_DIGITS]}.next{time}.{desk.sender.address}"


def _sent(desk: Desk, number: str, posted: Collection[str]) -> int:
    """How often it went out."""
    ids = [_id(desk, number, time) for time in range(1, _MOST_AGAIN)]
    known = {*desk.stores.catalogue.records(ids), *posted}
    return max((at for at, one in enumerate(ids, 1) if one in known), default=0)


def make_mails(
    desk: Desk,
    branch: Branch,
    to: Sequence[Person],
    cc: Sequence[Person],
    words: str,
    format_patch: FormatPatch,
    write: WriteMail,
) -> tuple[Mail, ...]:
    """All mails; of several patches a cover letter comes first, which they answer."""
    total = len(branch.patches)
    now = desk.stores.clock() // 1_000_000
    digits = len(str(total))
    mails: list[Mail] = []
    parents: tuple[str, ...] = ()
    if total > 1:
        cover = _cover(desk, branch, tuple(to), tuple(cc), words, now)
        mails.append(cover)
        parents = (cover.message_id,)
    for at, one in enumerate(branch.patches, 1):
        number = f" {at:0{digits}}/{total}" if total > 1 else ""
        raw = format_patch(one.commit, f"for-next][PATCH{number}")
        made = Envelope(one.message_id, tuple(to), tuple(cc), parents, now + at)
        subject = clean_subject(f"[for-next][PATCH{number}] {one.patch.title}")
        mails.append(
            Mail(one.message_id, subject, tuple(to), tuple(cc), write(raw, made), one.commit)
        )
    return tuple(mails)


def _cover(
    desk: Desk,
    branch: Branch,
    to: tuple[Person, ...],
    cc: tuple[Person, ...],
    words: str,
    now: int,
) -> Mail:
    total = len(branch.patches)
    ids = "\0".join(one.message_id for one in branch.patches)
    message_id = _id(desk, sha256(ids.encode("utf-8", "surrogatepass")).hexdigest(), 0)
    zero = "0".zfill(len(str(total)))
    title = f"{branch.name}: {count_of(total, 'patch')} for next"
    subject = clean_subject(f"[for-next][PATCH {zero}/{total}] {title}")
    draft = Draft("", message_id, message_id, to, cc, subject, (), now, now)
    posting = desk.write(draft, desk.sender, _text(branch, words), now)
    return Mail(message_id, subject, to, cc, posting.raw, branch.tip)


def _text(branch: Branch, words: str) -> str:
    place = f"  {branch.url} {branch.name}\n\n" if branch.url else ""
    by_author: dict[str, list[str]] = {}
    for one in branch.patches:
        by_author.setdefault(one.patch.author.name or one.patch.author.address, []).append(
            one.patch.title
        )
    listed = [
        f"{name} ({len(titles)}):\n" + "".join(f"      {title}\n" for title in titles)
        for name, titles in sorted(by_author.items())
    ]
    above = f"{words.strip()}\n\n" if words.strip() else ""
    text = f"{above}{place}Head: {branch.tip}\n\n" + "\n".join(listed)
    return storable(text).replace("\0", "")


def record_of(place: str, branch: str) -> Record:
    """What is kept of these mails until all went out; ``mkit send`` asks about it as about its
    own."""
    key = f"for-next\0{place}\0{branch}".encode("utf-8", "surrogatepass")
    return Record(sha256(key).hexdigest()[:_ID_DIGITS], f"{branch}@for-next", place)


def begin(records: Records, outbox: SeriesOutbox, record: Record) -> None:
    """Keep the mails, before the first is handed over. Raises Refused where git, or its hook, does,
    or others are on their way; and Busy."""
    with one_sender(records):
        kept = records.get(record.id)
        if kept is not None and kept.is_under_way:
            raise Refused(f"mails of {record.name} are on their way", "mkit send --list")
        outbox.validate(record.mails)
        records.put(record)


def finish(desk: Desk, records: Records, outbox: SeriesOutbox, record_id: str) -> Outcome:
    """Send what is left of them. Raises Busy, and Refused where it has to be asked first whether
    one went out."""
    return go_on(desk.stores, records, outbox, record_id)
