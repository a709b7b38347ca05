# SPDX-License-Identifier: GPL-2.0-or-later
"""What is on the screen as SVG, which needs nothing from a network when it is looked at."""

from __future__ import annotations

import re

from textual.app import App

_FONT = re.compile(r"@font-face \{[^}]*\}\s*")
_NAME = re.compile(r"terminal-\d+")
_TEXT = re.compile(r'(<text [^>]*) x="([\d.]+)"( y="[\d.]+") textLength="([\d.]+)"([^>]*)>([^<]*)<')
_SPACE = "&#160;"
_CELL = 12.2
"""Rich's width of one."""


def picture(app: App[None]) -> str:
    """The same for the same screen: Rich names its parts by a number that differs each time."""
    drawn = app.export_screenshot(title="mkit")
    # Rich asks a server of others for its font, which would tell that server who looks at mail.
    drawn = _FONT.sub("", drawn).replace("Fira Code, monospace", "monospace")
    return _TEXT.sub(_without_margins, _NAME.sub("terminal", drawn))


def _without_margins(found: re.Match[str]) -> str:
    """A text placed where its first letter is: not all who draw SVG leave room for the spaces."""
    head, x, y, length, rest, text = found.groups()
    body = text
    while body.startswith(_SPACE):
        body = body.removeprefix(_SPACE)
    left = (len(text) - len(body)) // len(_SPACE)
    whole = len(body)
    while body.endswith(_SPACE):
        body = body.removesuffix(_SPACE)
    right = (whole - len(body)) // len(_SPACE)
    at, wide = float(x) + left * _CELL, float(length) - (left + right) * _CELL
    return f'{head} x="{at:g}"{y} textLength="{max(wide, 0):g}"{rest}>{body}<'
