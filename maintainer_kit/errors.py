# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user reads when something is refused: one root, one line, one next step."""

from __future__ import annotations


class MkitError(Exception):
    """An expected failure: one line for the user, exit code 1, no traceback."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        """The next command or step that helps, without a leading "try:"."""


class ConfigError(MkitError):
    """A setting that means nothing."""


class NotFound(MkitError):
    """No such message, topic, file or repository."""


class Refused(MkitError):
    """Understood, but unsafe or not allowed."""


class IndexFailure(MkitError):
    """notmuch, or the mail store below it, cannot do what was asked."""


class IndexLocked(IndexFailure):
    """Another program has held notmuch's write lock for longer than we wait."""


class RepositoryError(MkitError):
    """git failed; its own words are in the message."""


class StateError(MkitError):
    """The journal or the catalogue cannot be read or written."""


class Damaged(StateError):
    """The catalogue is damaged, or of a newer mkit: it can be made anew."""


class Busy(StateError):
    """Another mkit process holds the lock that this step needs."""
