# SPDX-License-Identifier: GPL-2.0-or-later
"""Judge the matcher by mails whose commits are known.

    python -m bench.landed_truth MBOX... --repo DIR --truth TSV [--ref REF] [--content-only]
        [--peers] [--held-out N] [--sample N] [--seed S]

TSV has columns message_id, commit, tier. Printed are, for each tier of the table, how many mails
were found surely, as candidates, or not; what was claimed wrongly; what was missed; claims for
mails that are not in the table, and older revisions among them. ``--peers`` puts Patchwork's hash
and b4's ``ty`` beside it. ``--held-out`` repeats the matching N times without half of the commits:
whatever is claimed then for mails whose commit is left out is false. The exit code is 1 when more
than 0.2 % of the sure claims are wrong or less is found than the project wants.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from random import Random

from bench.landed_commits import Branch
from bench.landed_mail import PatchMail, read_patches
from bench.landed_peers import hash_claims, ty_claims
from bench.landed_score import Claim, Row, Score, read_table, say, score
from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.matching.within import Within

_WRONG = 0.002
_FOUND = {"same-patch-id": 1.0, "near": 0.99, "edited": 0.95, "heavy": 0.6}


def claims_of(
    patches: Collection[PatchPrint], index: CommitIndex, *, content_only: bool
) -> list[Claim]:
    """What the matcher claims."""
    return [
        Claim(one.message_id, one.commit, one.tier.value, one.is_sure, one.why)
        for one in match_patches(patches, index, content_only=content_only)
    ]


def say_claims(title: str, claims: Sequence[Claim], mails: Mapping[str, PatchMail]) -> None:
    """A line for each."""
    print(f"\n{title}: {len(claims)}")
    for one in claims:
        level = "sure" if one.is_sure else "candidate"
        title = mails[one.message_id].message.full_subject if one.message_id in mails else ""
        print(f"  {one.tier} {level} {one.commit[:12]} {one.message_id}")
        print(f"    {title[:90]} | {one.why}")


def say_misses(found: Score, table: Mapping[str, Row], mails: Mapping[str, PatchMail]) -> None:
    print(f"\nmissed: {len(found.missed)}")
    for one in found.missed:
        what = mails[one].message.full_subject if one in mails else "(no such patch mail)"
        print(f"  {table[one].tier} {table[one].commit[:12]} {one}\n    {what[:90]}")


def say_outside(
    found: Score, mails: Mapping[str, PatchMail], table: Mapping[str, Row], index: CommitIndex
) -> None:
    """Claims for mails that are not in the table: how many, and what they are."""
    kinds: Counter[str] = Counter()
    linked = {row.commit for row in table.values()}
    commits = index.commits({one.commit for one in found.outside})
    for one in found.outside:
        mine, theirs = mails[one.message_id].patch.print, commits[one.commit].print
        same = (mine.patch_id and mine.patch_id == theirs.patch_id) or (
            mine.lines_hash and mine.lines_hash == theirs.lines_hash
        )
        content = "the same content" if same else "other content"
        known = "a commit of the table" if one.commit in linked else "another commit"
        kinds[f"{'sure' if one.is_sure else 'candidate':9} {content}, {known}"] += 1
    print(f"\nclaims for mails outside the table: {len(found.outside)}")
    for kind, count in sorted(kinds.items()):
        print(f"  {count:4} {kind}")


def held_out(
    patches: Sequence[PatchPrint],
    index: CommitIndex,
    commits: Sequence[str],
    table: Mapping[str, Row],
    rounds: int,
    random: Random,
) -> None:
    """Claims for mails whose commits are not there."""
    asked, tiers = 0, Counter[str]()
    told: set[str] = set()
    for _ in range(rounds):
        there = {one for one in commits if random.random() < 0.5}
        gone = {one for one, row in table.items() if row.commit not in there}
        asked += len(gone)
        half = Within(index, there.intersection)
        for claim in claims_of(patches, half, content_only=True):
            if claim.message_id in gone:
                tiers[f"{claim.tier} {'sure' if claim.is_sure else 'candidate'}"] += 1
                if claim.is_sure:
                    told.add(f"  {claim.message_id} {claim.commit[:12]} {claim.tier}: {claim.why}")
    false = ", ".join(f"{count} {tier}" for tier, count in sorted(tiers.items())) or "none"
    print(f"\nwithout half of the commits, {asked} mails whose commit is gone; claimed: {false}")
    print("\n".join(sorted(told)))


def say_peers(
    read: Sequence[PatchMail], branch: Branch, table: Mapping[str, Row], index: CommitIndex
) -> None:
    """Patchwork's hash and b4's matching on the same mails and commits."""
    for name, method in (("Patchwork's hash", hash_claims), ("b4 ty", ty_claims)):
        start = time.perf_counter()
        found = score(method(read, branch), table)
        print(f"\n{name}: {time.perf_counter() - start:.1f} s")
        say(found)
        say_outside(found, {one.message.message_id: one for one in read}, table, index)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path, nargs="+")
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--ref", default="HEAD")
    parser.add_argument("--content-only", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--held-out", type=int, default=0, metavar="N")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table = read_table(options.truth)
    start = time.perf_counter()
    read = read_patches(options.mbox)
    mails = {one.message.message_id: one for one in read}
    print(f"{len(read)} patch mails read in {time.perf_counter() - start:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        branch = Branch(options.repo, options.ref)
        start = time.perf_counter()
        index = branch.index(Path(folder) / "commits.sqlite")
        print(f"{index.count()} commits indexed in {time.perf_counter() - start:.1f} s")
        start = time.process_time()
        patches = [one.patch for one in read]
        claims = claims_of(patches, index, content_only=options.content_only)
        taken = time.process_time() - start
        print(f"matched in {taken:.1f} s of processor, {taken / len(read) * 1000:.2f} ms a patch\n")
        found = score(claims, table)
        say(found)
        say_claims("wrong", found.wrong, mails)
        say_misses(found, table, mails)
        say_outside(found, mails, table, index)
        random = Random(options.seed)
        if options.sample:
            some = sorted(found.outside, key=lambda one: one.message_id)
            some = random.sample(some, min(options.sample, len(some)))
            say_claims("a sample of these", some, mails)
        if options.held_out:
            held_out(patches, index, branch.commits(), table, options.held_out, random)
        if options.peers:
            say_peers(read, branch, table, index)
        index.close()
    return int(not _is_enough(found))


def _is_enough(found: Score) -> bool:
    if found.wrong_sure > _WRONG * found.sure_claims:
        return False
    for tier, least in _FOUND.items():
        right = found.sure[tier] + (found.candidate[tier] if least < 1 else 0)
        if right < least * found.total[tier]:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
