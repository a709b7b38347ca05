# SPDX-License-Identifier: GPL-2.0-or-later
"""The mails of a plan, as they will go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.threading import clean_subject, new_message_id
from maintainer_kit.workflow.posting.desk import PostingDesk
from maintainer_kit.workflow.posting.plan import Plan
from maintainer_kit.workflow.posting.ports import Added, Envelope, Wanted
from maintainer_kit.workflow.posting.record import Mail

_RANGE_DIFF = 400
"""Lines of a range-diff that a letter has: beyond that nobody reads it there."""


@dataclass(frozen=True, slots=True)
class Made:
    """All mails of a posting, the cover letter first."""

    mails: tuple[Mail, ...]
    series: Series
    """As it is checked."""


def make_mails(desk: PostingDesk, plan: Plan, only_to: Person | None = None) -> Made:
    """Let git write the patches, and address them; ``only_to`` is who gets them instead of all.

    Raises RepositoryError.
    """
    files = desk.format(_wanted(desk, plan))
    letter = plan.letter
    to, cc = ((only_to,), ()) if only_to else (letter.to, letter.cc)
    now = desk.stores.clock()
    ids = [
        new_message_id(now, desk.process, str(at), desk.sender.address) for at in range(len(files))
    ]
    envelopes = [
        Envelope(
            message_id=message_id,
            to=to,
            cc=cc,
            parents=plan.parents if at == 0 else (*plan.parents, ids[0]),
            # Archives sort by date what was sent within a second.
            date=now // 1_000_000 + at,
            title=letter.title if plan.has_cover and at == 0 else "",
            change_id=plan.change_id if at == 0 else "",
        )
        for at, message_id in enumerate(ids)
    ]
    raws = [desk.write(file, one) for file, one in zip(files, envelopes, strict=True)]
    patches = [_patch(raw, at, to, cc) for at, raw in enumerate(raws)]
    mails = tuple(
        Mail(one.message_id, clean_subject(patch.title_line), to, cc, raw, commit)
        for one, raw, patch, commit in zip(
            envelopes, raws, patches, _commits(desk, plan), strict=True
        )
    )
    return Made(mails, _series(patches))


def _commits(desk: PostingDesk, plan: Plan) -> Iterator[str]:
    if plan.has_cover:
        yield desk.branch.tip
    yield from (one.commit or "" for one in desk.branch.commits)


def _wanted(desk: PostingDesk, plan: Plan) -> Wanted:
    branch, letter = desk.branch, plan.letter
    text = letter.text
    if plan.with_range_diff and plan.comparison is not None:
        lines = list(desk.words.range_diff(plan.comparison))
        more = ["[...]"] if len(lines) > _RANGE_DIFF else []
        diff = "\n".join((*lines[:_RANGE_DIFF], *more)).strip("\n")
        text = f"{text}\n\nRange-diff:\n{diff}" if diff else text
    patches = tuple(
        Added(one.commit or "", _trailers(plan, at), text if at == 0 and not plan.has_cover else "")
        for at, one in enumerate(branch.commits)
    )
    cover = (letter.title, text) if plan.has_cover else None
    return Wanted(branch.base, patches, plan.prefix, plan.revision, desk.sender, cover)


def _trailers(plan: Plan, at: int) -> tuple[str, ...]:
    lines = (one.line for one in plan.carried if one.patch == at and one.is_taken)
    return tuple(dict.fromkeys(lines))


def _patch(raw: bytes, at: int, to: Sequence[Person], cc: Sequence[Person]) -> Patch:
    """As a file that is about to be sent: of what was sent other things are asked."""
    lines = raw.split(b"\n")
    end = lines.index(b"")
    kept = [one for one in lines[:end] if not one.lower().startswith(b"message-id:")]
    patch = patch_of_mail(b"\n".join((*kept, *lines[end:])))
    return replace(patch, to=tuple(to), cc=tuple(cc))


def _series(patches: Sequence[Patch]) -> Series:
    found = collect_postings(patches)
    return found[0] if found else Series(())
