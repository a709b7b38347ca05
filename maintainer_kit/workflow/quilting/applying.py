# SPDX-License-Identifier: GPL-2.0-or-later
"""The patches of a quilt series on their way into a branch, by the engine of ``mkit apply``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from maintainer_kit.checks.patch import Patch
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.topic.series import Series
from maintainer_kit.workflow.applying.application import Application, Wanted
from maintainer_kit.workflow.applying.base import Question, find_bases
from maintainer_kit.workflow.applying.hazards import refuse_hazards
from maintainer_kit.workflow.applying.message import Manner, commit_body
from maintainer_kit.workflow.applying.old_files import old_files
from maintainer_kit.workflow.applying.plan import Plan, Write
from maintainer_kit.workflow.applying.ports import OldFile, Parcel, Source
from maintainer_kit.workflow.quilting.importing import Imported

_MOST = 1000


@dataclass(frozen=True, slots=True)
class ToBranch:
    """Where a series is to go."""

    branch: str
    onto: str = ""
    refs: tuple[str, ...] = ("HEAD",)
    """Of the repository: where patches land."""
    manner: Manner = field(default_factory=Manner)


def plan_series(found: Imported, source: Source, wish: ToBranch, write: Write) -> Plan:
    """What ``mkit apply`` would do with the topic, with the patches as they are in the folder.

    Raises Refused where a patch cannot be read, or may not be applied.
    """
    series = found.series
    if series.lacks:
        name = visible_line(series.lacks[0])
        raise Refused(f"{series.place}: {name} cannot be read", "mkit quilt import DIR tells why")
    if not 0 < len(series.patches) <= _MOST:
        words = f"{series.place} has {count_of(len(series.patches), 'patch')}"
        raise Refused(words, f"1 to {_MOST} can be applied at once")
    named = [(_name(one), one) for one in series.patches]
    refuse_hazards(named)
    branch, old = source.branch(wish.branch)
    question = Question(wish.onto, old, _posted(found), _old_files(found), wish.refs)
    bases = find_bases(source, question)
    wanted = (Wanted(name, found.wanted.topic_id, visible_line(one.title)) for name, one in named)
    application = Application(source.place, branch, old, bases[0].commit, tuple(wanted))
    parcels = tuple(_parcels(series.patches, wish.manner, write))
    remarks = found.comparison.problems
    return Plan(application, parcels, tuple(bases), (found.wanted.series,), remarks)


def _name(patch: Patch) -> str:
    """A patch that came by no mail is known by its file."""
    return patch.message_id or visible_line(patch.path or patch.title)


def _posted(found: Imported) -> Series:
    revisions = reversed(found.wanted.series.topic.revisions)
    return next(one.series for one in revisions if one.series.revision == found.wanted.revision)


def _old_files(found: Imported) -> list[OldFile]:
    """quilt leaves out what git says of blobs: the posted patches tell of them."""
    posted = (one.patch for one in found.wanted.series.patches)
    known = old_files(found.series.patches)
    there = {one.path for one in known}
    return [*known, *(one for one in old_files(posted) if one.path not in there)]


def _parcels(patches: tuple[Patch, ...], manner: Manner, write: Write) -> Iterator[Parcel]:
    mails: list[bytes] = []
    files: dict[str, OldFile] = {}
    touched: set[str] = set()
    for one in patches:
        mail = write(one, commit_body(one, (), manner))
        for file in old_files([one]):
            if file.path not in touched:
                files.setdefault(file.path, file)
        touched.update(one.paths)
        yield Parcel(mail, tuple(mails), tuple(files.values()))
        mails.append(mail)
