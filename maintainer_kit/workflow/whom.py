# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit whom``: from patches, or files of the tree, to those who are to be mailed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.checks.addressees import Tree, header_of, recipients_of, touched_by
from maintainer_kit.checks.patch import Patch, Role
from maintainer_kit.checks.report import Unchecked
from maintainer_kit.checks.series import Series
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.model.maintainers.recipient import Recipients
from maintainer_kit.model.maintainers.section import Section
from maintainer_kit.model.maintainers.touched import Touched, together

NO_DIFF = "changes no file: it is no patch"
_PARTLY = 1
_NOTHING = 2


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom to mail, for all that was named together."""

    recipients: Recipients
    paths: tuple[str, ...]
    """The files it is about, those that were moved under both names."""
    unmaintained: tuple[str, ...]
    """Those of them that nobody looks after."""
    sections: tuple[Section, ...]
    """What MAINTAINERS says of them, the most precise first; last what was found by a word."""
    unread: tuple[Unchecked, ...] = ()
    has_cover: bool = False
    """A cover letter was among it, which touches no file of its own."""

    @property
    def exit_code(self) -> int:
        """1 where something could not be read, 2 where nothing could."""
        if self.paths or self.has_cover:
            return _PARTLY if self.unread else 0
        return _NOTHING


def ask(
    maintainers: Maintainers,
    touched: Iterable[Touched],
    tree: Tree | None,
    unread: Sequence[Unchecked] = (),
    *,
    has_cover: bool = False,
) -> Whom:
    """Ask about several patches as about one: who is named for each is mailed all of them.

    ``unread`` is looked at when all is read: reading may add to it.
    """
    one = together(touched)
    return Whom(
        recipients_of(maintainers, one, tree),
        one.paths,
        maintainers.unmaintained(one.paths),
        tuple(match.section for match in maintainers.matches(one)),
        tuple(unread),
        has_cover,
    )


def touched_by_series(series: Iterable[Series], unread: list[Unchecked]) -> Iterator[Touched]:
    """What patches touch; what is neither patch nor cover letter is added to ``unread``."""
    for each in series:
        for patch in each.all:
            if patch.diff is not None:
                yield touched_by(patch, header_of(patch))
            elif patch.role is not Role.COVER:
                unread.append(Unchecked(_name(patch), NO_DIFF))


def touched_by_files(texts: Mapping[str, str]) -> Iterator[Touched]:
    """Files of the tree with their texts: words are looked for in the whole of them."""
    for path, text in texts.items():
        yield Touched((path,), said=text)


def has_cover(series: Iterable[Series]) -> bool:
    return any(one.role is Role.COVER for each in series for one in each.all)


def lone_cover(series: Sequence[Series]) -> Patch | None:
    """The cover letter, where nothing else was named: what it is about lies elsewhere."""
    if len(series) != 1 or len(series[0].all) != 1:
        return None
    (patch,) = series[0].all
    return patch if patch.role is Role.COVER and patch.path else None


def series_of_cover(cover: Patch, series: Iterable[Series]) -> Series | None:
    """The series that a cover letter begins."""
    return next((one for one in series if one.cover and one.cover.path == cover.path), None)


def _name(patch: Patch) -> str:
    return patch.path or patch.message_id or patch.commit or "-"
