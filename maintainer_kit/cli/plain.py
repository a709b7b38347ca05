# SPDX-License-Identifier: GPL-2.0-or-later
"""``tui --plain``: the linear mode on a terminal, or on any pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from maintainer_kit.tui.plain.console import Left


class LineConsole:
    """Standard input and output. On a terminal lines can be edited, and words completed."""

    def __init__(self) -> None:
        self._words: Sequence[str] = ()
        if sys.stdin.isatty() and sys.stdout.isatty():
            self._edit_lines()

    def _edit_lines(self) -> None:
        import readline

        # It would send sequences that only terminals with a screen understand.
        readline.parse_and_bind("set enable-bracketed-paste off")
        readline.parse_and_bind("tab: complete")
        readline.set_completer_delims(" ")
        readline.set_completer(self._complete)

    def _complete(self, typed: str, number: int) -> str | None:
        found = [one for one in self._words if one.startswith(typed)]
        return found[number] if number < len(found) else None

    def tell(self, line: str) -> None:
        click.echo(line, color=False)

    def ask(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Raises Left at the end of the input."""
        self._words = words
        try:
            return input(prompt)
        except KeyboardInterrupt:
            click.echo()
            return ""
        except EOFError:
            raise Left from None
