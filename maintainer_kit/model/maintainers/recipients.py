# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to be mailed for a patch: the people and lists that get_maintainer.pl names without git,
and, where the caller knows them, the signers of commits that the patch mends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.addresses import list_of, people_in, people_of
from maintainer_kit.model.maintainers.gathering import Gathering, Settled, each_once
from maintainer_kit.model.maintainers.index import Match
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.model.maintainers.recipient import BLAMED, IN_FILE, Recipient, Recipients
from maintainer_kit.model.maintainers.section import BURIED, Section
from maintainer_kit.model.maintainers.to_and_cc import to_and_cc
from maintainer_kit.model.maintainers.touched import Touched

_ROLES = {
    "": "unknown",
    "supported": "supporter",
    "maintained": "maintainer",
    "odd fixes": "odd fixer",
    "orphan": "orphan minder",
    "obsolete": "obsolete minder",
    BURIED: "chief penguin",
}
_MOST_SIGNERS = 5
_NO_TEXTS: Mapping[str, str] = {}


def files_to_read(paths: Iterable[str]) -> tuple[str, ...]:
    """The files whose text names people itself: ``texts`` of ``find_recipients`` should have
    those of them that are in the tree."""
    return tuple(path for path in paths if path.endswith(".yaml"))


def find_recipients(
    maintainers: Maintainers,
    touched: Touched,
    *,
    people: People = NO_MAILMAP,
    texts: Mapping[str, str] = _NO_TEXTS,
    fixed: Sequence[Sequence[Person]] = (),
    ignored: Collection[Person] = (),
) -> Recipients:
    """Whom to mail.

    ``people`` is the tree's mailmap, as ``tree_people`` reads it. ``texts`` are files of the tree
    before the patch, by path. ``fixed`` are, for each commit that the patch mends, those who
    signed off, reviewed or acknowledged it; of them, ``ignored`` (the people of
    .get_maintainer.ignore) are passed over.
    """
    matches = maintainers.matches(touched)
    settled, without = Settled(people), maintainers.buried
    named = Gathering.of(_people(matches), settled)
    lists = Gathering.of(_lists(matches), settled)
    named.found = [one for one in named.found if one.person.key not in without]
    for one in _in_files(touched.paths, texts, people):
        named.join(one)
    without = without.union(person.key for person in ignored)
    for signers in fixed:
        for one in _blamed(map(settled.settle, signers), without):
            named.join(one)
    everybody = each_once((*named.found, *lists.found))
    return to_and_cc(everybody, _own(maintainers, touched), _wide(matches))


def role_of(section: Section) -> str:
    """What the maintainers of a section are called, by its status."""
    status = section.status.lower()
    return _ROLES.get(status, status)


def _people(matches: Iterable[Match]) -> Iterator[Recipient]:
    for match in matches:
        maintainer = role_of(match.section)
        for entry in match.section.entries:
            if entry.letter in "MR":
                role = maintainer if entry.letter == "M" else "reviewer"
                for person in people_of(entry.value):
                    yield _recipient(person, role, match)


def _lists(matches: Iterable[Match]) -> Iterator[Recipient]:
    for match in matches:
        for value in match.section.values("L"):
            address = list_of(value)
            if address and not address.is_closed:
                yield _recipient(address.person, address.role, match)


def _recipient(person: Person, role: str, match: Match) -> Recipient:
    return Recipient(person, role, match.section.title, str(match.entry), match.path)


def _in_files(
    paths: Iterable[str], texts: Mapping[str, str], people: People
) -> Iterator[Recipient]:
    for path in files_to_read(paths):
        for person in people_in(texts.get(path, "")):
            yield Recipient(people.canonical(person), IN_FILE, path=path)


def _blamed(signers: Iterable[Person], without: Collection[str]) -> Iterator[Recipient]:
    """The signers of one commit, those first who signed it in several ways."""
    counts = Counter(one for one in signers if one.key not in without)
    ranked = sorted(counts, key=lambda one: (-counts[one], str(one)))
    for person in ranked[:_MOST_SIGNERS]:
        yield Recipient(person, BLAMED)


def _own(maintainers: Maintainers, touched: Touched) -> frozenset[str]:
    """The titles of the sections that name a file more precisely than any other does."""
    found: set[str] = set()
    for path in touched.paths:
        matches = maintainers.index.matches(path)
        found.update(one.section.title for one in matches if one.depth == matches[0].depth)
    return frozenset(found)


def _wide(matches: Iterable[Match]) -> frozenset[str]:
    return frozenset(one.section.title for one in matches if one.section.is_rest)
