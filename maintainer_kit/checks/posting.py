# SPDX-License-Identifier: GPL-2.0-or-later
"""From patches that were read one by one to what is posted together, as the index would have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from maintainer_kit.checks.patch import Origin, Patch, Role
from maintainer_kit.checks.series import Series
from maintainer_kit.model.message.message import Kind, Message, bare_message
from maintainer_kit.model.topic.collecting import collect_series

_KINDS = {Role.PATCH: Kind.PATCH, Role.COVER: Kind.COVER}
_Group = list[Patch]


def collect_postings(patches: Sequence[Patch]) -> list[Series]:
    """Put patches together that are posted together; in the order of their first ones.

    Mails go by thread, numbers, revision and sender, files by their folder and numbers; files
    without a number, and commits, are one range. Answers to mails that are there are left out.
    """
    order = {id(one): at for at, one in enumerate(patches)}
    mails = [one for one in patches if one.origin is Origin.MAIL]
    numbered = [one for one in patches if _is_numbered_file(one)]
    loose = [one for one in patches if one.origin is not Origin.MAIL and not _is_numbered_file(one)]
    posted = list(_whole(_mail_groups(mails)))
    found = [
        *map(_posting, posted),
        *map(_posting, _whole(_file_groups(numbered))),
        *_loose(loose),
        *(Series((), others=(one,)) for one in _strays(mails, posted)),
    ]
    return sorted(found, key=lambda one: min(order[id(part)] for part in one.all))


def _is_numbered_file(patch: Patch) -> bool:
    return patch.origin is Origin.FILE and patch.subject.number is not None and _is_head(patch)


def _is_head(patch: Patch) -> bool:
    return patch.role is not Role.OTHER


def _posting(group: _Group) -> Series:
    """One posting; of a lone patch out of several nobody can say that the others are missing."""
    ordered = sorted(group, key=lambda one: one.subject.number or 0)
    cover = next((one for one in ordered if one.role is not Role.PATCH), None)
    patches = tuple(one for one in ordered if one is not cover)
    return Series(
        patches,
        cover,
        posted=max((one.date for one in ordered if one.origin is Origin.MAIL), default=0),
        is_complete=len(ordered) > 1 or is_whole(ordered),
    )


def _loose(patches: Sequence[Patch]) -> Iterator[Series]:
    """Files without a number and commits: one alone is posted alone, several are a range."""
    heads = tuple(one for one in patches if _is_head(one))
    others = tuple(one for one in patches if not _is_head(one))
    if heads or others:
        is_range = len(heads) > 1 or any(one.origin is not Origin.FILE for one in heads)
        yield Series(heads, others=others, is_range=is_range)


def _file_groups(patches: Iterable[Patch]) -> Iterator[tuple[str, _Group]]:
    """Groups of numbered files with the folder that they lie in."""
    groups: dict[tuple[str, int, int, int | None, bool], _Group] = {}
    for one in patches:
        folder = (one.path or "").rpartition("/")[0]
        subject = one.subject
        key = (folder, subject.revision, subject.minor, subject.total, subject.resend)
        groups.setdefault(key, []).append(one)
    for where, group in groups.items():
        for part in _rounds(group):
            yield where[0], part


def _rounds(group: _Group) -> list[_Group]:
    """Two postings where all numbers stand twice; else a double number is a mistake in one."""
    rounds: list[_Group] = []
    seen: Counter[int] = Counter()
    for one in group:
        at = seen[one.subject.number or 0]
        seen[one.subject.number or 0] += 1
        if at == len(rounds):
            rounds.append([])
        rounds[at].append(one)
    return rounds if all(map(_is_whole, rounds)) else [group]


def _mail_groups(mails: Sequence[Patch]) -> Iterator[tuple[str, _Group]]:
    """Postings as the index makes them, with the top of the thread that each is in."""
    by_id = {one.message_id or "": one for one in mails}
    for series in collect_series(map(_message, by_id.values())):
        group = [by_id[one.message_id] for one in series.messages]
        yield _top(group[0], series.first.submitter.key), group


def _top(patch: Patch, sender: str) -> str:
    """What the parts of one posting have in common that were numbered as two."""
    return f"{sender} {patch.parents[-1] if patch.parents else patch.message_id}"


def _message(patch: Patch) -> Message:
    """Those facts of a mail by which postings are made."""
    is_answer = patch.subject.is_reply or bool(patch.parents)
    return bare_message(
        patch.message_id or "",
        _KINDS.get(patch.role, Kind.FOLLOW_UP if is_answer else Kind.OTHER),
        patch.subject,
        patch.title_line,
        (patch.author, patch.submitter),
        patch.date,
        patch.parents,
    )


def _whole(groups: Iterable[tuple[str, _Group]]) -> Iterator[_Group]:
    """The groups; parts of one place that lack just what the others hold are one posting, of which
    the revisions or totals are mixed."""
    parts: dict[str, list[_Group]] = {}
    for place, group in groups:
        if _is_whole(group):
            yield group
        else:
            parts.setdefault(place, []).append(group)
    for broken in parts.values():
        joined = [one for group in broken for one in group]
        numbers = sorted(one.subject.number or 0 for one in joined)
        first = numbers[0]
        if len(broken) > 1 and first < 2 and numbers == list(range(first, first + len(numbers))):
            yield joined
        else:
            yield from broken


def is_whole(group: Sequence[Patch]) -> bool:
    """Whether all that the subjects promise is there; a lone one without a number promises no
    others."""
    return _is_whole(group) or (len(group) == 1 and group[0].subject.number is None)


def _is_whole(group: Sequence[Patch]) -> bool:
    """Whether all numbers are there that the subjects promise, each once."""
    numbers = {one.subject.number or 0 for one in group} - {0}
    total = group[0].subject.total or 0
    alike = all(one.subject.total == group[0].subject.total for one in group)
    patches = [one for one in group if one.subject.number != 0]
    return alike and len(numbers) == len(patches) >= total and numbers >= set(range(1, total + 1))


def _strays(mails: Sequence[Patch], posted: Iterable[_Group]) -> Iterator[Patch]:
    """Mails that are neither patches nor cover letters nor answers to one of the others."""
    ids = {one.message_id for one in mails}
    taken = {id(one) for group in posted for one in group}
    for one in mails:
        if not _is_head(one) and id(one) not in taken and ids.isdisjoint(one.parents):
            yield one
