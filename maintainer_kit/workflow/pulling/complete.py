# SPDX-License-Identifier: GPL-2.0-or-later
"""``pull --complete``: the patches that a topic lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.model.message.archive_place import MailPlace
from maintainer_kit.model.topic.series import Series
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.pulling.archive import NotInArchive
from maintainer_kit.workflow.pulling.finding import all_of, any_of, dated, words_of
from maintainer_kit.workflow.pulling.pull import Pull
from maintainer_kit.workflow.pulling.thread import pull_thread
from maintainer_kit.workflow.targets import resolve_topic

_NEAR = 2 * 86400
_PLAIN = re.compile(r"[\w.+=-]{1,200}@[\w.-]{1,200}", re.ASCII)
_MOST = 50
"""Missing patches of a series that are asked for by name at once."""


def pull_complete(pull: Pull, address: str, word: str) -> None:
    """Bring in what revisions of a topic lack: by their threads, then by what the missing mails
    are likely called. What is still missing after that is told."""
    # Its id may change with what comes, its mails stay in it.
    root = resolve_topic(pull.stores, word).message_id
    for series in _partial(pull, root):
        try:
            pull_thread(pull, MailPlace(series.first.message_id, address), anew=True)
        except NotInArchive:
            pull.pulled.absent.append(series.first.message_id)
    archive = pull.archive(address)
    for series in _partial(pull, root):
        query = any_of(_queries(series))
        pull.bring(archive.search(query).mails)
    pull.pulled.lacking += [
        f"v{series.revision} {number}/{len(series.patches)}"
        for series in _partial(pull, root)
        for number in missing(series)
    ]


def _partial(pull: Pull, root: str) -> list[Series]:
    """The revisions of a mail's topic of which patches are missing."""
    topic = topic_of(pull.stores.catalogue, resolve_topic(pull.stores, root))
    return [one.series for one in topic.revisions if not one.series.is_complete]


def missing(series: Series) -> list[int]:
    """The numbers of the patches that have not arrived."""
    return [number for number, patch in enumerate(series.patches, 1) if patch is None]


def _queries(series: Series) -> Iterator[str]:
    known = series.first
    total = len(series.patches)
    for number in missing(series)[:_MOST]:
        for message_id in likely_ids(series, number):
            yield f"m:{message_id}"
        named = (words_of("s", f"{number} {total}"), words_of("f", known.submitter.address))
        yield dated(all_of(*named), series.date - _NEAR, series.date + _NEAR)


def likely_ids(series: Series, number: int) -> list[str]:
    """What the missing patch is called if git or b4 sent the series: as its neighbours, with
    another number in the same place."""
    found: dict[str, None] = {}
    for at, patch in enumerate(series.patches, 1):
        if patch is None:
            continue
        # git: TIME.PID-NUMBER-USER@HOST; b4: DATE-NAME-vREVISION-NUMBER-HASH@HOST.
        if not _PLAIN.fullmatch(patch.message_id):
            continue  # it could not stand in a query
        local, _, host = patch.message_id.rpartition("@")
        for place in re.finditer(rf"(?<=-){at}(?=-)", local):
            found[f"{local[: place.start()]}{number}{local[place.end() :]}@{host}"] = None
    return list(found)[:3]
