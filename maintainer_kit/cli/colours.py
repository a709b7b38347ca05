# SPDX-License-Identifier: GPL-2.0-or-later
"""Colours of lines by the names of styles; none with NO_COLOR, and click drops them in pipes."""

from __future__ import annotations

import os

import click

_STYLES = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "title": {"bold": True},
    "quiet": {"dim": True},
}


def coloured(text: str, style: str) -> str:
    """The text in a style; an empty name changes nothing."""
    if not style or os.environ.get("NO_COLOR"):
        return text
    return click.style(text, **_STYLES[style])  # type: ignore[arg-type]
