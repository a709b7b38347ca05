# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom mkit would mail beside whom the tree's own script would, patch by patch.

    python -m bench.recipients_beside_get_maintainer TREE PATCH... [--limit N] [--quiet]

TREE holds MAINTAINERS and scripts/get_maintainer.pl. PATCH is a patch, an mbox (each mail with a
diff in it, its text decoded) or a directory of either. Both read the same bytes; the script runs
with --no-git --no-git-fallback --no-fixes. Equal is: the same addresses, names and roles. Perl's
hashes have no order, and with them the script has none among sections of one depth: where the two
differ, it runs again with other seeds, and a run that agrees is counted apart.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.mailmap import NO_MAILMAP
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.gathering import tree_people
from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.model.maintainers.recipients import files_to_read, find_recipients
from maintainer_kit.model.maintainers.touched import read_touched
from maintainer_kit.workflow.ports import BrokenMail

OPTIONS = ("--no-git", "--no-git-fallback", "--no-fixes", "--no-rolestats", "--roles")
SEEDS = range(8)
_ADDRESS = re.compile(r"(?:.*<)?([^<>()\s]*)>? \(")
_KEYWORD = re.compile(r":Keyword:.*(?=\))")
"""Newer scripts add to a role which word they found."""
_HEADERS = ("From", "To", "Cc", "Subject", "Date", "Message-ID")


Lines = frozenset[str]
"""What the script prints: ``NAME <ADDRESS> (ROLE)``."""


@dataclass(frozen=True)
class Directories:
    """What is a directory in a tree."""

    tree: Path

    def __contains__(self, path: object) -> bool:
        return (self.tree / str(path)).is_dir()


class Script:
    """The tree's own get_maintainer.pl."""

    def __init__(self, tree: Path, options: Sequence[str] = OPTIONS) -> None:
        self.tree = tree
        self.options = options
        self.seconds: list[float] = []

    def ask(self, patch: Path, seed: int = 0) -> Lines:
        start = time.perf_counter()
        done = subprocess.run(
            ["perl", "scripts/get_maintainer.pl", *self.options, str(patch.resolve())],
            cwd=self.tree,
            env={**os.environ, "LC_ALL": "C", "PERL_HASH_SEED": str(seed)},
            capture_output=True,
            timeout=120,
            check=False,
        )
        self.seconds.append(time.perf_counter() - start)
        text = done.stdout.decode("utf-8", "replace")
        return frozenset(_KEYWORD.sub("", line) for line in text.splitlines())


class Ours:
    """The same question to mkit."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        start = time.perf_counter()
        text = _text(tree / "MAINTAINERS")
        self.maintainers = read_maintainers({"MAINTAINERS": text}, Directories(tree))
        self.reading = time.perf_counter() - start
        mailmap = tree / ".mailmap"
        self.people = tree_people(_text(mailmap)) if mailmap.exists() else NO_MAILMAP
        self.seconds: list[float] = []

    def ask(self, patch: Path, fixed: Sequence[Sequence[Person]] = ()) -> Lines:
        """``fixed`` are the signers of the commits that the patch mends."""
        text = _text(patch)
        start = time.perf_counter()
        touched = read_touched(text)
        files = [self.tree / path for path in files_to_read(touched.paths)]
        texts = {str(one.relative_to(self.tree)): _text(one) for one in files if one.is_file()}
        found = find_recipients(
            self.maintainers, touched, people=self.people, texts=texts, fixed=fixed
        )
        self.seconds.append(time.perf_counter() - start)
        return frozenset(f"{one.mailbox} ({one.label})" for one in found.everybody)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


@dataclass
class Tally:
    """How many answers were equal, and in what the others differ."""

    kinds: Counter[str] = field(default_factory=Counter)
    quiet: bool = False

    def count(self, kind: str) -> None:
        self.kinds[kind] += 1

    def report(self, name: str, ours: Lines, theirs: Lines) -> None:
        """Say in what two answers differ: addresses, or only names and roles."""
        same = _addresses(ours) == _addresses(theirs)
        self.count(_lesser(ours, theirs) if same else "other addresses")
        if not self.quiet:
            print(f"different: {name}")
            for mark, some in (("mkit  ", ours - theirs), ("script", theirs - ours)):
                print("".join(f"  {mark} {one}\n" for one in sorted(some)), end="")


def _addresses(lines: Lines) -> set[str]:
    return {found[1].lower() for line in lines if (found := _ADDRESS.match(line))}


def _lesser(ours: Lines, theirs: Lines) -> str:
    """In what answers with the same addresses differ."""
    mine = {line.rpartition(" (")[0] for line in ours}
    return "other roles" if mine == {line.rpartition(" (")[0] for line in theirs} else "other names"


def patches(paths: Sequence[Path], folder: Path) -> Iterator[Path]:
    """One file for each patch; those of mailboxes are written to ``folder``."""
    for path in paths:
        if path.is_dir():
            yield from patches(sorted(path.iterdir()), folder)
        elif path.name.endswith((".mbox", ".mbox.xz", ".mbox.gz")):
            yield from _mails(path, folder)
        elif path.is_file() and "\n+++ " in _text(path):
            yield path


def _mails(path: Path, folder: Path) -> Iterator[Path]:
    for number, source in enumerate(MailSource([path])):
        if isinstance(source, BrokenMail):
            continue
        mail = read_mail(source.raw)
        if "\n+++ " in mail.text and "\n> diff --git" not in mail.text:
            made = folder / f"{path.name}-{number}.patch"
            head = [f"{name}: {mail.header(name.lower())}" for name in _HEADERS]
            text = "\n".join((*head, "", mail.text))
            made.write_bytes(text.encode("utf-8", "replace"))
            yield made


def compare(script: Script, ours: Ours, patch: Path, tally: Tally) -> None:
    """Ask both about one patch."""
    mine, theirs = ours.ask(patch), script.ask(patch)
    if mine == theirs:
        tally.count("equal")
    elif any(mine == script.ask(patch, seed) for seed in SEEDS):
        tally.count("equal in another order of Perl's hashes")
    else:
        tally.report(patch.name, mine, theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree", type=Path)
    parser.add_argument("patches", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="every n-th, so that N are left")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    script, ours = Script(options.tree), Ours(options.tree)
    tally = Tally(quiet=options.quiet)
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        found = list(patches(options.patches, Path(name)))
        step = max(1, len(found) // options.limit) if options.limit else 1
        for patch in found[::step]:
            compare(script, ours, patch, tally)
    for kind, count in tally.kinds.most_common():
        print(f"{count:6d} {kind}")
    if not tally.kinds:
        sys.exit("no patch found")
    print(f"reading MAINTAINERS: {1000 * ours.reading:.0f} ms")
    for label, seconds in (("mkit", ours.seconds), ("script", script.seconds)):
        middle, most = 1000 * median(seconds), 1000 * max(seconds)
        print(f"{label}: median {middle:.2f} ms a patch, at most {most:.1f} ms")


if __name__ == "__main__":
    main()
