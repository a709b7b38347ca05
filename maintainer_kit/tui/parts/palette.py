# SPDX-License-Identifier: GPL-2.0-or-later
"""Styles of all that is drawn line by line, one set a theme; and the signs it is drawn with."""

from __future__ import annotations

from rich.style import Style

from maintainer_kit.lazy.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class Palette:
    """Styles by what they mean. One accent; red, yellow and green only where something is said."""

    ground: Style
    """Below everything: the background."""
    text: Style
    soft: Style
    """Second in rank: authors, reasons."""
    faint: Style
    """Rulers, ages, hints."""
    strong: Style
    accent: Style
    heading: Style
    good: Style
    warn: Style
    bad: Style
    bar: Style
    """Below a bar's own segments."""
    key: Style
    cursor: Style
    mark: Style
    quote: Style
    quote_added: Style
    quote_removed: Style
    added: Style
    removed: Style
    added_sign: Style
    removed_sign: Style
    added_word: Style
    """Of a changed line what is other than before."""
    removed_word: Style
    hunk: Style
    file: Style
    keyword: Style
    string: Style
    comment: Style
    trailer: Style


def _palette(
    *,
    ground: str,
    text: str,
    soft: str,
    faint: str,
    accent: str,
    good: str,
    warn: str,
    bad: str,
    bar: str,
    cursor: str,
    added: str,
    removed: str,
    added_word: str,
    removed_word: str,
    string: str,
    comment: str,
    hunk: str,
    quote_added: str,
    quote_removed: str,
) -> Palette:
    return Palette(
        ground=Style(color=text, bgcolor=ground),
        text=Style(color=text),
        soft=Style(color=soft),
        faint=Style(color=faint),
        strong=Style(color=text, bold=True),
        accent=Style(color=accent),
        heading=Style(color=accent, bold=True),
        good=Style(color=good),
        warn=Style(color=warn),
        bad=Style(color=bad),
        bar=Style(color=soft, bgcolor=bar),
        key=Style(color=accent),
        cursor=Style(bgcolor=cursor),
        mark=Style(color=accent, bold=True),
        quote=Style(color=faint),
        quote_added=Style(color=quote_added),
        quote_removed=Style(color=quote_removed),
        added=Style(color=text, bgcolor=added),
        removed=Style(color=soft, bgcolor=removed),
        added_sign=Style(color=good, bgcolor=added, bold=True),
        removed_sign=Style(color=bad, bgcolor=removed, bold=True),
        added_word=Style(bgcolor=added_word),
        removed_word=Style(color=text, bgcolor=removed_word),
        hunk=Style(color=hunk),
        file=Style(color=text, bold=True),
        keyword=Style(bold=True),
        string=Style(color=string),
        comment=Style(color=comment, italic=True),
        trailer=Style(color=good),
    )


# Greys are nearly neutral, so that they stay greys where a terminal has 256 colours only.
DARK = _palette(
    ground="#16181c",
    text="#ccd3dc",
    soft="#97a2b0",
    faint="#747f8c",
    accent="#e0a95c",
    good="#86b98b",
    warn="#d8b765",
    bad="#e2777a",
    bar="#20242a",
    cursor="#313942",
    added="#17291f",
    removed="#2f1c20",
    added_word="#2a5138",
    removed_word="#612f36",
    string="#a9c3a0",
    comment="#7f8b99",
    hunk="#7fa8cf",
    quote_added="#64876a",
    quote_removed="#a0615f",
)

LIGHT = _palette(
    ground="#faf8f3",
    text="#2a2f37",
    soft="#59616c",
    faint="#858d98",
    accent="#9a5a10",
    good="#2c7a43",
    warn="#8a6100",
    bad="#b3302b",
    bar="#ece9e1",
    cursor="#dbe4ef",
    added="#e2f2e4",
    removed="#fae5e3",
    added_word="#b5dfbb",
    removed_word="#f3bfba",
    string="#3f6b34",
    comment="#727b86",
    hunk="#2f6aa3",
    quote_added="#6b9575",
    quote_removed="#bd7a74",
)

TERMINAL = Palette(
    ground=Style(),
    text=Style(),
    soft=Style(),
    faint=Style(dim=True),
    strong=Style(bold=True),
    accent=Style(color="yellow"),
    heading=Style(color="yellow", bold=True),
    good=Style(color="green"),
    warn=Style(color="yellow"),
    bad=Style(color="red"),
    bar=Style(),
    key=Style(bold=True),
    cursor=Style(reverse=True),
    mark=Style(color="yellow", bold=True),
    quote=Style(dim=True),
    quote_added=Style(color="green", dim=True),
    quote_removed=Style(color="red", dim=True),
    added=Style(color="green"),
    removed=Style(color="red"),
    added_sign=Style(color="green", bold=True),
    removed_sign=Style(color="red", bold=True),
    added_word=Style(underline=True),
    removed_word=Style(underline=True),
    hunk=Style(color="cyan"),
    file=Style(bold=True),
    keyword=Style(),
    string=Style(),
    comment=Style(),
    trailer=Style(color="green"),
)
"""The terminal's own 16 colours, on its own background; also for NO_COLOR, where only bold,
dim and reverse are left."""


def with_few_colours(palette: Palette) -> Palette:
    """For 256 colours, of which none is a faint green or red: changed lines are written in them."""
    return replace(
        palette,
        added=palette.good,
        removed=palette.bad,
        added_sign=palette.good,
        removed_sign=palette.bad,
        added_word=Style(underline=True),
        removed_word=Style(underline=True),
        string=Style(),
        comment=Style(italic=True),
    )


@dataclass(frozen=True, slots=True)
class Signs:
    """Characters beyond letters."""

    mark: str
    rule: str
    branch: str
    dot: str
    fold: str
    bar: str
    ellipsis: str
    here: str
    """Beside the line under the cursor."""


UNICODE = Signs(
    "\u25cf", "\u2500", "\u2514 ", " \u00b7 ", "\u2504\u2504", "\u2502", "\u2026", "\u258c"
)
ASCII = Signs("*", "-", "` ", " - ", "--", "|", "~", ">")
