# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers of a commit message or a cover letter (git-interpret-trailers(1))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import Person, parse_person
from maintainer_kit.model.mail.text import storable

_TRAILER = lazy_pattern(r"([A-Za-z][A-Za-z0-9]*(?:-+[A-Za-z0-9]+)*):[ \t]*(\S.*)$")
_ADDRESS = lazy_pattern(r"[ \t]*<[^<>\s]+@[^<>\s]+>[ \t]*(?:#.*|\(.*|\[.*)?$")
_KNOWN = frozenset({"fixes", "link", "closes", "cc", "message-id", "change-id", "bugzilla", "git"})
_LIMIT = 400

REVIEW_TRAILERS = ("Reviewed-by", "Acked-by", "Tested-by")
"""What a reviewer gives to say that a patch may go in."""
NACK = "Nacked-by"


@dataclass(frozen=True, slots=True)
class Trailer:
    """One ``Name: value`` line; the name in its usual spelling."""

    name: str
    value: str

    @property
    def person(self) -> Person:
        """Whom the value names; its address is empty when there is none."""
        value = self.value.split("#")[0]
        end = value.find(">")
        person = parse_person(value[: end + 1] if end > 0 else value)
        return person if "@" in person.address else Person(person.name or person.address, "")

    @property
    def giver(self) -> str:
        """The address in the value, in lower case; empty when there is none."""
        return self.person.key

    @property
    def reviews(self) -> tuple[str, ...]:
        """The review trailers that it stands for: two for Reviewed-and-tested-by."""
        return _reviews(self.name)


@lru_cache(maxsize=256)
def _reviews(name: str) -> tuple[str, ...]:
    words = name.lower().split("-")
    return tuple(one for one in REVIEW_TRAILERS if one[:-3].lower() in words)


@lru_cache(maxsize=1024)
def canonical(name: str) -> str:
    """``REVIEWED-BY`` and ``reviewed-By`` as ``Reviewed-by``."""
    return name[:1].upper() + name[1:].lower() if name else name


def storable_trailers(trailers: Iterable[Trailer]) -> tuple[Trailer, ...]:
    """The same, without what cannot be encoded as UTF-8."""
    return tuple(
        [one if one.value.isascii() else Trailer(one.name, storable(one.value)) for one in trailers]
    )


def is_trailer_name(name: str) -> bool:
    """Whether a name is one that everybody uses for trailers, in whatever case."""
    """Whether people use that name for trailers, in any case of letters."""
    low = name.lower()
    return low.endswith("-by") or low in _KNOWN


def message_trailers(message: str) -> tuple[Trailer, ...]:
    """Trailers of a commit message: those of its last paragraphs that are trailers in the main.

    Lists that strip or add blank lines between trailers are common, so paragraphs are taken from
    the end for as long as half of their lines are trailers.
    """
    found: list[Trailer] = []
    for paragraph in islice(_paragraphs_from_end(message), 6):
        lines = _unfolded(paragraph[-_LIMIT:])
        pairs = [pair for line in lines if ":" in line and (pair := _TRAILER.match(line))]
        if not _is_block(lines, [pair[1] for pair in pairs]):
            break
        found[:0] = [Trailer(canonical(pair[1]), pair[2].strip()) for pair in pairs]
    return tuple(found[-_LIMIT:])


def _paragraphs_from_end(message: str) -> Iterator[list[str]]:
    """The lines of each paragraph, the last paragraph first; mostly one or two are asked for."""
    lines = message.strip().split("\n")
    end = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if not lines[at].strip():
            if at + 1 < end:
                yield "\n".join(lines[at + 1 : end]).strip().split("\n")
            end = at
    yield "\n".join(lines[:end]).split("\n")


def _is_block(lines: Sequence[str], names: Sequence[str]) -> bool:
    """Half of the lines are trailers that everybody uses; or, as git has it, one is a sign-off and
    a quarter of them are trailers of any name."""
    known = sum(map(is_trailer_name, names))
    if known and 2 * known >= len(lines):
        return True
    signed = any(name.lower() == "signed-off-by" for name in names)
    return signed and 4 * len(names) >= len(lines)


def _unfolded(lines: Sequence[str]) -> list[str]:
    """Lines of a paragraph, with what is indented, or an address that a mailer put on a line of
    its own, as part of the trailer above it."""
    found: list[str] = []
    for line in lines:
        if found and _is_continued(found[-1], line):
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        elif line[:1] not in (" ", "\t"):
            found.append(line)
    return found


def _is_continued(above: str, line: str) -> bool:
    if not _TRAILER.match(above):
        return False
    return line[:1] in (" ", "\t") or ("@" not in above and _ADDRESS.match(line) is not None)


def cover_trailers(text: str) -> tuple[Trailer, ...]:
    """Trailers in a cover letter: those at its end, and paragraphs that hold nothing else.

    An indented one is left out: it stands in a list of changes, and is mostly for one patch.
    """
    if "-by:" not in text.lower():
        return ()
    found = dict.fromkeys(message_trailers(text))
    found.update(dict.fromkeys(_alone(text.split("\n"))))
    return tuple(found)[:_LIMIT]


def _alone(lines: Sequence[str]) -> Iterator[Trailer]:
    block: list[Trailer] = []
    pure = True
    for line in (*lines, ""):
        if line.strip():
            pair = _TRAILER.match(line)
            pure = pure and pair is not None and is_trailer_name(pair[1])
            if pure and pair:
                block.append(Trailer(canonical(pair[1]), pair[2].strip()))
            continue
        if pure:
            yield from block
        block, pure = [], True
