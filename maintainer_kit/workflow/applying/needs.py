# SPDX-License-Identifier: GPL-2.0-or-later
"""Other series that one was made upon, and that have not landed: by the patch-ids that it names,
and by the blobs that its diffs start from, which no other patch makes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.applying.chosen import ChosenSeries
from maintainer_kit.workflow.applying.old_files import old_files
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.waiting import read_patch

_INDEX = lazy_pattern(r"(?m)^index [0-9a-f]{4,64}\.\.([0-9a-f]{7,64})(?: |$)")
_MOST_FILES, _MOST_MAILS = 50, 60


def stands_on(stores: Stores, one: ChosenSeries, applied: Collection[str]) -> Iterator[TopicRow]:
    """Topics to be applied first; ``applied`` are those that are anyway."""
    mine = [chosen.patch for chosen in one.patches]
    ids = _prerequisites(one)
    blobs = {file.blob for file in old_files(mine) if file.blob}
    for row in _near(stores, one, mine, applied):
        records = stores.catalogue.records(row.decidable[:_MOST_MAILS])
        if any(record.message.patch_id in ids for record in records.values()):
            yield row
            continue
        patches = (read_patch(stores, record) for record in records.values())
        if any(_makes(patch, blobs) for patch in patches if patch):
            yield row


def _prerequisites(one: ChosenSeries) -> frozenset[str]:
    wanted = {chosen.message.message_id for chosen in one.patches}
    found = (
        revision.series.prerequisites
        for revision in one.topic.revisions
        if any(mail.message_id in wanted for mail in revision.series.messages)
    )
    return frozenset(each for some in found for each in some)


def _near(
    stores: Stores, one: ChosenSeries, mine: list[Patch], applied: Collection[str]
) -> list[TopicRow]:
    """Series that change a file of ours and are in no branch; the newest first, so many mails."""
    paths = dict.fromkeys(path for patch in mine for path in patch.paths)
    touching: Mapping[str, Collection[str]]
    ids: set[str] = set()
    for path in list(paths)[:_MOST_FILES]:
        touching = stores.catalogue.topics_touching(path)
        ids.update(touching.get(path, ()))
    rows = stores.catalogue.rows(ids - {one.topic.id, *applied})
    open_rows = [r for r in rows if r.kind == TopicKind.SERIES and not r.landed]
    found: list[TopicRow] = []
    for row in sorted(open_rows, key=lambda r: (-r.updated, r.id)):
        if sum(len(r.decidable) for r in found) + len(row.decidable) <= _MOST_MAILS:
            found.append(row)
    return found


def _makes(patch: Patch, blobs: Collection[str]) -> bool:
    """Whether a file is after the patch what one of ours starts from."""
    made = _INDEX.findall(patch.diff_text)
    return any(
        new.strip("0") and (new.startswith(old) or old.startswith(new))
        for new in made
        for old in blobs
    )
