# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be posted, as its author sees it before it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import count_of, visible, visible_line
from maintainer_kit.render.audits import audit_lines
from maintainer_kit.workflow.audit import Audit
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.making import Made
from maintainer_kit.workflow.posting.plan import Plan
from maintainer_kit.workflow.posting.record import Record


def plan_text(branch: Branch, plan: Plan, made: Made, gates: Sequence[Audit]) -> Iterator[str]:
    """What it is, what speaks against it, the letter, and who gets it."""
    count = count_of(len(branch.commits), "patch")
    yield visible_line(f"{branch.name}: v{plan.revision}, {count} on {branch.base[:12]}")
    yield visible_line(_before(plan))
    yield from audit_lines(gates)
    yield from _trailers(plan)
    yield from _people("To", plan.letter.to)
    yield from _people("Cc", plan.letter.cc)
    yield from (f"left out: {visible_line(one)} is no address" for one in plan.addressees.left_out)
    yield ""
    yield from (visible_line(one.subject) for one in made.mails)
    if plan.letter.text:
        yield ""
        yield from (f"    {line}".rstrip() for line in visible(plan.letter.text).split("\n"))


def _before(plan: Plan) -> str:
    before = plan.before
    if before is None:
        return "the first posting: the index has no earlier one"
    by = f"by {before.reason}" if before.reason not in ("named",) else "as named"
    sure = "" if before.confidence == 1 else f", {before.confidence:.0%} sure"
    way = ", in its thread" if plan.parents else ""
    return (
        f"goes on from {before.topic.id}, v{before.earlier.revision}: "
        f"{before.first.subject.title} ({by}{sure}){way}"
    )


def _trailers(plan: Plan) -> Iterator[str]:
    for one in plan.carried:
        where = f"patch {one.patch + 1}"
        if one.is_taken:
            yield visible_line(f"+  {where}: {one.line}")
        else:
            yield visible_line(
                f"-  {where}: {one.line}: not taken, {one.likeness:.0%} of the patch is as it was "
                "(--keep-trailers)"
            )


def _people(name: str, people: Sequence[Person]) -> Iterator[str]:
    for at, one in enumerate(people):
        yield visible_line(f"{f'{name}:' if at == 0 else '':<4}{one}")


def left_text(records: Sequence[Record]) -> Iterator[str]:
    """Postings that are not done, a line each."""
    for one in records:
        if one.is_under_way:
            words = f"{one.sent} of {count_of(len(one.mails), 'mail')} of v{one.revision} went out"
        elif one.letter is not None:
            words = f"a letter for v{one.letter.revision} is kept"
        else:
            continue
        yield visible_line(f"{one.name}: {words}")
