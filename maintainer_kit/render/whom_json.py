# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to be mailed as JSON: the contract of ``whom`` (docs/schemas/whom.json)."""

from __future__ import annotations

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.maintainers.recipient import Recipient
from maintainer_kit.model.maintainers.section import Section
from maintainer_kit.render.json_topics import Json, envelope
from maintainer_kit.workflow.whom import Whom


def whom_json(whom: Whom) -> Json:
    """What ``mkit whom --json`` prints."""
    return envelope(
        to=[_recipient(one) for one in whom.recipients.to],
        cc=[_recipient(one) for one in whom.recipients.cc],
        paths=[storable(path) for path in whom.paths],
        unmaintained=[storable(path) for path in whom.unmaintained],
        sections=[_section(one) for one in whom.sections],
        unread=[{"name": storable(one.name), "reason": one.reason} for one in whom.unread],
    )


def _recipient(one: Recipient) -> Json:
    return {
        "person": str(one.person),
        "mailbox": one.mailbox,
        "role": one.role,
        "also": list(one.also),
        "list": one.is_list,
        "section": one.section or None,
        "pattern": one.pattern or None,
        "path": storable(one.path) if one.path else None,
        "reason": storable(one.reason),
    }


def _section(one: Section) -> Json:
    return {
        "title": one.title,
        "status": one.status or None,
        "active": one.is_active,
        "trees": list(one.trees),
    }
