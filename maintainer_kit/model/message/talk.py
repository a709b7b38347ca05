# SPDX-License-Identifier: GPL-2.0-or-later
"""What mail that is no patch says: in its own words, and by trailers and commits."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.asking import Asking, read_asking
from maintainer_kit.model.message.automatic import is_automatic
from maintainer_kit.model.message.envelope import Envelope
from maintainer_kit.model.message.given import bot_trailers, given_trailers
from maintainer_kit.model.message.message import Kind, Says
from maintainer_kit.model.message.notification import says_queued
from maintainer_kit.model.message.tone import tone_of
from maintainer_kit.model.message.trailer import Trailer, storable_trailers
from maintainer_kit.model.message.withdrawn import withdrawn_trailers

_TALK = frozenset({Kind.FOLLOW_UP, Kind.REPORT, Kind.OTHER})
_SPOKEN = _TALK | {Kind.PULL_REQUEST}
_QUEUED = frozenset({Says.APPLIED})


NO_ASKING = Asking()


@dataclass(frozen=True, slots=True)
class Talk:
    """Fields of ``Message`` by the same names."""

    trailers: tuple[Trailer, ...] = ()
    withdrawn: tuple[Trailer, ...] = ()
    says: frozenset[Says] = frozenset()
    asking: Asking = NO_ASKING


NO_TALK = Talk()


def read_talk(mail: Mail, envelope: Envelope, kind: Kind, text: str, *, by_bot: bool) -> Talk:
    """Read a mail of any other kind; programs give trailers, but ask and promise nothing."""
    if kind is Kind.COMMIT:
        return Talk(says=_QUEUED) if says_queued(envelope.subject) else NO_TALK
    trailers: tuple[Trailer, ...] = ()
    withdrawn: tuple[Trailer, ...] = ()
    if kind is Kind.BOT_REPORT:
        trailers = bot_trailers(text, envelope.submitter)
    elif kind is Kind.FOLLOW_UP:
        trailers = given_trailers(text, envelope.submitter)
        withdrawn = withdrawn_trailers(text, envelope.submitter)
    kept = (one for one in trailers if one not in withdrawn)
    speaks = kind in _SPOKEN and not by_bot and not is_automatic(mail, envelope.full_subject)
    return Talk(
        trailers=storable_trailers(kept),
        withdrawn=withdrawn,
        says=tone_of(text) if speaks and kind in _TALK else frozenset(),
        asking=read_asking(text) if speaks else NO_ASKING,
    )
