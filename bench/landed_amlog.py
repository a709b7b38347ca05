# SPDX-License-Identifier: GPL-2.0-or-later
"""Judge the matcher by git.git's own record of which mail became which commit.

    python -m bench.landed_amlog REPO [--ref master] [--index FILE] [--others N] [--list N]
        [--held-out N]

REPO is a clone of git.git with ``refs/notes/amlog`` and ``refs/pull/*/head``. GitGitGadget puts the
id of the commit that it mails into the Message-ID, and the notes keep that of each commit of the
branch: where both commits are at hand there is a pair that nobody guessed. N other commits of pull
requests that are not in the branch are made into mails too: older revisions, and what never landed,
are among them. What is claimed for a mail of a pair must be its commit.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from random import Random

from bench.landed_commits import Branch
from bench.landed_mail import PatchMail, read_patches
from bench.landed_score import Claim, Row, say, score
from bench.landed_truth import claims_of, held_out
from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS

_NOTES = "refs/notes/amlog"
_MAILED = re.compile(rb"\b([0-9a-f]{40})\.\d+\.git\.gitgitgadget@gmail\.com")
_HEAD = (
    "From %H Mon Sep 17 00:00:00 2001%nFrom: %an <%ae>%nDate: %cD%n"
    "Message-ID: <%H@commits.example>%nSubject: [PATCH] %s%n%n%b%n---%n"
)


def _fed(branch: Branch, stdin: str, *argv: str) -> bytes:
    command = ["git", "-C", str(branch.repo), *argv]
    return subprocess.run(command, input=stdin.encode(), capture_output=True, check=True).stdout


def pairs(branch: Branch, there: Collection[str]) -> dict[str, str]:
    """By commit that was mailed the commit of the branch that it became."""
    listed = branch.git("notes", f"--ref={_NOTES}", "list").decode().split()
    notes = {commit: note for note, commit in zip(listed[::2], listed[1::2], strict=True)}
    wanted = [commit for commit in notes if commit in there]
    text = "".join(f"{notes[commit]}\n" for commit in wanted)
    data = _fed(branch, text, "cat-file", "--batch")
    found, at = {}, 0
    for commit in wanted:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        mailed = _MAILED.findall(data[end + 1 : end + 1 + size])
        if len(mailed) == 1 and mailed[0].decode() not in there:
            found[mailed[0].decode()] = commit
        at = end + size + 2
    text = "".join(f"{one}\n" for one in found)
    told = _fed(branch, text, "cat-file", "--batch-check").decode().split("\n")
    present = {line.split()[0] for line in told if " commit " in line}
    return {mailed: landed for mailed, landed in found.items() if mailed in present}


def pulled(branch: Branch) -> list[str]:
    """Commits of pull requests that are not in the branch, merges left out."""
    argv = ("rev-list", "--no-merges", "--glob=refs/pull/*", f"^{branch.ref}")
    return branch.git(*argv).decode().split()


def mails_of(branch: Branch, commits: Sequence[str], file: Path) -> list[PatchMail]:
    """Commits as mails, as git format-patch would write them; without those that lack objects."""
    data = b"".join(_log(branch, commits))
    file.write_bytes(re.sub(rb"\n+(From [0-9a-f]{40} Mon Sep 17)", rb"\n\n\1", data))
    return read_patches([file])


def _log(branch: Branch, commits: Sequence[str]) -> Iterator[bytes]:
    """In portions, halved where git fails."""
    text = "".join(f"{one}\n" for one in commits)
    argv = (*CONFIG, "log", "--stdin", "--no-walk=unsorted", f"--format={_HEAD}", *OPTIONS)
    try:
        yield _fed(branch, text, *argv)
    except subprocess.CalledProcessError:
        half = len(commits) // 2
        for some in (commits[:half], commits[half:]) if half else ():
            yield from _log(branch, some)


def say_outside(claims: Collection[Claim], table: dict[str, Row], mails: int) -> None:
    outside = [one for one in claims if one.message_id not in table]
    kinds = Counter(f"{one.tier} {'sure' if one.is_sure else 'candidate'}" for one in outside)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"claims for the other {mails - len(table)} mails: {len(outside)}: {told}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repo", type=Path)
    parser.add_argument("--ref", default="master")
    parser.add_argument("--index", type=Path, help="an index of the ref that is there")
    parser.add_argument("--others", type=int, default=3000)
    parser.add_argument("--held-out", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", type=int, default=0, help="so many wrong and missed ones")
    options = parser.parse_args()
    branch = Branch(options.repo, options.ref)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        start = time.perf_counter()
        file = options.index or place / "commits.sqlite"
        index = SqliteCommitIndex(file) if file.exists() else branch.index(file)
        print(f"{index.count()} commits indexed in {time.perf_counter() - start:.1f} s")
        known = pairs(branch, set(branch.commits()))
        others = sorted(set(pulled(branch)).difference(known))
        sample = Random(options.seed).sample(others, min(options.others, len(others)))
        commits = [*known, *sample]
        read = mails_of(branch, commits, place / "mails.mbox")
        ids = {one.message.message_id for one in read}
        table = {
            f"{mailed}@commits.example": Row(landed, "amlog")
            for mailed, landed in known.items()
            if f"{mailed}@commits.example" in ids
        }
        print(f"{len(read)} mails of pull requests, {len(table)} of them with a known commit")
        start = time.process_time()
        claims = claims_of([one.patch for one in read], index, content_only=True)
        taken = (time.process_time() - start) / len(read) * 1000
        print(f"matched, {taken:.2f} ms of processor a patch")
        found = score(claims, table)
        say(found)
        say_outside(claims, table, len(read))
        for claim in found.wrong[: options.list]:
            level = "sure" if claim.is_sure else "candidate"
            right = table[claim.message_id].commit[:12]
            print(
                f"  wrong: {claim.message_id[:12]} {level} {claim.tier}: {claim.commit[:12]}, not "
                f"{right}: {claim.why}"
            )
        for name in found.missed[: options.list]:
            print(f"  missed: {name[:12]} {table[name].commit[:12]}")
        if options.held_out:
            patches = [one.patch for one in read if one.message.message_id in table]
            random = Random(options.seed)
            held_out(patches, index, branch.commits(), table, options.held_out, random)
        index.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
