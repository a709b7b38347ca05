# SPDX-License-Identifier: GPL-2.0-or-later
"""What a section of MAINTAINERS, a path or a list is in the search syntax of public-inbox.

Its search knows words, not wildcards within paths: rather too much is found than too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maintainer_kit.errors import Refused
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.maintainers.regex_words import needed_words
from maintainer_kit.model.maintainers.section import Section

_LONGEST = 3000
"""Characters of a query: it becomes a part of an address, which servers take up to 8 KiB of."""
_SHARED = 20
"""A list of so many sections is that of none of them: netdev, linux-kernel."""
_ADDRESS = lazy_pattern(r"([A-Za-z0-9._+=-]{1,100})@([A-Za-z0-9.-]{1,150})")
_WILD = lazy_pattern(r"[*?\[\]]")
_WORDS = lazy_pattern(r"[^0-9A-Za-z_./+-]+")
_NAME_WORD = lazy_pattern(r"[0-9A-Za-z_]{3,40}")
_SHORTEST = 4
_MOST_WORDS = 8
_CALLS = ("SYSCALL_DEFINE", "COMPAT_SYSCALL_DEFINE")
_ARGUMENTS = 7
_USERSPACE = ("include/uapi", "Documentation/ABI")
_TABLES = ("syscall.tbl", "syscall_32.tbl", "syscall_64.tbl", "syscalls.tbl")


def any_of(terms: Iterable[str]) -> str:
    """A query that finds what one of the terms finds. Raises Refused for one that is too long."""
    query = " OR ".join(dict.fromkeys(terms))
    if len(query) > _LONGEST:
        raise Refused(
            f"that makes a query of {len(query)} characters, and archives take {_LONGEST}",
            "mkit track --path GLOB, for a part of it",
        )
    return query


def joined(query: str, also: str) -> str:
    """A query that finds what both find."""
    return f"({query}) AND {also}" if also else query


def received_since(seconds: int) -> str:
    """Mail that an archive received from then on."""
    return f"rt:{seconds}.."


def list_terms(address: str) -> tuple[str, ...]:
    """Mail of a list; none for what is no address."""
    found = _ADDRESS.fullmatch(address.strip())
    if not found:
        return ()
    name, host = found.groups()
    return (f"l:{name}.{host}".lower(), f'tc:"{name}@{host}"'.lower())


def path_terms(pattern: str) -> tuple[str, ...]:
    """Patches of files: by the longest part of a pattern that has no wildcard; none where that says
    next to nothing."""
    runs: list[list[str]] = [[]]
    for part in filter(None, pattern.strip().split("/")):
        if _WILD.search(part):
            runs.append([])
        else:
            runs[-1].append(part)
    best = max(runs, key=lambda run: (len(run), sum(map(len, run))))
    words = _WORDS.sub(" ", "/".join(best)).strip()
    if not words or (len(runs) > 1 and len(best) == 1 and "." not in words):
        return ()
    return (f'dfn:"{words}"',)


def userspace_terms() -> tuple[str, ...]:
    """Patches of what programs see of a kernel: the same files that mkit check takes for it."""
    files = (f'dfn:"{one}"' for one in (*_USERSPACE, *_TABLES))
    calls = (f'dfb:"{one}{number}"' for one in _CALLS for number in range(_ARGUMENTS))
    return (*files, *calls)


def section_terms(section: Section, sections: Sequence[Section]) -> tuple[str, ...]:
    """Mail to the lists that are the section's own, and patches that concern it, by ``F:``, ``N:``
    and ``K:`` as far as words can tell. Raises Refused where there is nothing to search for."""
    found = (
        *_lists(section, sections),
        *(term for value in section.values("F") for term in path_terms(value)),
        *(term for value in section.values("N") for term in _file_word(value)),
        *(term for value in section.values("K") for term in _changed(value)),
    )
    if not found:
        raise Refused(
            f"{section.title} has no list of its own, and names no files to search for",
            "mkit track --list ADDRESS, or --path GLOB",
        )
    return _without_covered(found)


def _lists(section: Section, sections: Sequence[Section]) -> Iterator[str]:
    for value in section.values("L"):
        address = value.split()[0] if value.split() else ""
        sharing = sum(any(one.startswith(address) for one in each.values("L")) for each in sections)
        if address and sharing < _SHARED:
            yield from list_terms(address)


def _file_word(value: str) -> Iterator[str]:
    if _NAME_WORD.fullmatch(value):
        yield f"dfn:{value.lower()}*"


def _changed(value: str) -> Iterator[str]:
    words = needed_words(value) or frozenset()
    if len(words) <= _MOST_WORDS and all(len(one) >= _SHORTEST for one in words):
        for word in sorted(words):
            plain = _WORDS.sub(" ", word).strip()
            if plain:
                yield from (f'{prefix}:"{plain}"' for prefix in ("dfa", "dfb", "dfhh"))


def _without_covered(terms: Sequence[str]) -> tuple[str, ...]:
    """Without a path below one that is there too."""
    paths = {one for one in terms if one.startswith('dfn:"')}

    def is_covered(term: str) -> bool:
        parts = term[:-1].split("/")
        above = ("/".join(parts[:count]) + '"' for count in range(1, len(parts)))
        return term in paths and any(one in paths for one in above)

    return tuple(one for one in dict.fromkeys(terms) if not is_covered(one))
