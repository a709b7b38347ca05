# SPDX-License-Identifier: GPL-2.0-or-later
"""What the prompts of all screens share: the table of actions says what a line means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from maintainer_kit.errors import MkitError, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import Action
from maintainer_kit.tui.keys import Keymap
from maintainer_kit.tui.plain.asked import Asked, read_asked
from maintainer_kit.tui.plain.console import Console
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.stores import Stores

_PAGE = 20
"""Lines that are told at once."""


@dataclass(frozen=True, slots=True)
class PlainSession:
    """One run of the linear mode."""

    workspace: Workspace
    console: Console
    keymap: Keymap

    @property
    def stores(self) -> Stores:
        return self.workspace.stores

    def now(self) -> int:
        """Seconds since the epoch."""
        return self.stores.clock() // 1_000_000


class Prompts:
    """Asks for lines, and does what they name: ``do_NAME`` for what the table calls NAME."""

    PROMPT: ClassVar[str] = "mkit> "
    ACTIONS: ClassVar[tuple[Action, ...]] = ()

    def __init__(self, session: PlainSession) -> None:
        self.session = session
        self.stores = session.stores
        self.is_over = False

    # lines in and out

    def tell(self, line: str) -> None:
        self.session.console.tell(line)

    def complain(self, error: MkitError) -> None:
        hint = f"; try: {error.hint}" if error.hint else ""
        self.tell(f"error: {visible_line(error.message + hint)}")

    def ask(self, name: str, help: str, words: Sequence[str] = ()) -> str:
        """A value that an action needs. Raises Refused where none is typed."""
        value = self.session.console.ask(f"{name} ({help})? ", words).strip()
        if not value:
            raise Refused("nothing was changed")
        return value

    def is_sure(self, question: str) -> bool:
        answer = self.session.console.ask(f"{question} yes or no? ", ("yes", "no"))
        return answer.strip().lower() in ("y", "yes")

    def tell_page(self, lines: Sequence[str], start: int, size: int = _PAGE) -> int:
        """Tell some of many lines, and how to go on; where the rest begins."""
        end = min(len(lines), start + size)
        for line in lines[start:end]:
            self.tell(line)
        if end < len(lines):
            self.tell(f"{end} of {len(lines)}; page-down tells more")
        return end

    # the table

    def run(self) -> None:
        """Ask until it is over. Raises Left at the end of the input."""
        names = [one.name for one in self.ACTIONS]
        self.begin()
        while not self.is_over:
            line = self.session.console.ask(self.PROMPT, names).strip()
            if line:
                self.obey(line)

    def begin(self) -> None:
        """What is told first."""

    def obey(self, line: str) -> None:
        """Do what one line says; what cannot be done is told."""
        try:
            if line.isdecimal() and len(line) < 7:
                self.open(int(line))
            elif asked := read_asked(line, self.ACTIONS, self.session.keymap):
                self.method(asked)(asked)
            else:
                self.tell(self._unknown(line.split()[0]))
        except MkitError as error:
            self.complain(error)
        except KeyboardInterrupt:
            self.tell("stopped; what was done stays done")

    def method(self, asked: Asked) -> Callable[[Asked], None]:
        """What does it here."""
        found: Callable[[Asked], None] | None = getattr(self, f"do_{asked.does}", None)
        return found or self._only_on_screens

    def _only_on_screens(self, asked: Asked) -> None:
        verb = f"; mkit {asked.action.verb} does the same" if asked.action.verb else ""
        self.tell(f"{asked.action.name} is for the screens{verb}")

    def _unknown(self, word: str) -> str:
        near = get_close_matches(word, [one.name for one in self.ACTIONS], n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "help tells what can be typed"
        return f"{visible_line(word[:80])!r} is no action here; {hint}"

    def open(self, number: int) -> None:
        """A number alone."""
        raise NotImplementedError

    # everywhere

    def do_help(self, asked: Asked) -> None:
        """All that can be typed here, of the table."""
        self.tell("Type a number to open it, or an action's name or key, then numbers and words.")
        told = set()
        for one in self.ACTIONS:
            if one.name not in told and hasattr(self, f"do_{Asked(one).does}"):
                told.add(one.name)
                key = one.shown_keys(self.session.keymap)
                self.tell(f"{one.name}{', ' if key else ''}{key}: {one.words}")

    def do_command_palette(self, asked: Asked) -> None:
        self.do_help(asked)

    def do_back(self, asked: Asked) -> None:
        self.is_over = True

    def do_work(self, asked: Asked) -> None:
        self.tell("nothing runs beside this prompt; ^C stops what runs before it")

    def do_suspend_process(self, asked: Asked) -> None:
        self.tell("^Z leads to the shell, and fg back")
