# SPDX-License-Identifier: GPL-2.0-or-later
"""``pull ID``: the thread of a mail, or only the series that it is of."""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.errors import Refused
from maintainer_kit.model.message.archive_place import MailPlace
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.pulling.archive import Answer, Archive, Span
from maintainer_kit.workflow.pulling.posting import posting_of
from maintainer_kit.workflow.pulling.pull import Pull
from maintainer_kit.workflow.records import SourceMail

_OVERLAP = 86400
"""Seconds: mirrors come behind, and clocks differ."""
_NO_NEWS = " has no search within threads"

_Thread = dict[str, tuple[SourceMail, Message]]


def pull_thread(
    pull: Pull, place: MailPlace, *, series_only: bool = False, anew: bool = False
) -> None:
    """Bring in a thread; of one that was pulled before, what came since, unless ``anew``.

    Raises NotInArchive, and Refused when the answer is another thread.
    """
    archive = pull.archive(place.archive)
    message_id = place.message_id
    if series_only:
        mails = _whole(pull, archive, message_id)[1]
        pull.bring(_posting(mails, message_id))
    else:
        key = f"{archive.url} <{message_id}>"
        mark = pull.marks.get(key)
        known = mark if not anew and pull.holds([message_id]) else None
        answer = _news(pull, archive, message_id, known) if known else None
        answer = answer or _whole(pull, archive, message_id, kept=mark is None)[0]
        pull.bring(answer.mails)
        pull.marks.put(key, Span(0, answer.as_of))
    pull.pulled.named.append(message_id)


def _news(pull: Pull, archive: Archive, message_id: str, mark: Span) -> Answer | None:
    """What came into a thread since it was pulled; None where it has to be fetched whole."""
    if pull.marks.get(archive.url + _NO_NEWS):
        return None
    answer = archive.news(message_id, mark.end - _OVERLAP)
    if answer is None or not _is_of_thread(pull, _read(pull, answer), message_id):
        pull.marks.put(archive.url + _NO_NEWS, mark)
        return None
    return answer


def _is_of_thread(pull: Pull, mails: _Thread, message_id: str) -> bool:
    """Whether the asked mail is among the mails, and each of them answers one of its thread."""
    if message_id not in mails:
        return False
    catalogue = pull.stores.catalogue
    thread = set(catalogue.cluster_messages(catalogue.clusters_with([message_id], [])))
    for _, message in sorted(mails.values(), key=lambda pair: pair[1].date):
        if message.message_id not in thread and thread.isdisjoint(message.parents):
            return False
        thread.add(message.message_id)
    return True


def _whole(
    pull: Pull, archive: Archive, message_id: str, *, kept: bool = True
) -> tuple[Answer, _Thread]:
    answer = archive.thread(message_id, kept=kept)
    mails = _read(pull, answer)
    if message_id in mails:
        return answer, mails
    archive.forget()
    raise Refused(
        f"{archive.url} answers with another thread than that of {message_id}: nothing is kept",
        f"mkit pull https://ANOTHER.ARCHIVE/LIST/{message_id}/",
    )


def _read(pull: Pull, answer: Answer) -> _Thread:
    found: _Thread = {}
    for one in answer.mails:
        if isinstance(one, SourceMail):
            message = understand(one.raw, bots=pull.stores.bots).message
            found[message.message_id] = (one, message)
    return found


def _posting(mails: Mapping[str, tuple[SourceMail, Message]], message_id: str) -> list[SourceMail]:
    messages = {one: message for one, (_, message) in mails.items()}
    found = posting_of(messages, message_id)
    if not found:
        hint = f"mkit pull {message_id}   # the whole thread"
        raise Refused(f"{message_id} is of no series", hint)
    return [mails[one][0] for one in found]
