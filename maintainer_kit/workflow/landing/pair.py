# SPDX-License-Identifier: GPL-2.0-or-later
"""A mailed patch and a commit that it may be, read to be looked at beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.workflow.stores import Stores

MOST = 4 << 20
"""Characters of a diff that are looked at, of either side."""

_T = TypeVar("_T")


class DoesNotApply(RepositoryError):
    """A patch cannot be applied where a commit was."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two; nothing in it is fit for a terminal as it is."""

    name: str
    """The Message-ID, or the whole id of the commit."""
    title: str
    author: tuple[str, str]
    """Name and address."""
    date: int
    """Seconds since the epoch: when it was mailed, or committed."""
    body: tuple[str, ...]
    """The message below its title."""
    diff: str
    left_out: bool = False
    """The diff is longer than what is here."""


class Comparer(Protocol):
    """One repository, asked to show a commit beside a patch. All raise RepositoryError."""

    def commit(self, name: str, most: int) -> Version:
        """A commit by its whole id, with about ``most`` bytes of its diff."""

    def range_diff(self, patch: Version, name: str) -> Sequence[str]:
        """How ``git range-diff`` tells a commit from a patch, were it applied where the commit was;
        no line where nothing differs. Raises DoesNotApply where it cannot be applied there."""


Repositories = Callable[[str], Comparer]
"""A repository by its git directory."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides of a landing; for one that cannot be read there is why, in a line."""

    landing: Landing
    patch: Version | None
    commit: Version | None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether both are there, from their beginnings to their ends."""
        sides = (self.patch, self.commit)
        return all(one is not None and not one.left_out for one in sides)


def read_pair(stores: Stores, repositories: Repositories, landing: Landing) -> Pair:
    """Read both; the commit from the first place that has it."""
    problems = []
    patch = commit = None
    try:
        patch = mailed_version(stores, landing.message_id)
    except NotFound as error:
        problems.append(f"the mail cannot be read: {error.message}")
    try:
        commit = _committed(repositories, landing)
    except RepositoryError as error:
        problems.append(f"the commit cannot be read: {error.message}")
    return Pair(landing, patch, commit, "; ".join(problems))


def mailed_version(stores: Stores, message_id: str) -> Version:
    """A patch as git am would take it from its mail. Raises NotFound when no file is left."""
    found = patch_of_mail(_raw(stores, message_id))
    diff = storable(found.diff_text)
    return Version(
        message_id,
        found.title,
        (found.author.name, found.author.address),
        found.date,
        found.body,
        diff[:MOST],
        left_out=len(diff) > MOST,
    )


def range_diff(repositories: Repositories, pair: Pair) -> Sequence[str]:
    """As ``Comparer.range_diff``. Raises Refused where either side is not there as a whole."""
    patch = pair.patch
    if patch is None or not pair.is_whole:
        raise Refused(pair.problem or "the diff is too long to be compared so")
    return _asked(repositories, pair.landing, lambda one, name: one.range_diff(patch, name))


def _committed(repositories: Repositories, landing: Landing) -> Version:
    return _asked(repositories, landing, lambda one, name: one.commit(name, MOST))


def _asked(repositories: Repositories, landing: Landing, ask: Callable[[Comparer, str], _T]) -> _T:
    """What the first repository says that has the commit, or else a copy of it."""
    problem = RepositoryError("no branch that is followed holds it", "mkit land")
    for place in sorted(landing.places, key=lambda one: one.commit != landing.commit):
        try:
            return ask(repositories(place.repository), place.commit)
        except DoesNotApply:
            raise
        except RepositoryError as error:
            problem = error
    raise problem


def _raw(stores: Stores, message_id: str) -> bytes:
    record = stores.catalogue.records([message_id]).get(message_id)
    for file in record.files if record else ():
        try:
            return stores.folder.read(file.path)
        except NotFound:
            continue
    raise NotFound(f"no file of {message_id} is left", "mkit sync, if it was moved or deleted")
