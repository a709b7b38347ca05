# SPDX-License-Identifier: GPL-2.0-or-later
"""Who gets a patch, and who ought to by MAINTAINERS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from maintainer_kit.checks.context import Look, Repository
from maintainer_kit.checks.patch import Origin, Patch
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.model.maintainers.recipient import Recipient, Recipients
from maintainer_kit.model.maintainers.recipients import files_to_read, find_recipients
from maintainer_kit.model.maintainers.touched import Touched, touched_in

_WRITTEN = ("from", "to", "cc")
_REMEMBERED = 256
"""Patches of one series whose recipients several rules ask for."""


class Tree(Protocol):
    """Where people stand besides MAINTAINERS; a repository is one."""

    def read_file(self, path: str) -> str | None:
        """A file of the tree; None when it has none of that name."""

    def signers(self, name: str) -> Sequence[Person]:
        """As ``Repository.signers``."""


class _Asked:
    """MAINTAINERS and the repository, told apart by which they are: comparing them would take as
    long as asking them."""

    __slots__ = ("maintainers", "repository")

    def __init__(self, maintainers: Maintainers, repository: Repository | None) -> None:
        self.maintainers = maintainers
        self.repository = repository

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Asked)
            and self.maintainers is other.maintainers
            and self.repository is other.repository
        )

    def __hash__(self) -> int:
        return hash((id(self.maintainers), id(self.repository)))


def touched_by(patch: Patch, head: str = "") -> Touched:
    """What MAINTAINERS is asked about a patch; ``head`` is looked through for words besides it."""
    # The notes of a file or a mail name the paths: the script looks for its words there, too.
    notes = patch.notes if patch.is_mail else patch.paths
    above = (head, patch.title_line, "", *patch.body, "---", *notes)
    text = "\n".join((*above, patch.diff_text))
    return touched_in(text, patch.diff.files if patch.diff else ())


def header_of(patch: Patch) -> str:
    """What get_maintainer.pl reads above the text: of a file everything; of a mail what its sender
    wrote, not what servers on its way have added."""
    if patch.origin is Origin.FILE:
        return patch.raw.partition(b"\n\n")[0].decode("utf-8", "replace")
    return "\n".join(patch.mail.joined_header(name) for name in _WRITTEN) if patch.mail else ""


def recipients_of(maintainers: Maintainers, touched: Touched, tree: Tree | None) -> Recipients:
    """Whom to mail; from the tree come the people whom files name themselves, and the signers of
    commits that are mended."""
    texts: dict[str, str] = {}
    fixed: list[tuple[Person, ...]] = []
    if tree is not None:
        found = ((path, tree.read_file(path)) for path in files_to_read(touched.paths))
        texts = {path: text for path, text in found if text is not None}
        fixed = [tuple(tree.signers(one)) for one in touched.fixes]
    return find_recipients(
        maintainers,
        touched,
        people=maintainers.people,
        texts=texts,
        fixed=fixed,
        ignored=maintainers.ignored,
    )


def wanted(patch: Patch, look: Look) -> tuple[Recipient, ...]:
    """Whom MAINTAINERS names for a patch; none where nobody knows who gets it."""
    if look.maintainers is None or patch.diff is None or not (patch.to or patch.cc):
        return ()
    return _wanted(_Asked(look.maintainers, look.repository), touched_by(patch))


@lru_cache(maxsize=_REMEMBERED)
def _wanted(asked: _Asked, touched: Touched) -> tuple[Recipient, ...]:
    return recipients_of(asked.maintainers, touched, asked.repository).everybody


def reached(patch: Patch) -> tuple[Person, ...]:
    """Who gets the patch: its writers need no copy."""
    return (*patch.to, *patch.cc, patch.author, patch.submitter)


def addresses(people: Iterable[Person]) -> frozenset[str]:
    return frozenset(one.key for one in people)


def same_elsewhere(wanted_one: Person, there: Iterable[Person], people: People) -> Person | None:
    """Who of those that get the patch is that person under another address."""
    return next((one for one in there if people.same(wanted_one, one)), None)


def missing(patch: Patch, look: Look) -> Iterator[tuple[Recipient, Person | None]]:
    """Those that MAINTAINERS names and whose address is not there, each with the same person under
    another address."""
    there = reached(patch)
    known = addresses(there)
    for one in wanted(patch, look):
        if one.person.key not in known:
            other = None if one.is_list else same_elsewhere(one.person, there, look.people)
            yield one, other
