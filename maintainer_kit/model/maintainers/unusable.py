# SPDX-License-Identifier: GPL-2.0-or-later
"""Entries of MAINTAINERS whose values cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maintainer_kit.model.maintainers.addresses import list_of, people_of
from maintainer_kit.model.maintainers.perl_regex import compile_perl
from maintainer_kit.model.maintainers.reading import Problem
from maintainer_kit.model.maintainers.section import Entry, Section


def unusable(sections: Iterable[Section]) -> Iterator[Problem]:
    """Each entry that has a value, but one that nothing can be done with."""
    for section in sections:
        for entry in section.entries:
            reason = _reason(entry) if entry.value else ""
            if reason:
                yield Problem(section.source, entry.line, str(entry), reason)


def _reason(entry: Entry) -> str:
    if entry.letter in "MR" and not people_of(entry.value):
        return "there is no address in it"
    if entry.letter == "L":
        address = list_of(entry.value)
        return "" if address and "@" in address.person.address else "there is no address in it"
    if entry.letter in "NK" and compile_perl(entry.value) is None:
        return "this is no regular expression that can be read"
    return ""
