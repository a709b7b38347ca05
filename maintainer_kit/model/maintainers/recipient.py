# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom a patch is to be mailed to, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.mail.person import Person

IN_FILE = "in file"
BLAMED = "blamed_fixes"
_LONGEST_TITLE = 50
_TO_QUOTE = re.compile(r"[^\w -]", re.ASCII)
_QUOTE = re.compile(r'(?<!\\)"')


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person or a list."""

    person: Person
    """As the mailmap has it; a list has no name."""
    role: str
    """maintainer, supporter, odd fixer, reviewer, open list, moderated list, in file,
    blamed_fixes and the like: the words of get_maintainer.pl."""
    section: str = ""
    """The title of the section that names them; empty when none does."""
    pattern: str = ""
    """The line that matched, such as ``F: fs/erofs/``."""
    path: str = ""
    """The path that it matched; empty for a word in the patch."""
    also: tuple[str, ...] = ()
    """Roles besides the first: named in a file, signed the commit that is mended."""

    @property
    def is_list(self) -> bool:
        return self.role.endswith(" list")

    @property
    def mailbox(self) -> str:
        """As get_maintainer.pl prints it, and as a header of a mail may have it: a name with
        anything but plain letters, digits, spaces and dashes is in quotes."""
        name, address = self.person.name, self.person.address
        if _TO_QUOTE.search(name):
            name = '"' + _QUOTE.sub(r"\"", name) + '"'
        return f"{name} <{address}>" if name else address

    @property
    def reason(self) -> str:
        """In words, why they are mailed."""
        if self.pattern.startswith("K:"):
            return f"the patch has what {self.pattern} looks for"
        if self.pattern:
            return f"{self.path} matches {self.pattern}"
        return f"named in {self.path}" if self.path else "signed the commit that is mended"

    @property
    def label(self) -> str:
        """The roles as get_maintainer.pl prints them with --roles."""
        title = self.section
        if len(title) > _LONGEST_TITLE:
            title = title[: _LONGEST_TITLE - 3].rstrip() + "..."
        # It names the section of a list, except that of the list for everything.
        without = not title or (self.is_list and title == "THE REST")
        return ",".join((self.role if without else f"{self.role}:{title}", *self.also))


@dataclass(frozen=True, slots=True)
class Recipients:
    """Everybody to be mailed; nobody twice."""

    to: tuple[Recipient, ...]
    """Maintainers of the files, and the lists of the most precise sections."""
    cc: tuple[Recipient, ...]
    """Reviewers, wider lists, whoever is named elsewhere."""

    @property
    def everybody(self) -> tuple[Recipient, ...]:
        return (*self.to, *self.cc)

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses in small letters."""
        return frozenset(one.person.key for one in self.everybody)
