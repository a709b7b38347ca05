# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions of ``reply``, to somebody who sits there."""

from __future__ import annotations

import sys

import click


def is_asked() -> bool:
    """Whether there is somebody who could answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agrees(question: str) -> bool:
    """What he says; no where he says nothing."""
    return click.confirm(question, default=False, err=True)
