# SPDX-License-Identifier: GPL-2.0-or-later
"""``check --explain``."""

from __future__ import annotations

from maintainer_kit.adapters.profiles import load_profile, names
from maintainer_kit.cli.common import print_lines, terminal_width
from maintainer_kit.render.rule_text import list_lines, rule_lines
from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom, rule_named

_WIDEST = 80


def print_explained(name: str, wish: CheckWish) -> None:
    """All about one rule, or all rules in a line each."""
    if name == "all":
        with open_checkroom(wish) as room:
            print_lines(list_lines(room.profile()[0], terminal_width()))
        return
    profiles = [load_profile(one) for one in names()]
    print_lines(rule_lines(rule_named(name), profiles, min(terminal_width(), _WIDEST)))
