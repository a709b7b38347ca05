# SPDX-License-Identifier: GPL-2.0-or-later
"""From the words of the command line to patches in the order in which they are to be applied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.reading import read_message
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.model.topic.applied import Given, Trailers
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.model.topic.view import View
from maintainer_kit.workflow.applying.subset import read_subset
from maintainer_kit.workflow.comparing.mailed import Posted, read_posted
from maintainer_kit.workflow.ports import Record
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target, resolve

_REVISION = re.compile(r"([a-z2-7]{1,10})@v([1-9][0-9]{0,3})")


@dataclass(frozen=True)
class Chosen:
    """One patch that is to be applied."""

    message: Message
    patch: Patch
    given: tuple[Given, ...]
    """Its trailers, its own included."""


@dataclass(frozen=True)
class ChosenSeries:
    """The patches of one target."""

    topic: Topic
    name: str
    """``4bx7d3qnfa v3``."""
    patches: tuple[Chosen, ...]
    lead: tuple[tuple[Patch, ...], ...]
    """For each of them the patches of its series that come before it, chosen or not."""
    is_newest: bool
    """There is no newer revision."""


def choose(stores: Stores, words: Sequence[str], subset: str = "") -> list[ChosenSeries]:
    """What targets name: a topic its newest complete view, TOPIC@v2 that as it was then, a cover
    letter's id its series, a patch's id that patch alone.

    Raises NotFound, and Refused where a patch that is meant is not there, or is not the one that
    was read.
    """
    found = [_series(stores, word, subset) for word in words]
    seen: set[str] = set()
    for one in (patch for series in found for patch in series.patches):
        if one.message.message_id in seen:
            raise Refused(f"{one.message.message_id} is named twice", "name each patch once")
        seen.add(one.message.message_id)
    return found


def _series(stores: Stores, word: str, subset: str) -> ChosenSeries:
    target, number = find_target(stores, word)
    posted = read_posted(topic_of(stores.catalogue, target.row))
    topic = posted.topic
    if not topic.revisions:
        raise Refused(f"{topic.id} has no patches", f"mkit show {topic.id}")
    at, view = _view(posted, target, number)
    numbers = read_subset(subset, len(view))
    if len(target.message_ids) == 1 and target.named != target.row.id:
        numbers = [n for n, m in enumerate(view) if m and m.message_id == target.named]
    revision = topic.revisions[at]
    name = f"{topic.id} v{revision.series.revision}"
    wanted = [_present(view, n, name, topic.id) for n in numbers]
    records = stores.catalogue.records([one.message_id for one in view if one])
    read = {one.message_id: _read(stores, one, records) for one in view if one}
    trailers = Trailers(topic, stores.people)
    patches = [Chosen(m, _whole(m, read), trailers.of(revision, m)) for m in wanted]
    return ChosenSeries(
        topic,
        name,
        tuple(patches),
        tuple(_before(view, n, read) for n in numbers),
        at == len(topic.revisions) - 1,
    )


def find_target(stores: Stores, word: str) -> tuple[Target, int | None]:
    """What a word names, and the revision that it asks for. Raises NotFound, and Refused."""
    found = _REVISION.fullmatch(word)
    if found and not stores.catalogue.topic_ids([word]):
        return resolve(stores, found[1]), int(found[2])
    return resolve(stores, word), None


def _view(posted: Posted, target: Target, number: int | None) -> tuple[int, View]:
    """Which posting is meant, by its place, and its patches."""
    topic = posted.topic
    newest = len(topic.revisions) - 1
    if number is not None:
        at = posted.last_of(number)
        return at, posted.view(at)
    if target.named == target.row.id:
        return newest, topic.view
    at = posted.revision_of(target.named)
    return at, topic.revisions[at].series.patches


def _present(view: View, at: int, name: str, topic: str) -> Message:
    found = view[at]
    if found is None:
        words = f"patch {at + 1} of {len(view)} of {name} has not arrived"
        raise Refused(words, f"mkit pull --complete {topic}, or --subset without it")
    return found


def _read(stores: Stores, message: Message, records: dict[str, Record]) -> list[Patch]:
    """All copies of a mail that can be read, each as it is."""
    found = []
    record = records.get(message.message_id)
    for file in record.files if record else ():
        try:
            found.append(patch_of_mail(stores.folder.read(file.path)))
        except NotFound:
            continue
    return found


def _whole(message: Message, read: dict[str, list[Patch]]) -> Patch:
    """The patch that was read and reviewed: what came by another way under the same id must be the
    same."""
    copies = read[message.message_id]
    show = f"mkit show {message.message_id}"
    if not copies:
        raise Refused(f"no file of {message.message_id} is left", "mkit sync")
    if len({_content(one) for one in copies}) > 1:
        words = f"two mails that are not the same have the id {message.message_id}"
        raise Refused(words, show)
    if _is_another(message, copies[0]):
        name = visible_line(message.subject.title)[:80]
        raise Refused(f'"{name}" is not the patch that was read before', f"mkit sync, then {show}")
    return copies[0]


def _is_another(message: Message, patch: Patch) -> bool:
    """Whether a file holds something else than what is catalogued."""
    if not message.patch_id or patch_id(patch.diff_text) == message.patch_id or not patch.mail:
        return False
    # Words above the diff may look like one: what was catalogued is the id of the whole text.
    return read_message(patch.mail, message.message_id).patch_id != message.patch_id


def _content(patch: Patch) -> tuple[str, str, str]:
    """What of a patch a list on the way does not change."""
    body = "\n".join(line.rstrip() for line in patch.body)
    return patch_id(patch.diff_text) or patch.diff_text, patch.title, body.strip()


def _before(view: View, at: int, read: dict[str, list[Patch]]) -> tuple[Patch, ...]:
    """Patches that come before one; none where one of them is not there."""
    copies = [read.get(one.message_id, []) if one else [] for one in view[:at]]
    return tuple(one[0] for one in copies) if all(copies) else ()
