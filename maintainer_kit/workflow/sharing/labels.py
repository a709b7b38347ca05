# SPDX-License-Identifier: GPL-2.0-or-later
"""What a Message-ID stands for, in a few words."""

from __future__ import annotations

from collections.abc import Collection

from maintainer_kit.model.message.subject import Subject
from maintainer_kit.workflow.ports import Catalogue


def label_messages(catalogue: Catalogue, message_ids: Collection[str]) -> dict[str, str]:
    """``k3v9ab v3 2/5`` for each message that is a patch here: topic, revision, number."""
    topics = catalogue.topic_ids(message_ids)
    records = catalogue.records(message_ids)
    return {
        one: " ".join([topics[one][:6], *_posted(record.message.subject)])
        for one, record in records.items()
        if one in topics
    }


def _posted(subject: Subject) -> list[str]:
    if not subject.is_patch:
        return []
    number = [f"{subject.number}/{subject.total}"] if subject.total else []
    return [f"v{subject.revision}", *number]
