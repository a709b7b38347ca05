# SPDX-License-Identifier: GPL-2.0-or-later
"""The conditions of rules, as settings have them: ``path=fs/erofs/ list=ADDRESS``."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NoReturn

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.text import visible_line

PATH, ANY_PATH = "path", "any-path"
SECTION, ANY_SECTION = "section", "any-section"
PREFIX, LIST, FROM, TO, WHEN = "prefix", "list", "from", "to", "when"
KIND, SUBJECT = "kind", "subject"
OF_TOPICS = (
    *(PATH, ANY_PATH, PREFIX, LIST, FROM, TO),
    *(SECTION, ANY_SECTION, KIND, SUBJECT),
)
"""What can be asked of a topic."""
AWAY = "away"
NO_LIST = "none"
"""The value of ``list=`` for what went to no list."""
KINDS = {
    "patch": "series",
    "report": "report",
    "pull": "pull-request",
    "discussion": "discussion",
    "stable-review": "stable-review",
}
"""Words of ``kind=``, each with the kind of topic that it means."""
_AS_WRITTEN = (PATH, ANY_PATH)
_SPECIAL = frozenset('"<>()[]:;@,\\')

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""Values by kind, of which one has to hold; all kinds have to."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A setting whose lines have conditions."""

    key: str
    kinds: tuple[str, ...]
    """Conditions that it knows."""
    example: str
    """A command that sets a line of it."""

    def words_of(self, line: str) -> list[str]:
        """A line, taken apart as a shell does. Raises ConfigError, as all others do."""
        try:
            return shlex.split(line)
        except ValueError as error:
            hint = "write names with ' or \" in quotes of the other"
            self.fail(line, f"cannot be read ({error})", hint)

    def read(self, line: str, words: Iterable[str]) -> Conditions:
        """The conditions of a line; what is compared without case in small letters."""
        found: dict[str, list[str]] = {}
        for word in words:
            kind, value = self._read_one(line, word)
            found.setdefault(kind, []).append(value)
        return tuple((kind, tuple(values)) for kind, values in found.items())

    def _read_one(self, line: str, word: str) -> tuple[str, str]:
        kind, mark, value = word.partition("=")
        value = value.strip()
        if not mark:
            self.fail(line, f"has {word!r} where a condition should be", f"one of: {self._listed}")
        if kind not in self.kinds:
            near = difflib.get_close_matches(kind, self.kinds, n=1)
            meant = f"did you mean {near[0]}=?" if near else f"one of: {self._listed}"
            self.fail(line, f"has {kind}=, which is no condition", meant)
        if not value:
            self.fail(line, f"has {kind}= without a value", self.example)
        if kind == WHEN and value != AWAY:
            self.fail(line, f"has {word!r}", f"when={AWAY} is all there is")
        if kind == KIND and value.lower() not in (*KINDS, *KINDS.values()):
            self.fail(line, f"has {word!r}", f"{KIND}= is one of {', '.join(KINDS)}")
        if kind in (FROM, TO) and not _is_sender(value):
            hint = f"{kind}=ADDRESS or {kind}=@DOMAIN"
            self.fail(line, f"has {word!r}, which is no address", hint)
        return kind, value if kind in _AS_WRITTEN else value.lower()

    @property
    def _listed(self) -> str:
        return ", ".join(f"{kind}=" for kind in self.kinds)

    def fail(self, line: str, what: str, hint: str) -> NoReturn:
        """Tell what is wrong with a line."""
        show = f"git config --show-origin --get-all {self.key}"
        raise ConfigError(f"{self.key} is {line!r}, which {what}", f"{hint}; {show}")


def told(words: Iterable[str]) -> str:
    """Conditions as they are shown: as one would type them."""
    return visible_line(" ".join(shlex.quote(word) for word in words))


def values_of(conditions: Conditions, kind: str) -> Collection[str]:
    """Of one kind."""
    return next((values for one, values in conditions if one == kind), ())


def lists_named(several: Iterable[Conditions]) -> frozenset[str]:
    """What conditions take for lists, in the form of a List-Id."""
    values = (value for conditions in several for value in values_of(conditions, LIST))
    return frozenset(value.replace("@", ".") for value in values if value != NO_LIST)


def is_address(text: str) -> bool:
    """Whether it is one that needs no quotes."""
    local, _, domain = text.rpartition("@")
    return _is_domain(local) and _is_domain(domain)


def _is_sender(text: str) -> bool:
    return _is_domain(text[1:]) if text[0] == "@" else is_address(text)


def _is_domain(text: str) -> bool:
    return bool(text) and text.isprintable() and not set(text) & (_SPECIAL | {" "})
