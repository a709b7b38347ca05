# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody before the linear mode who has decided beforehand what to type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maintainer_kit.tui.plain.console import Left
from maintainer_kit.tui.plain.run import run_plain


@dataclass
class Script:
    """A person who has decided beforehand what to type."""

    lines: list[str]
    told: list[str] = field(default_factory=list)

    def tell(self, line: str) -> None:
        self.told.append(line)

    def ask(self, prompt: str, words: Sequence[str] = ()) -> str:
        self.told.append(prompt)
        if not self.lines:
            raise Left
        return self.lines.pop(0)

    @property
    def text(self) -> str:
        return "\n".join(self.told)


def said(*lines: str) -> str:
    """All that is told when these lines are typed."""
    script = Script(list(lines))
    run_plain(script)
    return script.text
