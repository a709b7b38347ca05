# SPDX-License-Identifier: GPL-2.0-or-later
"""``Message`` to a compact JSON text and back, for the catalogue.

Arrays in field order, not objects: a tenth of the time and half of the space. The catalogue's
schema version guards the order; nobody else reads this.
"""

from __future__ import annotations

import json
from typing import Any

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.announced_codec import dump_announced, load_announced
from maintainer_kit.model.message.check import Check, Outcome
from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.message.pull import Pull
from maintainer_kit.model.message.subject import Subject
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.patch.diff import Diff, FileChange

_dumps = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def dump_message(message: Message) -> str:
    """Everything that ``load_message`` needs to give an equal message."""
    one = message.subject
    diff = message.diff
    return _dumps(
        [
            message.message_id,
            message.kind.value,
            [
                one.title,
                one.is_reply,
                one.is_forward,
                one.is_patch,
                one.revision,
                one.minor,
                one.number,
                one.total,
                one.rfc,
                one.resend,
                one.tags,
                one.designations,
            ],
            message.full_subject,
            [message.author.name, message.author.address],
            [message.submitter.name, message.submitter.address],
            message.date,
            message.parents,
            message.to,
            message.cc,
            message.lists,
            diff and [_files(diff), diff.first_line, diff.damage, diff.damage_line],
            message.patch_id,
            [[trailer.name, trailer.value] for trailer in message.trailers],
            sorted(says.value for says in message.says),
            message.change_id,
            message.base_commit,
            message.prerequisites,
            message.links,
            message.commits,
            message.bot,
            message.oddities,
            message.sketch,
            message.landmarks,
            message.mends,
            message.reported,
            message.lacks,
            message.commands,
            message.pull and [message.pull.url, message.pull.ref, message.pull.commit],
            message.deadline,
            [_check(one) for one in message.checks],
            message.asks,
            message.answers,
            message.called,
            [[trailer.name, trailer.value] for trailer in message.withdrawn],
            message.listed,
            message.review_of,
            [dump_announced(one) for one in message.announced],
        ]
    )


def _files(diff: Diff) -> list[list[str | int]]:
    return [[f.path, f.old_path, f.change, f.added, f.removed] for f in diff.files]


def _check(one: Check) -> list[str | bool]:
    return [one.context, one.outcome.value, one.url, one.about, one.series]


def _load_subject(row: list[Any]) -> Subject:
    row[10:] = [tuple(row[10]), tuple(row[11])]
    return Subject(*row)


def load_message(text: str) -> Message:
    """The message that ``dump_message`` wrote."""
    row: list[Any] = json.loads(text)
    diff = row[11]
    return Message(
        message_id=row[0],
        kind=Kind(row[1]),
        subject=_load_subject(row[2]),
        full_subject=row[3],
        author=Person(*row[4]),
        submitter=Person(*row[5]),
        date=row[6],
        parents=tuple(row[7]),
        to=tuple(row[8]),
        cc=tuple(row[9]),
        lists=tuple(row[10]),
        diff=diff and Diff(tuple(FileChange(*file) for file in diff[0]), *diff[1:]),
        patch_id=row[12],
        trailers=tuple(Trailer(*trailer) for trailer in row[13]),
        says=frozenset(Says(says) for says in row[14]),
        change_id=row[15],
        base_commit=row[16],
        prerequisites=tuple(row[17]),
        links=tuple(row[18]),
        commits=tuple(row[19]),
        bot=row[20],
        oddities=tuple(row[21]),
        sketch=tuple(row[22]),
        landmarks=tuple(row[23]),
        mends=tuple(row[24]),
        reported=row[25],
        lacks=tuple(row[26]),
        commands=tuple(row[27]),
        pull=row[28] and Pull(*row[28]),
        deadline=row[29],
        checks=tuple(Check(one[0], Outcome(one[1]), *one[2:]) for one in row[30]),
        asks=tuple(row[31]),
        answers=tuple(row[32]),
        called=tuple(row[33]),
        withdrawn=tuple(Trailer(*trailer) for trailer in row[34]),
        listed=tuple(row[35]),
        review_of=row[36],
        announced=tuple(map(load_announced, row[37])),
    )
