# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that are queued, of a repository that is only read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from itertools import islice

from maintainer_kit.adapters.git.posting.next_patches import format_commit, read_patches
from maintainer_kit.adapters.git.pulling.request import find_ref, known_commit
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.render.posting_mail import posting_mail
from maintainer_kit.wiring.pull_request import PullRoom, refuse_url
from maintainer_kit.workflow.posting.record import Mail
from maintainer_kit.workflow.pull_request.for_next import MOST, Branch, make_mails, queue
from maintainer_kit.workflow.replying.desk import Desk


def branch_of(
    room: PullRoom,
    desk: Desk,
    word: str,
    base: str,
    url: str,
    posted: Collection[str],
    *,
    again: bool,
) -> Branch:
    """The patches of a branch that upstream lacks and that did not go out yet; ``posted`` are
    Message-IDs that did. Raises NotFound, and Refused for more than anybody sends."""
    ref = find_ref(room.git, word)
    tip = known_commit(room.git, ref)
    since = known_commit(room.git, base or room.upstream())
    patches = list(islice(read_patches(room.git, tip, since), MOST + 1))
    if len(patches) > MOST:
        raise Refused(f"it has more than {MOST} patches", "--base REV names a later one")
    place = url or desk.stores.settings.pull_url
    if place:
        refuse_url(place)
    found, known = queue(desk, patches, posted, again=again)
    name = ref.removeprefix("refs/heads/").removeprefix("refs/tags/")
    return Branch(name, place, tip, found, known)


def mails_of(
    room: PullRoom,
    desk: Desk,
    branch: Branch,
    to: Sequence[Person],
    cc: Sequence[Person],
    words: str,
) -> tuple[Mail, ...]:
    """As they will go out, written by git."""
    with room.borrowed() as borrowed:
        format_patch = partial(format_commit, borrowed, sender=desk.sender)
        return make_mails(desk, branch, to, cc, words, format_patch, posting_mail)
