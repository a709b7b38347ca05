# SPDX-License-Identifier: GPL-2.0-or-later
"""What was done to a topic in a quilt series: the folder against what it was exported from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import NotFound
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.pairing import pair_patches
from maintainer_kit.workflow.comparing.series_file import Contents, NoContents
from maintainer_kit.workflow.comparing.side import Side, Sides
from maintainer_kit.workflow.quilting.as_git import as_git
from maintainer_kit.workflow.quilting.names import file_name
from maintainer_kit.workflow.quilting.ports import QuiltFolder, WriteFile
from maintainer_kit.workflow.quilting.reading import FolderSeries, read_folder
from maintainer_kit.workflow.quilting.wanted import Wanted, read_origin, read_wanted
from maintainer_kit.workflow.stores import Stores

_MOST_TOPICS = 50
"""Topics whose patches are compared with those of the folder, where nothing names one."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A folder, and what differs from the topic that it came from."""

    series: FolderSeries
    wanted: Wanted
    found_by: str
    """``named``, ``message-id`` or ``patch-id``."""
    comparison: Comparison


def import_series(
    stores: Stores,
    folder: QuiltFolder,
    write: WriteFile,
    manner: Manner,
    contents: Contents | None = None,
    topic: str = "",
) -> Imported:
    """Read a folder and compare it with a topic: the one that is named, else the one that it tells
    of, else the one that has the same patches.

    Raises NotFound where there is none, and Refused for names that lead out of the folder.
    """
    series = read_folder(folder)
    wanted, found_by = _origin(stores, series, topic, manner)
    new = Side(series.place, series.patches, problems=series.problems)
    old = _as_exported(wanted, series.patches, write)
    links = _links(old.patches, new.patches)
    pairs = pair_patches(Sides(old, new, links, wanted.series.topic))
    # Not by compare(), which looks for the counterpart of a lone patch: here the others are gone.
    found = Comparison(old, new, pairs, new.problems, contents or NoContents())
    return Imported(series, wanted, found_by, found)


def _origin(stores: Stores, series: FolderSeries, topic: str, manner: Manner) -> tuple[Wanted, str]:
    if topic:
        return read_wanted(stores, topic, manner), "named"
    told = series.record.message_ids if series.record else ()
    ids = [*(one.message_id for one in series.patches if one.message_id), *told]
    if found := _most(stores.catalogue.topic_ids(ids).values()):
        return read_origin(stores, found, ids, manner), "message-id"
    if ids := list(_by_patch_id(stores, series.patches)):
        found = _most(stores.catalogue.topic_ids(ids).values())
        return read_origin(stores, found, ids, manner), "patch-id"
    words = f"{series.place}: no topic has these patches"
    raise NotFound(words, "mkit quilt import DIR --topic TOPIC")


def _most(topic_ids: Iterable[str]) -> str:
    """The topic that most are of; empty without any."""
    return max(sorted(Counter(topic_ids).items()), key=lambda one: one[1], default=("", 0))[0]


def _by_patch_id(stores: Stores, patches: Sequence[Patch]) -> Iterator[str]:
    """Message-IDs of patches that do the same, in topics that touch the same files."""
    wanted = {found for one in patches if (found := patch_id(one.diff_text))}
    counts: Counter[str] = Counter()
    for path in dict.fromkeys(path for one in patches for path in one.paths):
        counts.update(stores.catalogue.topics_touching(path).get(path, ()))
    near = [one for one, _ in counts.most_common(_MOST_TOPICS)]
    mails = stores.catalogue.topic_messages(near)
    records = stores.catalogue.records([one for each in mails.values() for one in each])
    for message_id, record in records.items():
        if record.message.patch_id in wanted:
            yield message_id


def _as_exported(wanted: Wanted, patches: Sequence[Patch], write: WriteFile) -> Side:
    """The patches as the export made them: what it did is not the owner's change. Trailers that
    came in since are no change either."""
    there = {line.strip() for one in patches for line in one.body}
    made = []
    for number, one in enumerate(wanted.series.patches, 1):
        own = frozenset(one.patch.body)
        body = [line for line in wanted.body(one) if line in own or line.strip() in there]
        while body and not body[-1].strip():
            body.pop()
        content = as_git(write(one.patch, body))
        made.append(patch_of_mail(content, file_name(number, one.patch.title)))
    name = f"v{wanted.revision}"
    return Side(name, tuple(made), topic=wanted.topic_id, revision=wanted.revision)


def _links(old: Sequence[Patch | None], new: Sequence[Patch | None]) -> dict[int, int]:
    """Patches whose files say what they came from."""
    places: dict[str, int] = {}
    for at, one in enumerate(new):
        if one and one.message_id:
            places.setdefault(one.message_id, at)
    found = ((at, places.get(one.message_id or "")) for at, one in enumerate(old) if one)
    return {at: place for at, place in found if place is not None}
