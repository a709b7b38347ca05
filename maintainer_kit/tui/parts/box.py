# SPDX-License-Identifier: GPL-2.0-or-later
"""A framed box over the screen below, which is dimmed: menus, lists, texts."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType


class Box(ModalScreen[ScreenResultType]):
    """Holds one ``Vertical`` whose class is the look's frame; subclasses say how wide it is."""

    DEFAULT_CSS = """
    Box { align: center middle; background: $background 60%; }
    Box:ansi { background: transparent; }
    Box > Vertical {
        max-width: 100%; max-height: 90%; background: $background; border-title-color: $accent;
    }
    Box > .round { border: round $accent; }
    Box > .ascii { border: ascii $accent; }
    """
