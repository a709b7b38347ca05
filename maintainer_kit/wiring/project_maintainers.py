# SPDX-License-Identifier: GPL-2.0-or-later
"""MAINTAINERS of a project, with the files beside it that say how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.gathering import tree_people
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers
from maintainer_kit.model.maintainers.signatures import read_ignored


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a project; each is looked for when it is asked about."""

    facts: GitFacts

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.facts.is_folder(path)


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Where people are looked for besides MAINTAINERS, as get_maintainer.pl does: in the files as
    they lie there, changed or not."""

    facts: GitFacts

    def read_file(self, path: str) -> str | None:
        # A patch may name anything: nothing outside of the tree is looked at.
        is_inside = not path.startswith("/") and ".." not in path.split("/")
        return self.facts.project_file(path) if is_inside else None

    def signers(self, name: str) -> Sequence[Person]:
        return self.facts.signers(name)


def project_maintainers(facts: GitFacts) -> Maintainers | None:
    """None where the project has no MAINTAINERS."""
    text = facts.project_file("MAINTAINERS")
    if not text:
        return None
    return read_maintainers(
        {"MAINTAINERS": text},
        Folders(facts),
        tree_people(facts.project_file(".mailmap") or ""),
        read_ignored(facts.project_file(".get_maintainer.ignore") or ""),
    )
