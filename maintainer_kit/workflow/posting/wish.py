# SPDX-License-Identifier: GPL-2.0-or-later
"""What the user asks of a posting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostWish:
    """What the user asks for."""

    topic: str = ""
    is_new: bool = False
    """It goes on from nothing."""
    revision: int = 0
    """0: the one after the last."""
    is_rfc: bool = False
    is_resend: bool = False
    """The last revision once more, as nobody answered it."""
    prefix: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    has_cover: bool = True
    """Where there is more than one patch."""
    keeps_trailers: bool = False
    with_range_diff: bool = False
    in_thread: bool | None = None
    """None: as the list's rules have it."""
