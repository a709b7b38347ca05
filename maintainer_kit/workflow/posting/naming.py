# SPDX-License-Identifier: GPL-2.0-or-later
"""By what a posting is known: its revision, what stands in its subjects, its change-id."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.subject import title_key
from maintainer_kit.workflow.posting.before import Before
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.desk import PostingDesk
from maintainer_kit.workflow.posting.record import Record
from maintainer_kit.workflow.posting.texts import split_letter
from maintainer_kit.workflow.posting.wish import PostWish

SURE = 0.8
"""With less nobody should go on from a posting unasked: titles are not even the same."""
_SLUG = re.compile(r"[a-z0-9]+")


def is_doubtful(branch: Branch, before: Before) -> bool:
    """Whether the user has to be asked whether it is the same series: nothing but likeness says
    so, or it is called otherwise. A letter that is not written yet has no name: then most of the
    patches must go on."""
    if before.confidence >= 1:
        return False
    if before.confidence < SURE:
        return True
    title, _ = split_letter(branch.cover)
    if len(branch.commits) == 1:
        title = branch.commits[0].title
    if title:
        return title_key(title) != before.first.subject.key
    older = before.earlier.patches
    return 2 * sum(one.counterpart is not None for one in older) < len(older)


def next_revision(desk: PostingDesk, wish: PostWish, before: Before | None, record: Record) -> int:
    """The number of the posting. Raises Refused for one that was posted already."""
    last = before.earlier.revision if before else 0
    if before is None and not wish.is_new:
        # It went out, and is not in the index any more, or not yet.
        last = max((one.revision for one in record.posted), default=0)
    if wish.is_resend:
        if not last:
            raise Refused("nothing was posted that could be sent again", "mkit send")
        return last
    # What was an RFC up to v3 may begin again at v1.
    begins_again = before is not None and before.first.subject.rfc and not wish.is_rfc
    if wish.revision and wish.revision <= last and not begins_again:
        raise Refused(f"v{last} was posted already", f"mkit send -v {last + 1}")
    return wish.revision or max(last + 1, desk.branch.tracked.revision)


def prefix_of(desk: PostingDesk, wish: PostWish) -> str:
    """What stands in the subjects, without the revision."""
    branch = desk.branch
    words = wish.prefix or " ".join((branch.prefix, *branch.tracked.prefixes))
    if "PATCH" not in words.upper():
        words = f"PATCH {words}"
    is_rfc = wish.is_rfc and "RFC" not in words.upper().split()
    words = f"RFC {words}" if is_rfc else words
    return visible_line(f"{words} RESEND" if wish.is_resend else words)


def change_id_of(desk: PostingDesk, before: Before | None, record: Record) -> str:
    """That of the series, once it has one; else a new one: the day, the branch, and a hash."""
    branch = desk.branch
    known = branch.tracked.change_id or (before.change_id if before else "") or record.change_id
    if known:
        return known
    now = desk.stores.clock()
    day = datetime.fromtimestamp(now // 1_000_000, UTC).strftime("%Y%m%d")
    slug = "-".join(_SLUG.findall(branch.name.rpartition("/")[2].lower()))[:40] or "series"
    seed = f"{branch.place}\n{branch.name}\n{now}".encode("utf-8", "surrogateescape")
    return f"{day}-{slug}-{sha256(seed).hexdigest()[:12]}"
