# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules ask about a topic, and whether it is so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property, lru_cache

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue import conditions as kinds
from maintainer_kit.model.topic.topic import Topic

Sections = Callable[[str], Collection[str]]
"""The titles of the MAINTAINERS sections that name a path, in small letters."""


def no_sections(path: str) -> Collection[str]:
    """Where there is no MAINTAINERS."""
    del path
    return ()


@dataclass(frozen=True)
class Posted:
    """A topic, as far as rules of delegation and intake ask about it."""

    topic: Topic
    sections: Sections = no_sections
    people: People = field(default=NO_MAILMAP, compare=False)

    @cached_property
    def heads(self) -> tuple[Message, ...]:
        """The mails of the newest complete view."""
        return (self.topic.root, *(patch for patch in self.topic.view if patch))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files that it changes, before and after a renaming, sorted."""
        return touched_paths(self.topic.view)

    @cached_property
    def lists(self) -> frozenset[str]:
        """In the form of a List-Id; any address that it went to may be one."""
        named = {name for head in self.heads for name in head.lists}
        return frozenset(named.union(map(_as_list, (*self.topic.root.to, *self.topic.root.cc))))

    @cached_property
    def tags(self) -> frozenset[str]:
        """What the prefixes say, in small letters."""
        named = (head.subject for head in self.heads)
        return frozenset(tag.lower() for one in named for tag in (*one.tags, *one.designations))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Of the patches, in small letters; of the mail where there is none."""
        patches = [patch for patch in self.topic.view if patch] or [self.topic.root]
        return tuple(one.subject.title.lower() for one in patches)

    @cached_property
    def subject(self) -> str:
        """Of the mail that stands for it, in small letters, without line breaks."""
        return " ".join(self.topic.root.full_subject.lower().split())

    @cached_property
    def senders(self) -> frozenset[str]:
        """Addresses of whoever wrote and sent it, also by the mailmap."""
        return self._known((self.topic.root.author, self.topic.root.submitter))

    @cached_property
    def addressed(self) -> frozenset[str]:
        """Addresses of To: and Cc:, also by the mailmap."""
        named = (*self.topic.root.to, *self.topic.root.cc)
        return self._known(Person("", address) for address in named)

    def _known(self, persons: Iterable[Person]) -> frozenset[str]:
        return frozenset(key for one in persons for key in (one.key, self.proper(one)))

    def proper(self, person: Person) -> str:
        """The address that the mailmap has for somebody."""
        return self.people.canonical(person).key

    def is_among(self, wanted: str, addresses: Collection[str]) -> bool:
        """Whether ``@domain`` or an address, whichever of that person's, is among some."""
        if wanted.startswith("@"):
            return any(address.endswith(wanted) for address in addresses)
        return wanted in addresses or self.proper(Person("", wanted)) in addresses


def touched_paths(view: Iterable[Message | None]) -> tuple[str, ...]:
    """The files that patches change, before and after a renaming, sorted."""
    files = [file for patch in view if patch and patch.diff for file in patch.diff.files]
    return tuple(sorted({path for file in files for path in (file.path, file.old_path) if path}))


def takes_in(pattern: str, path: str) -> bool:
    """Whether a pattern means a path: as git's pathspecs, a directory means all below it, and a
    star also stands for slashes. In time that grows with the product of their lengths at most:
    what a star has taken is not tried again (fnmatch makes atomic groups of stars)."""
    return _compiled(pattern).match(path) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    below = translate(pattern.rstrip("/") + "/*")
    return re.compile(below if pattern.endswith("/") else f"{translate(pattern)}|{below}")


def _is_meant(path: str, patterns: Sequence[str]) -> bool:
    return any(takes_in(pattern, path) for pattern in patterns)


def _path(posted: Posted, values: Sequence[str]) -> bool:
    return bool(posted.paths) and all(_is_meant(path, values) for path in posted.paths)


def _any_path(posted: Posted, values: Sequence[str]) -> bool:
    return any(_is_meant(path, values) for path in posted.paths)


def _section(posted: Posted, values: Sequence[str]) -> bool:
    named = [not set(values).isdisjoint(posted.sections(path)) for path in posted.paths]
    return bool(named) and all(named)


def _any_section(posted: Posted, values: Sequence[str]) -> bool:
    return any(not set(values).isdisjoint(posted.sections(path)) for path in posted.paths)


def _prefix(posted: Posted, values: Sequence[str]) -> bool:
    """A tag of the prefix, or how the titles of all patches begin."""
    if not posted.tags.isdisjoint(values):
        return True
    begun = tuple(f"{value.removesuffix(':')}:" for value in values)
    return all(title.startswith(begun) for title in posted.titles)


def _list(posted: Posted, values: Sequence[str]) -> bool:
    return not posted.lists.isdisjoint(map(_as_list, values))


def _as_list(address: str) -> str:
    return address.replace("@", ".")


def _from(posted: Posted, values: Sequence[str]) -> bool:
    return any(posted.is_among(value, posted.senders) for value in values)


def _to(posted: Posted, values: Sequence[str]) -> bool:
    return any(posted.is_among(value, posted.addressed) for value in values)


def _kind(posted: Posted, values: Sequence[str]) -> bool:
    return any(kinds.KINDS.get(value, value) == posted.topic.kind.value for value in values)


def _subject(posted: Posted, values: Sequence[str]) -> bool:
    """In time that grows with the product of their lengths at most, as ``takes_in``."""
    return any(_subject_like(value).match(posted.subject) for value in values)


@lru_cache(maxsize=1024)
def _subject_like(pattern: str) -> re.Pattern[str]:
    """Brackets are in most subjects: they stand for themselves."""
    return re.compile(translate(pattern.replace("[", "[[]")))


HOLDS: Mapping[str, Callable[[Posted, Sequence[str]], bool]] = {
    kinds.PATH: _path,
    kinds.ANY_PATH: _any_path,
    kinds.SECTION: _section,
    kinds.ANY_SECTION: _any_section,
    kinds.PREFIX: _prefix,
    kinds.LIST: _list,
    kinds.FROM: _from,
    kinds.TO: _to,
    kinds.KIND: _kind,
    kinds.SUBJECT: _subject,
}
"""For each kind of condition but ``when``, whether one of some values holds."""
