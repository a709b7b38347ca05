# SPDX-License-Identifier: GPL-2.0-or-later
"""All patch mails of some mboxes, as matching sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.matching.mailed import patch_print
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.copies import Copy, choose_speaker
from maintainer_kit.model.message.finding import MAX_TEXT, find_patch
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import collect_topics
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail


@dataclass(frozen=True, slots=True)
class PatchMail:
    """A patch mail, read."""

    message: Message
    text: str
    """What holds its patch."""
    patch: PatchPrint


def read_patches(paths: Sequence[Path]) -> list[PatchMail]:
    """All patch mails, one for each Message-ID, with the posting that each is in."""
    copies: dict[str, list[Copy]] = {}
    texts: dict[tuple[str, str], str] = {}
    for mail in MailSource(paths):
        if isinstance(mail, BrokenMail):
            continue
        copy = understand(mail.raw)
        copies.setdefault(copy.message.message_id, []).append(copy)
        if copy.message.kind is Kind.PATCH:
            texts[copy.message.message_id, copy.fingerprint] = text_of(mail.raw, copy.message)
    messages = {one: choose_speaker(some) for one, some in copies.items()}
    series = _postings(messages.values())
    found = []
    for message_id, message in messages.items():
        held = [texts.get((message_id, copy.fingerprint)) for copy in copies[message_id]]
        text = next((one for one in held if one is not None), None)
        if message.kind is Kind.PATCH and text is not None:
            patch = patch_print(message, text, series=series.get(message_id, ""))
            found.append(PatchMail(message, text, patch))
    return found


def text_of(raw: bytes, message: Message) -> str:
    """The part of a mail that holds its patch."""
    mail = read_mail(raw)
    return find_patch(mail, mail.text[:MAX_TEXT], message.subject, message.subject.is_reply).text


def _postings(messages: Iterable[Message]) -> dict[str, str]:
    """By patch what all of its posting have in common: the Message-ID of the first of them."""
    return {
        message.message_id: revision.series.first.message_id
        for cluster in split_clusters(messages)
        for topic in collect_topics(cluster)
        for revision in topic.revisions
        for message in revision.series.messages
    }
