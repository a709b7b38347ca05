# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits: what mkit reads out of each, and which it does not know.

    python -m bench.commit_mails MBOX... [--all]

Each mail is looked at a second time with the standard library alone: a commit mail has a header
field that only such programs write, or a line ``Commit:`` or ``Commit-ID:`` with a whole id outside
of quotes. Of these, every one must name the commit that stands there and a branch; it exits with 1
where one does not. All other mail that names nothing is counted by what it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from time import process_time

from bench.plain_mail import parse_plain
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.mail.person import NOBODY
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail

_FIELDS = ("Robot-ID", "X-Git-Rev", "X-Git-Commit", "X-PR-Merge-Commit-Id")
_NAMED = re.compile(r"^Commit(?:-ID)?:[ \t]+([0-9a-f]{40})[ \t]*$", re.MULTILINE)
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One mail, as mkit has it and as it looks without mkit."""

    message: Message
    is_commit_mail: bool
    named: str
    """The commit in its text, by the second look."""

    @property
    def lacks(self) -> str:
        """What of a commit mail was not read, in words; empty when all was, or it is none."""
        if not self.is_commit_mail:
            return ""
        found = self.message.announced
        if not found:
            return "not recognised"
        if self.named and self.named not in {one.commit for one in found}:
            return "another commit than in its text"
        wanted = {"no commit": "commit", "no branch": "ref", "no tree": "tree"}
        gaps = (gap for gap, name in wanted.items() if not all(getattr(one, name) for one in found))
        return next(gaps, "")

    @property
    def form(self) -> str:
        """What kind of mail it is."""
        message = self.message
        sender = message.bot or ("a person" if message.parents else "a script or a person")
        first = message.announced[0] if message.announced else None
        if first is None:
            return f"{message.kind.value} of {sender}"
        known = ("commit", "tree", "ref", "title", "upstream", "author")
        told = ", ".join(name for name in known if getattr(first, name) not in ("", NOBODY))
        return f"{message.kind.value} of {sender}: {told}"


def judge(paths: Sequence[Path]) -> Iterator[Verdict]:
    """All mails of the files, in their order."""
    for mail in MailSource(list(paths)):
        if isinstance(mail, BrokenMail):
            continue
        head = message_from_bytes(mail.raw.partition(b"\n\n")[0] + b"\n\n")
        found = _NAMED.search(parse_plain(mail.raw).text)
        is_commit_mail = bool(found) or any(name in head for name in _FIELDS)
        message = understand(mail.raw).message
        yield Verdict(message, is_commit_mail, found[1] if found else "")


def report(verdicts: Sequence[Verdict], most: int) -> int:
    """Print the figures; 1 where a commit mail was not read whole."""
    marked = [one for one in verdicts if one.is_commit_mail]
    lacking = [one for one in marked if one.lacks]
    print(
        f"{len(verdicts)} mails, {len(marked)} of them commit mails, {len(lacking)} not read whole"
    )
    named = sum(len(one.message.announced) for one in verdicts)
    print(f"{named} commits or queued patches are named, by these forms:")
    for form, count in Counter(one.form for one in verdicts if one.message.announced).most_common():
        print(f"  {count:6}  {form}")
    _list("commit mails not read whole", [(one.lacks, one) for one in lacking], len(lacking))
    _list(
        "mails that announce nothing",
        [(one.form, one) for one in verdicts if not one.message.announced],
        most,
    )
    return 1 if lacking else 0


def _list(title: str, found: Sequence[tuple[str, Verdict]], most: int) -> None:
    print(f"{title}: {len(found)}")
    for reason, count in Counter(reason for reason, _ in found).most_common():
        print(f"  {count:6}  {reason}")
        some = [one.message for why, one in found if why == reason]
        for message in some[:most]:
            print(f"          {message.message_id}  {message.full_subject[:90]!r}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("mbox", nargs="+", type=Path)
    parser.add_argument(
        "--all", action="store_true", help="list every mail, not a few of each kind"
    )
    given = parser.parse_args()
    start = process_time()
    verdicts = list(judge(given.mbox))
    code = report(verdicts, len(verdicts) if given.all else _EXAMPLES)
    print(f"{process_time() - start:.1f} s of processor time, both looks")
    return code


if __name__ == "__main__":
    sys.exit(main())
