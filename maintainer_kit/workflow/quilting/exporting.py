# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic becomes a quilt series: each patch a file, with the message that it would be applied
with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.workflow.quilting.names import file_name, spare_name
from maintainer_kit.workflow.quilting.ports import QuiltFolder, WriteFile
from maintainer_kit.workflow.quilting.record import Record, split_record
from maintainer_kit.workflow.quilting.updating import Made, Plan, plan_update
from maintainer_kit.workflow.quilting.wanted import Wanted
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where."""

    wanted: Wanted
    place: str
    made: tuple[Made, ...]
    plan: Plan
    is_update: bool
    notes: tuple[str, ...]
    """What is to be known of it, a line each."""


def export(stores: Stores, wanted: Wanted, folder: QuiltFolder, write: WriteFile) -> Exported:
    """Write a posting into a folder that is empty, not there, or an export of the same topic.

    Raises Refused for any other, and while quilt has some of its patches applied: it would not
    find its way back.
    """
    text = folder.series() or ""
    before, _ = split_record(text)
    if not folder.is_empty():
        _refuse_other(stores, wanted, folder, before)
    made = tuple(_made(wanted, write))
    names = {one.name for one in made} | {one.name for one in (before.files if before else ())}
    names |= {spare_name(one.name) for one in made}
    cover = wanted.cover.message_id if wanted.cover else ""
    record = Record(wanted.topic_id, wanted.revision, wanted.title, cover, ())
    plan = plan_update(record, made, text, folder.digests(names))
    if not plan.is_idle and (applied := folder.applied()):
        words = f"quilt has {count_of(applied, 'patch')} of {folder.place} applied"
        raise Refused(words, "quilt pop -a")
    folder.change(plan)
    return Exported(wanted, folder.place, made, plan, before is not None, tuple(_notes(wanted)))


def _refuse_other(
    stores: Stores, wanted: Wanted, folder: QuiltFolder, before: Record | None
) -> None:
    if before is None:
        raise Refused(f"{folder.place} is not empty", "name a new folder")
    topics = set(stores.catalogue.topic_ids(before.message_ids).values()) or {before.topic}
    if wanted.topic_id not in topics:
        words = f"{folder.place} is an export of {before.topic}: {before.title}"
        raise Refused(words, "name a new folder")


def _made(wanted: Wanted, write: WriteFile) -> Iterator[Made]:
    for number, one in enumerate(wanted.series.patches, 1):
        name = file_name(number, one.patch.title)
        content = write(one.patch, wanted.body(one))
        yield Made(name, content, one.message.message_id, one.patch.title)


def _notes(wanted: Wanted) -> Iterator[str]:
    for number, one in enumerate(wanted.series.patches, 1):
        diff = one.patch.diff
        if diff and diff.damage:
            yield f"patch {number} is mangled: {diff.damage}"
        if diff and any(file.change == "binary" for file in diff.files):
            yield f"patch {number} changes a binary file: git quiltimport can, quilt cannot"
