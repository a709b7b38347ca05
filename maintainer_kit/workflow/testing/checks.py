# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of tests as checks of the patches that the commits came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from maintainer_kit.errors import IndexFailure, Refused
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.matching.prints import CommitPrint, PatchPrint
from maintainer_kit.model.message.check import Check, Outcome
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.testing.problems import Sort, Verdict
from maintainer_kit.model.testing.result import Key, key_of
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.landing.prints import patch_prints
from maintainer_kit.workflow.project import project
from maintainer_kit.workflow.records import Record
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.testing.report import Report, Row, Tested

CONTEXT = "mkit test"
_SHORT = 12
_MOST = 200
"""Mails that are looked at for one title."""

Prints = Callable[[Sequence[str]], Iterable[CommitPrint]]
"""Fingerprints of commits, which are asked for where no landing is known."""


@dataclass(frozen=True, slots=True)
class PatchCheck:
    """What tests say of one patch mail."""

    message_id: str
    check: Check
    is_believed: bool = False
    """Others say so."""


def patch_checks(stores: Stores, report: Report, prints: Prints) -> list[PatchCheck]:
    """Of all patches that the tested commits came from, as far as landings, names in the commits,
    or equal changes tell; sorted."""
    commits = list(dict.fromkeys(row.commit.commit for one in report.tested for row in one.rows))
    mails = mails_of(stores, commits, prints)
    found = [
        PatchCheck(message_id, _check(one, row), _key(one, row) in report.believed)
        for one in report.tested
        for row in one.rows
        for message_id in mails.get(row.commit.commit, ())
    ]
    return sorted(found, key=lambda one: (one.message_id, one.check.context))


def record_checks(stores: Stores, found: Sequence[PatchCheck]) -> int:
    """Let rows and topics have them as they have those of bots; how many patches have others than
    before. What others say was believed for once: it is not kept."""
    by_mail: dict[str, dict[str, Check]] = {}
    for one in found:
        if one.is_believed:
            continue
        # Of several commits that came from one mail the worst speaks.
        held = by_mail.setdefault(one.message_id, {})
        known = held.get(one.check.context, one.check)
        held[one.check.context] = min(known, one.check, key=lambda each: _WORST[each.outcome])
    catalogue = stores.catalogue
    with catalogue.transaction():
        before = catalogue.tested(by_mail)
        other = {
            message_id: list(checks.values())
            for message_id, checks in by_mail.items()
            if not set(checks.values()) <= set(before.get(message_id, ()))
        }
        catalogue.put_tested(other)
        records = catalogue.records(other)
        if records:
            project(stores, {one: record.message for one, record in records.items()})
    return len(other)


_WORST = {Outcome.FAIL: 0, Outcome.WARNING: 1, Outcome.PENDING: 2, Outcome.SUCCESS: 3}


def mails_of(stores: Stores, commits: Sequence[str], prints: Prints) -> Mapping[str, Sequence[str]]:
    """The patch mails that each commit came from; commits of which none is known are left out."""
    if not commits or not stores.catalogue.count():
        return {}
    found: dict[str, dict[str, None]] = {}
    wanted = set(commits)
    for several in known_landings(stores.catalogue, stores.catalogue.claimants(wanted)).values():
        for one in several:
            if one.is_sure and one.commit in wanted:
                found.setdefault(one.commit, {})[one.message_id] = None
    left = [one for one in commits if one not in found]
    for made in prints(left) if left else ():
        if mails := dict.fromkeys(_mails(stores, made)):
            found[made.commit] = mails
    return {commit: sorted(some) for commit, some in found.items()}


def _key(tested: Tested, row: Row) -> Key:
    return key_of(row.commit.tree, tested.configuration)


def _check(tested: Tested, row: Row) -> Check:
    context = f"{CONTEXT}/{tested.configuration.name}"
    return Check(context, _outcome(tested, row), "", row.commit.commit[:_SHORT])


def _outcome(tested: Tested, row: Row) -> Outcome:
    """A patch answers for what began with it; what the base has too is not its fault."""
    own = {
        problem.sort for one in tested.began if one.commit == row.commit for problem in one.problems
    }
    verdict = row.judgement.verdict
    if verdict is Verdict.FAILED and own - {Sort.WARNING}:
        return Outcome.FAIL
    if own or verdict in (Verdict.FAILED, Verdict.SKIPPED):
        return Outcome.WARNING
    return Outcome.SUCCESS


def _mails(stores: Stores, made: CommitPrint) -> Iterator[str]:
    """Those that the commit names as its mail; else those that make the same change."""
    records = stores.catalogue.records(made.message_ids)
    named = [one for one in made.message_ids if _is_patch(records, one)]
    if named:
        yield from named
        return
    likely = {*made.linked, *_by_title(stores, made)}
    records = stores.catalogue.records(likely)
    for one in patch_prints(stores, records.values()):
        if _is_same(one, made):
            yield one.message_id


def _is_patch(records: Mapping[str, Record], message_id: str) -> bool:
    return message_id in records and records[message_id].message.kind is Kind.PATCH


def _is_same(mailed: PatchPrint, made: CommitPrint) -> bool:
    one, other = mailed.print, made.print
    by_id = bool(one.patch_id) and one.patch_id == other.patch_id
    return by_id or (bool(one.lines_hash) and one.lines_hash == other.lines_hash)


def _by_title(stores: Stores, made: CommitPrint) -> Collection[str]:
    title = made.print.subject.replace('"', " ")
    if len(title.split()) < 2:
        return ()
    try:
        return stores.index.search(f'subject:"{title}"')[:_MOST]
    except (Refused, IndexFailure):
        return ()
