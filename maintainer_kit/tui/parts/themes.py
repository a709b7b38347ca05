# SPDX-License-Identifier: GPL-2.0-or-later
"""The themes that Textual knows by name, and the look that belongs to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from textual.theme import Theme

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.decision.state import DEFAULT_STATES, States
from maintainer_kit.tui.parts.palette import (
    ASCII,
    DARK,
    LIGHT,
    TERMINAL,
    UNICODE,
    Palette,
    Signs,
    with_few_colours,
)


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about how the screens are drawn."""

    theme: str
    palette: Palette
    signs: Signs = UNICODE
    states: States = DEFAULT_STATES
    """The user's, whose colours they are drawn in."""

    @property
    def is_plain(self) -> bool:
        """Nothing but letters."""
        return self.signs is ASCII

    @property
    def frame(self) -> Literal["round", "ascii"]:
        """The kind of border."""
        return "ascii" if self.is_plain else "round"


THEMES = (
    Theme(
        name="mkit-dark",
        primary="#7fa8cf",
        secondary="#97a2b0",
        accent="#e0a95c",
        warning="#d8b765",
        error="#e2777a",
        success="#86b98b",
        foreground="#ccd3dc",
        background="#16181c",
        surface="#20242a",
        panel="#262c36",
    ),
    Theme(
        name="mkit-light",
        primary="#2f6aa3",
        secondary="#59616c",
        accent="#9a5a10",
        warning="#8a6100",
        error="#b3302b",
        success="#2c7a43",
        foreground="#2a2f37",
        background="#faf8f3",
        surface="#ece9e1",
        panel="#e0dcd1",
        dark=False,
    ),
    Theme(
        name="mkit-terminal",
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        accent="ansi_yellow",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
            "block-cursor-background": "ansi_white",
            "block-cursor-foreground": "ansi_black",
            "input-cursor-background": "ansi_white",
            "input-cursor-foreground": "ansi_black",
            "input-selection-background": "ansi_white",
            "input-selection-foreground": "ansi_black",
        },
    ),
)

_PALETTES = {"dark": DARK, "light": LIGHT, "terminal": TERMINAL}
_MANY_COLOURS = frozenset({"truecolor", "24bit"})


def look_of(
    setting: str,
    environ: Mapping[str, str],
    *,
    plain: bool = False,
    states: States = DEFAULT_STATES,
) -> Look:
    """The look of ``mkit.theme`` on this terminal; without colours on its own background."""
    if plain:
        return Look("mkit-terminal", TERMINAL, ASCII, states)
    if environ.get("NO_COLOR"):
        return Look("mkit-terminal", TERMINAL, states=states)
    palette = _PALETTES[setting]
    if environ.get("COLORTERM") not in _MANY_COLOURS and palette is not TERMINAL:
        palette = with_few_colours(palette)
    return Look(f"mkit-{setting}", palette, states=states)
