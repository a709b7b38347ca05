# SPDX-License-Identifier: GPL-2.0-or-later
"""What is looked over before somebody is asked to pull: a line each."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence, Set
from dataclasses import replace

from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.signers import is_same, named_in, sign_offs
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.message.marks import message_id_of
from maintainer_kit.model.testing.problems import Verdict as Ran
from maintainer_kit.workflow.audit import Audit, Verdict
from maintainer_kit.workflow.pull_request.facts import MergeTry, Offer, Signature, Trust
from maintainer_kit.workflow.testing.verdicts import Verdicts, verdict_words

_MOST_DETAILS = 20
_DAY = 86400


def judged(name: str, problems: Sequence[str], good: str, bad: str) -> Audit:
    """Failed where there are problems; ``bad`` says what they are, behind their number."""
    if not problems:
        return Audit(name, Verdict.GOOD, good)
    shown = [visible_line(one)[:300] for one in problems[:_MOST_DETAILS]]
    if len(problems) > _MOST_DETAILS:
        shown.append(f"... and {len(problems) - _MOST_DETAILS} more")
    return Audit(name, Verdict.FAILED, f"{count_of(len(problems), 'commit')} {bad}", tuple(shown))


def patches_of(offer: Offer) -> list[Patch]:
    """Its commits but for the merges, as rules read them."""
    return [patch_of_commit(one) for one in offer.commits if len(one.parents) < 2]


def audit_upstream(offer: Offer, now: int) -> Audit:
    """What it is offered to, and how old that is; nobody fetches here."""
    days = max(0, now - offer.upstream.tip.time) // _DAY
    age = f"its newest commit is {count_of(days, 'day')} old"
    words = f"{offer.upstream.name} as last fetched, {offer.upstream.tip.commit[:12]}: {age}"
    told = [f"{offer.bases} last commits in common"] if offer.bases > 1 else []
    return Audit("upstream", Verdict.TOLD if told else Verdict.GOOD, words, tuple(told))


def audit_merge(offer: Offer, tried: MergeTry) -> Audit:
    """Conflicts do not keep it back: the mail tells of them."""
    if tried.is_clean:
        return Audit("merge", Verdict.GOOD, f"merges into {offer.upstream.name}")
    shown = tuple(visible_line(one)[:300] for one in tried.conflicts[:_MOST_DETAILS])
    count = count_of(len(tried.conflicts), "file")
    return Audit("merge", Verdict.TOLD, f"{count} in conflict", shown)


def audit_signature(name: str, signature: Signature) -> Audit:
    """``name`` is that of the tag; empty for a branch, which nobody signs."""
    if not name:
        return Audit("signature", Verdict.TOLD, "a branch: there is no tag that could be signed")
    words, verdict = _TRUST[signature.trust]
    by = f" by {signature.signer}" if signature.signer else ""
    why = f": {signature.words}" if signature.words else ""
    return Audit("signature", verdict, f"{name} {words}{by}{why}", _key(signature))


def _key(signature: Signature) -> tuple[str, ...]:
    return (f"key {signature.key}",) if signature.key else ()


_TRUST = {
    Trust.GOOD: ("has a good signature", Verdict.GOOD),
    Trust.BAD: ("has a BAD signature", Verdict.FAILED),
    Trust.EXPIRED: ("has a signature that has expired", Verdict.FAILED),
    Trust.UNKNOWN_KEY: ("is signed with a key that is not known here", Verdict.UNKNOWN),
    Trust.NONE: ("is not signed", Verdict.TOLD),
    Trust.UNVERIFIED: ("is signed, which could not be verified", Verdict.UNKNOWN),
}


def audit_next(commits: Sequence[CommitRecord], absent: Collection[str] | None) -> Audit:
    """Whether all were where they are tried together; None where no ref has that role."""
    if absent is None:
        return Audit("next", Verdict.UNKNOWN, "no mkit.ref has the role next: not looked at")
    lacking = [_named(one) for one in commits if one.commit in absent]
    return judged("next", lacking, "all commits are in next", "not in next")


def audit_sign_offs(patches: Sequence[Patch], people: People) -> Audit:
    """Who made a commit has to have signed it. Where none is signed it is not the custom there."""
    if not any(sign_offs(one) for one in patches):
        return Audit("sign-off", Verdict.TOLD, "no commit is signed off")
    lacking = [_of(one) for one in patches if not _is_signed(one, people)]
    good, bad = "each commit is signed off by its committer", "not signed off by the committer"
    return judged("sign-off", lacking, good, bad)


def _is_signed(patch: Patch, people: People) -> bool:
    signers = (named_in(one) for one in sign_offs(patch))
    return any(is_same(patch.submitter, one, people) for one in signers)


def linked_ids(patches: Sequence[Patch]) -> dict[str, list[str]]:
    """By commit the Message-IDs that its Link: trailers name."""
    found = {}
    for one in patches:
        links = (message_id_of(link.value) for link in one.named("Link"))
        found[one.commit or ""] = [link for link in links if link]
    return found


def audit_links(patches: Sequence[Patch], held: Set[str]) -> Audit:
    """Whether each commit leads to a mail that is here; ``held`` are the ids that are. Where none
    has a Link: at all it is not the custom there."""
    linked = linked_ids(patches)
    none = [_of(one) for one in patches if not linked[one.commit or ""]]
    gone = [_of(one) for one in patches if (ids := linked[one.commit or ""]) and not held & {*ids}]
    if len(none) == len(patches):
        return Audit("links", Verdict.TOLD, "no commit has a Link: to mail")
    if none:
        return judged("links", none, "", "without a Link: to mail")
    if gone:
        found = judged("links", gone, "", "with a Link: to mail that is not here")
        return Audit("links", Verdict.UNKNOWN, found.words, found.details)
    return Audit("links", Verdict.GOOD, "each commit links to mail that is here")


def audit_fixes(patches: Sequence[Patch], findings: Sequence[Finding]) -> Audit:
    """What rules say of Fixes: lines."""
    problems = [f"{(one.commit or '')[:12]} {one.message}" for one in findings]
    count = sum(bool(one.named("Fixes")) for one in patches)
    found = judged("fixes", problems, f"Fixes: of {count_of(count, 'commit')} hold", "")
    if not problems:
        return found
    return Audit(
        "fixes", Verdict.FAILED, f"{count_of(len(problems), 'Fixes: line')} in doubt", found.details
    )


def audit_tests(verdicts: Verdicts, tip: str) -> Audit:
    """Whether what is configured passed on a tip; what its base has too does not keep it back."""
    if not verdicts:
        return Audit("tests", Verdict.UNKNOWN, "not tested: no suites are configured")
    suites = count_of(len(verdicts), "suite")
    if lacking := _suites(verdicts, _LACKING):
        words = f"{len(lacking)} of {suites} not passed on {tip[:12]}"
        return Audit("tests", Verdict.FAILED, words, lacking)
    if told := _suites(verdicts, _NOT_NEW):
        return Audit("tests", Verdict.TOLD, f"nothing new fails on the tip: {suites}", told)
    return Audit("tests", Verdict.GOOD, f"{suites} passed on the tip")


def audit_known_tests(verdicts: Verdicts, tip: str) -> Audit:
    """What is known of another's tip: what was not tested here is only told."""
    found = audit_tests(verdicts, tip)
    if found.verdict is Verdict.FAILED and Ran.FAILED not in verdicts.values():
        return replace(found, verdict=Verdict.TOLD)
    return found


def _suites(verdicts: Verdicts, wanted: Container[Ran | None]) -> tuple[str, ...]:
    found = {name: one for name, one in verdicts.items() if one in wanted}
    return tuple(verdict_words(found))[:_MOST_DETAILS]


_LACKING = (Ran.FAILED, Ran.SKIPPED, None)
_NOT_NEW = (Ran.WARNED, Ran.KNOWN)


def _named(one: CommitRecord) -> str:
    return f"{one.commit[:12]} {one.message.strip().partition(chr(10))[0][:100]}"


def _of(one: Patch) -> str:
    return f"{(one.commit or '')[:12]} {one.title[:100]}"
