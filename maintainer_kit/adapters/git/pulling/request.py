# SPDX-License-Identifier: GPL-2.0-or-later
"""What a repository says of a tag or branch that others are to pull."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.adapters.git.commit_heads import read_heads
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.pulling.tag import tag_of, verify_tag
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.workflow.pull_request.facts import (
    BRANCHES,
    TAGS,
    Offer,
    Point,
    Signature,
    Trust,
    Upstream,
)

_REMOTES = "refs/remotes/"
MOST = 20_000
"""Commits of a request: nobody reads a list of more."""
STAT = ("-M", "--stat=80", "--summary", "--no-ext-diff", "--no-textconv", "--no-color")
_POINT = "--format=%H%x00%s%x00%ci%x00%ct"


def find_ref(git: Git, word: str) -> str:
    """The full name of a tag, else of a branch. Raises NotFound, and Refused for a name that git
    would take for an option when somebody pulls it."""
    shown = visible_line(word)[:80]
    short = word.removeprefix(TAGS).removeprefix(BRANCHES)
    if short.startswith("-"):
        raise Refused(f"{shown} would be an option to whoever pulls it", "give it another name")
    whole = [word] if word.startswith("refs/") else [TAGS + word, BRANCHES + word]
    for ref in whole:
        if not git.run("check-ref-format", ref).code and commit_id(git, ref):
            return ref
    raise NotFound(f"there is no tag or branch {shown} in {git.place}", "git tag --list")


def read_offer(git: Git, ref: str, upstream: str) -> Offer:
    """What is to be said of a ref, given by its full name. Raises Refused where upstream has all of
    it, or nothing in common with it."""
    tip, top = known_commit(git, ref), known_commit(git, upstream)
    bases = git.run("merge-base", "--all", top, tip).stdout.decode("ascii", "replace").split()
    shown = visible_line(upstream.removeprefix(_REMOTES).removeprefix(BRANCHES))[:80]
    if not bases:
        raise Refused(f"it has no commit in common with {shown}", "--base REV names another")
    _refuse_size(git, tip, top, shown)
    base, end, above = points(git, [bases[0], tip, top])
    tag = tag_of(git, ref)
    return Offer(
        ref=ref,
        tag=tag,
        signature=verify_tag(git, tag) if tag else Signature(Trust.NONE),
        upstream=Upstream(shown, above),
        base=base,
        tip=end,
        commits=read_heads(git, tip, f"^{top}"),
        shortlog=_text(git.output("shortlog", f"^{top}", tip, "--")),
        diffstat=stat(git, base.commit, tip),
        description=_description(git, ref),
        bases=len(bases),
    )


def stat(git: Git, old: str, new: str) -> str:
    """The diffstat of two commits or trees, as git request-pull has it."""
    return _text(git.output("diff", *STAT, old, new, "--"))


def known_commit(git: Git, name: str) -> str:
    """The full id of a commit. Raises RepositoryError where there is none of that name."""
    found = commit_id(git, name)
    if not found:
        words = f"there is no commit {visible_line(name)[:80]} in {git.place}"
        raise RepositoryError(words, "git fetch, or name another")
    return found


def has_commit(git: Git, name: str) -> bool:
    """Whether a commit is there, by hexadecimal digits."""
    return bool(commit_id(git, name))


def points(git: Git, commits: Sequence[str]) -> list[Point]:
    """Commits, by full ids, as requests name them."""
    argv = ("log", "--no-walk=unsorted", _POINT, "--encoding=UTF-8", "--no-show-signature")
    known = {}
    said = git.output(*argv, *dict.fromkeys(commits), "--")
    for line in _text(said).split("\n"):
        if len(words := line.split("\0")) == 4:
            known[words[0]] = Point(words[0], words[1], words[2], int(words[3] or 0))
    return [known[one] for one in commits]


def absent_from(git: Git, commits: Sequence[str], refs: Sequence[str], since: str) -> set[str]:
    """Those of the commits, by full ids, that none of a repository's refs hold; ``since`` is a
    commit below all of them, where the repository has it."""
    asked = "".join(f"{one}^{{commit}}\n" for one in commits).encode()
    said = git.output("cat-file", "--batch-check=%(objectname)", stdin=asked).decode().split("\n")
    there = [one for one, line in zip(commits, said, strict=False) if line == one]
    below = [f"^{since}"] if has_commit(git, since) else []
    wanted = "".join(f"{one}\n" for one in (*there, *(f"^{ref}" for ref in refs), *below))
    listed = git.output("rev-list", "--stdin", stdin=wanted.encode()).decode().split()
    return {*commits}.difference(there).union({*commits}.intersection(listed))


def _refuse_size(git: Git, tip: str, top: str, upstream: str) -> None:
    argv = ("rev-list", "--count", f"--max-count={MOST + 1}")
    count = int(git.output(*argv, tip, f"^{top}", "--") or 0)
    if not count:
        raise Refused(f"{upstream} has all of it", "--base REV names another")
    if count > MOST:
        raise Refused(f"it has more than {MOST} commits that {upstream} lacks", "--base REV")


def _description(git: Git, ref: str) -> str:
    if not ref.startswith(BRANCHES):
        return ""
    found = git.run("config", "--get", f"branch.{ref.removeprefix(BRANCHES)}.description")
    return _text(found.stdout) if not found.code else ""


def _text(raw: bytes) -> str:
    return storable(raw.decode("utf-8", "surrogateescape"))
