# SPDX-License-Identifier: GPL-2.0-or-later
"""All complete series of an mbox as mkit groups them beside ``b4 am -m`` on the same mail.

    python -m bench.series_beside_b4 MBOX --b4-python PYTHON [--json] [--trailers]

Each series that either tool sees as complete is one question: which patches, in which order, does
``b4 am -m MBOX -v REVISION MESSAGE-ID`` write, and which ones has mkit? b4's own command runs for
each, in a process of its own, forked from one that has b4 loaded; it gets the mails that References
connect with the asked one, which are all that it would take out of the whole mbox. Review trailers
that each would add are compared as well (--trailers lists them).
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.b4_process import B4
from bench.postings import REVIEWS, Mkit, Posting, Trailers
from bench.threads import Threads, header_ids

_GIVEN = re.compile(r"^([A-Za-z][A-Za-z-]*-by):\s*(.*?<?([^\s<>]+@[^\s<>]+?)>?)\s*(?:#.*)?$")
_MISSING = re.compile(r"ERROR: missing \[")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question and both answers."""

    asked: str
    subject: str
    mkit: Posting | None
    b4: Posting | None
    note: str = ""

    @property
    def equal(self) -> bool:
        return bool(self.mkit and self.b4 and self.mkit.patches == self.b4.patches)


@dataclass(frozen=True, slots=True)
class Question:
    """What ``b4 am`` is asked, and what its library said about the same before."""

    asked: str
    revision: int
    mbox: str
    seen: dict[str, Any] | None


def _questions(mkit: Mkit, threads: Threads, seen: Iterable[dict[str, Any]]) -> list[Question]:
    """All that either tool has complete, by the first patch; the same one is asked for once."""
    by_patch = {one["asked"]: one for one in seen}
    wanted = {one["asked"]: 1 for one in by_patch.values() if one["complete"] and one["is_first"]}
    for revision in mkit.complete():
        first = revision.series.patches[0]
        assert first is not None
        wanted.setdefault(first.message_id, revision.series.revision)
    found = []
    for asked, number in wanted.items():
        known = by_patch.get(asked)
        file = threads.file_of(asked)
        found.append(Question(asked, known["revision"] if known else number, str(file), known))
    return found


def _own_trailers(text: str) -> set[tuple[str, str]]:
    found = (_GIVEN.match(line) for line in text.split("\n"))
    return {(one[1].lower(), one[3].lower()) for one in found if one}


def _written(path: str, mkit: Mkit) -> tuple[tuple[str, ...], dict[str, Trailers]]:
    """Patches that ``b4 am`` wrote, and the review trailers it put into each."""
    patches: list[str] = []
    added: dict[str, Trailers] = {}
    for piece in re.split(
        rb"^From git@z Thu Jan  1 00:00:00 1970\n", Path(path).read_bytes(), flags=re.M
    ):
        if not piece:
            continue
        head, _, body = piece.partition(b"\n\n")
        ids = list(header_ids(head + b"\n\n"))
        message = body.decode("utf-8", "replace").partition("\n---\n")[0]
        patches.append(ids[0])
        known = mkit.messages.get(ids[0])
        own = {(one.name.lower(), one.giver) for one in known.trailers} if known else set()
        new = {one for one in _own_trailers(message) - own if one[0] in REVIEWS}
        added[ids[0]] = tuple(sorted(new))
    return tuple(patches), added


def _verdict(question: Question, answer: dict[str, Any], mkit: Mkit) -> Verdict:
    seen = question.seen or {}
    ours = mkit.posting(question.asked, view=bool(seen.get("partial")))
    theirs = None
    note = ""
    if answer["mbox"]:
        patches, added = _written(answer["mbox"], mkit)
        theirs = Posting(patches, question.revision, seen.get("cover", ""), added)
        if _MISSING.search(answer["log"]):
            note = "b4: incomplete"
    else:
        note = "b4: " + (answer["log"].strip().splitlines() or ["nothing"])[-1][:100]
    subject = mkit.subject(question.asked)
    return Verdict(question.asked, subject, ours, theirs, note)


def compare(path: Path, python: str) -> list[Verdict]:
    """Ask both tools about every series of an mbox."""
    mkit = Mkit(path)
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        threads = Threads([path], base)
        b4 = B4(python, base)
        files = [{"mbox": str(file)} for file in threads.files.values()]
        seen = [one for answer in b4.ask("sees", files) for one in answer]
        questions = _questions(mkit, threads, seen)
        requests = [
            {"mbox": q.mbox, "asked": q.asked, "revision": q.revision, "outdir": f"{base}/am{at}"}
            for at, q in enumerate(questions)
        ]
        answers = b4.ask("am", requests)
        pairs = zip(questions, answers, strict=True)
        return [_verdict(question, answer, mkit) for question, answer in pairs]


def _describe(posting: Posting | None) -> str:
    if posting is None:
        return "nothing"
    cover = "with" if posting.cover else "without"
    return f"v{posting.revision} {cover} cover, {len(posting.patches)}: {' '.join(posting.patches)}"


def _print(verdicts: Sequence[Verdict], *, trailers: bool) -> None:
    for one in verdicts:
        if not one.equal or one.note:
            print(f"different {one.asked} {one.subject!r} {one.note}")
            print(f"  mkit {_describe(one.mkit)}\n  b4   {_describe(one.b4)}")
    counts: Counter[str] = Counter()
    for one in verdicts:
        if not one.equal or not one.mkit or not one.b4:
            continue
        counts["revision"] += one.mkit.revision == one.b4.revision
        counts["cover"] += one.mkit.cover == one.b4.cover
        if one.mkit.cover != one.b4.cover:
            print(f"cover of {one.asked} {one.subject!r}")
            print(f"  mkit {one.mkit.cover or 'none'}\n  b4   {one.b4.cover or 'none'}")
        for patch in one.mkit.patches:
            ours, theirs = one.mkit.added.get(patch, ()), one.b4.added.get(patch, ())
            counts["patches"] += 1
            counts["trailers"] += ours == theirs
            if trailers and ours != theirs:
                only = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
                print(f"trailers {patch}\n  only mkit {only[0]}\n  only b4   {only[1]}")
    equal = sum(one.equal and not one.note for one in verdicts)
    print(f"{len(verdicts)} complete series: {equal} equal sets of patches,", end=" ")
    print(f"{len(verdicts) - equal} different")
    print(f"of the equal ones: {counts['revision']} with the same revision,", end=" ")
    print(f"{counts['cover']} with the same cover letter;")
    print(f"of their {counts['patches']} patches {counts['trailers']} get the same review trailers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path)
    parser.add_argument("--b4-python", required=True, help="an interpreter that has b4")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--trailers", action="store_true", help="list those that differ")
    options = parser.parse_args()
    verdicts = compare(options.mbox, options.b4_python)
    if options.json:
        print(json.dumps({"schema": 1, "series": [asdict(one) for one in verdicts]}, indent=1))
    else:
        _print(verdicts, trailers=options.trailers)


if __name__ == "__main__":
    main()
