# SPDX-License-Identifier: GPL-2.0-or-later
"""Which profile a repository or a mail is to be checked by, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from maintainer_kit.adapters.git.checking.config import Config
from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.adapters.profiles import (
    GENERIC,
    OF_REPOSITORY,
    detections,
    load_profile,
    over,
    wanted_by,
)
from maintainer_kit.checks.profile import Detect, Profile
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line

_URL = lazy_pattern(r"remote\.(?P<remote>.*)\.(?:push)?url")


@dataclass(frozen=True, slots=True)
class Choice:
    """A profile, and in a few words why this one."""

    profile: Profile
    reason: str


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One thing that profiles may be known by, and whether one is."""

    fits: Callable[[Detect], bool]
    words: Callable[[Detect], str]


def choose_profile(
    given: str = "",
    setting: str = "",
    repository: GitFacts | None = None,
    addresses: Sequence[str] = (),
) -> Choice:
    """The profile to go by: what the command line says, the repository's own git configuration,
    its ``.mkit.toml``, the user's setting ``mkit.profile``; else what a mail's lists, the
    remotes, or the files of the repository are known for; else generic.

    ``addresses`` are those that a mail went to. ``.mkit.toml`` may change rules of whichever
    profile it is, unless one was given on the command line. Raises NotFound, ConfigError, and
    RepositoryError where there is no repository.
    """
    if given:
        return Choice(load_profile(given), "as asked")
    text = repository.project_file(OF_REPOSITORY) if repository else None
    config = repository.config if repository else {}
    own = config.get("mkit.profile", [("", "")])[-1]
    if own[0] in ("local", "worktree") and own[1]:
        name, reason = own[1], "mkit.profile of the repository"
    elif text is not None and (wanted := wanted_by(text)):
        name, reason = wanted, OF_REPOSITORY
    elif setting:
        name, reason = setting, "mkit.profile"
    else:
        name, reason = _detect(_evidence(repository, config, addresses))
    profile = load_profile(name)
    return Choice(over(text, profile) if text is not None else profile, reason)


def _detect(evidence: Iterable[_Evidence]) -> tuple[str, str]:
    """The profile that the first evidence speaks for; where it speaks for several, the closest
    that they all inherit from."""
    known = detections()
    for one in evidence:
        fitting = {name: at for name, at in known.items() if one.fits(at[0])}
        if fitting:
            name = _common([lineage for _, lineage in fitting.values()])
            if name in fitting:
                return name, one.words(fitting[name][0])
            return name, f"{_listed(sorted(fitting))} fit equally well"
    return GENERIC, "nothing says otherwise"


def _common(lineages: Sequence[tuple[str, ...]]) -> str:
    """The nearest profile that is in all lineages, where one that others build on is passed over
    for those: netdev for kernel and netdev, kernel for netdev and drm."""
    leaves = [one for one in lineages if not any(one[0] in other[1:] for other in lineages)]
    shared = [name for name in leaves[0] if all(name in other for other in leaves)]
    return shared[0] if shared else GENERIC


def _evidence(
    repository: GitFacts | None,
    config: Config,
    addresses: Sequence[str],
) -> Iterable[_Evidence]:
    """What there is to go by, the most telling first."""
    lists = {one.lower() for one in addresses if "@" in one}
    yield _of_lists(lists)
    yield _of_lists({f"@{one.rpartition('@')[2]}" for one in lists})
    if repository is None:
        return
    for urls in _remotes(repository, config):
        yield _of_remotes(urls)
    there = _Existing(repository)
    yield _Evidence(
        lambda detect: bool(detect.files) and all(there(one) for one in detect.files),
        lambda detect: f"{_listed(detect.files)} {'are' if len(detect.files) > 1 else 'is'} there",
    )


def _of_lists(lists: set[str]) -> _Evidence:
    def found(detect: Detect) -> list[str]:
        return [one for one in detect.lists if one.lower() in lists]

    return _Evidence(lambda d: bool(found(d)), lambda d: f"it went to {found(d)[0].lstrip('@')}")


def _of_remotes(urls: Sequence[str]) -> _Evidence:
    def found(detect: Detect) -> list[str]:
        return [url for url in urls for one in detect.remotes if re.search(one, url)]

    return _Evidence(
        lambda d: bool(found(d)), lambda d: f"the remote {visible_line(found(d)[0])[:80]}"
    )


class _Existing:
    """Whether paths are in a repository, each looked for once."""

    def __init__(self, repository: GitFacts) -> None:
        self._repository = repository
        self._known: dict[str, bool] = {}

    def __call__(self, path: str) -> bool:
        if path not in self._known:
            self._known[path] = self._repository.has_path(path)
        return self._known[path]


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _remotes(repository: GitFacts, config: Config) -> Iterable[list[str]]:
    """URLs of remotes: of the branch's own, of origin, then of all others together."""
    urls: dict[str, list[str]] = {}
    for key, values in config.items():
        if found := _URL.fullmatch(key):
            urls.setdefault(found["remote"], []).extend(value for _, value in values)
    branch = repository.branch
    upstream = config.get(f"branch.{branch}.remote", [("", "")])[-1][1] if branch else ""
    for name in dict.fromkeys((upstream, "origin")):
        if name in urls:
            yield urls.pop(name)
    if urls:
        yield [url for some in urls.values() for url in some]
