# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``check`` needs: rules, a profile, a repository, and the index where there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.profile_choice import choose_profile
from maintainer_kit.adapters.profiles import load_profile
from maintainer_kit.adapters.settings import read_entries
from maintainer_kit.checks.catalogue import all_rules, find_rule, message_rules
from maintainer_kit.checks.engine import Context
from maintainer_kit.checks.profile import Profile, check_types
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from maintainer_kit.config import Settings, read_settings
from maintainer_kit.errors import NotFound, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People, read_mailmap
from maintainer_kit.workflow.check import Judge, is_current
from maintainer_kit.workflow.list_settings import list_profiles, said_of

if TYPE_CHECKING:  # a hook has no time for what it does not need
    from maintainer_kit.checks.foreign import Tool
    from maintainer_kit.checks.report import Unchecked
    from maintainer_kit.model.maintainers.maintainers import Maintainers
    from maintainer_kit.workflow.foreign import Judged, Progress
    from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class CheckWish:
    """What the user asked for."""

    repository: Path | None = None
    """Where to look for a repository; None for the directory he is in."""
    base: str = ""
    profile: str = ""
    only: Sequence[str] = ()
    """Rules to ask, by id or by checkpatch's name; all when empty."""
    skip: Sequence[str] = ()
    tools: bool | None = None
    """Whether other checkers are run, those of the repository included; None as the settings say.
    """
    assumed: str = ""
    """What the patches were made on, where no base is named."""


@dataclass
class Checkroom:
    """A repository, when there is one, and the settings."""

    wish: CheckWish
    settings: Settings
    facts: GitFacts | None
    """None outside of a repository."""
    background: Callable[[Series], Series] = field(default=lambda series: series)
    """Adds what the index knows of a series."""
    comment: str = "#"
    """What git takes for a comment in a message."""
    _profiles: dict[frozenset[str], tuple[Profile, str]] = field(default_factory=dict)
    _judges: dict[str, Judge] = field(default_factory=dict)
    """By name of the profile: a repository and a user have one of each name."""

    def profile(self, lists: Collection[str] = ()) -> tuple[Profile, str]:
        """The profile, and why it is that one."""
        key = frozenset(lists)
        if key not in self._profiles:
            self._profiles[key] = self._choose(lists)
        return self._profiles[key]

    def _choose(self, lists: Collection[str]) -> tuple[Profile, str]:
        if not self.wish.profile and self.settings.list_profile:
            names = [one.lower().replace("@", ".") for one in lists]
            if pair := said_of(list_profiles(self.settings), names):
                return load_profile(pair[1]), f"mkit.listProfile of {pair[0]}"
        found = choose_profile(self.wish.profile, self.settings.profile, self.facts, tuple(lists))
        return found.profile, found.reason

    def judge(self, lists: Collection[str] = ()) -> tuple[Judge, str]:
        """Who checks what was posted to these lists, and why by that profile."""
        profile, reason = self.profile(lists)
        if profile.name not in self._judges:
            rules = chosen_rules(self.wish.only, self.wish.skip)
            check_types(profile, rules)
            judge = Judge(rules, profile, self._context, lambda series: self.background(series))
            self._judges[profile.name] = judge
        return self._judges[profile.name], reason

    def learn_from(self, stores: Stores) -> None:
        """Let the index say what it knows of each series, if this mkit has read it."""
        from maintainer_kit.workflow.background import with_background
        from maintainer_kit.workflow.waiting import Waiting

        if is_current(stores):
            waiting = Waiting(stores)
            self.background = lambda series: with_background(stores, series, waiting)

    def judge_of_message(self) -> tuple[Judge, str]:
        """Who checks a commit message in the making; what has nothing to say of one is not even
        imported."""
        profile, reason = self.profile()
        context = Context(self.facts, None, self._people, self.comment)
        return Judge(message_rules(), profile, context), reason

    @cached_property
    def tools(self) -> tuple[Tool, ...]:
        """Other checkers that are there and may be run."""
        from maintainer_kit.adapters.tool_choice import choose_tools

        return choose_tools(self.settings, self.facts, self.wish.tools)

    def ask_tools(
        self, judged: Sequence[Judged], progress: Progress
    ) -> tuple[list[Judged], list[Unchecked]]:
        """Add what other checkers say; and which of them failed."""
        if not judged or not self.tools:
            return list(judged), []
        from maintainer_kit.adapters.foreign_tools import ForeignTools
        from maintainer_kit.workflow.foreign import ask_tools

        top = self.facts.layout.top if self.facts else None
        return ask_tools(judged, self.tools, ForeignTools(repository=str(top or "")), progress)

    @cached_property
    def _context(self) -> Context:
        if self.facts is None:
            return Context()
        return Context(self.facts, self.maintainers, self._people, self.comment)

    @property
    def _people(self) -> People:
        mailmap = self.facts.project_file(".mailmap") if self.facts else None
        return read_mailmap(mailmap) if mailmap else NO_MAILMAP

    @cached_property
    def maintainers(self) -> Maintainers | None:
        """Who looks after the files of the repository; None where it does not say so."""
        from maintainer_kit.wiring.project_maintainers import project_maintainers

        return project_maintainers(self.facts) if self.facts else None


@contextmanager
def open_checkroom(wish: CheckWish) -> Iterator[Checkroom]:
    """Find settings and repository; a place that is no repository is one only where none is asked
    for."""
    settings = read_settings(read_entries(find_home().settings))
    with ExitStack() as stack:
        found = GitFacts(wish.repository, wish.base, assumed=wish.assumed)
        facts: GitFacts | None = stack.enter_context(found)
        try:
            assert facts is not None
            _ = facts.layout
        except RepositoryError:
            # A base may be one in the tree of a list: see trees.py.
            if wish.repository is not None or (wish.base and not settings.list_tree):
                raise
            facts = None
        yield Checkroom(wish, settings, facts)


@contextmanager
def open_repository(wish: CheckWish) -> Iterator[tuple[Checkroom, GitFacts]]:
    """The same where there must be a repository. Raises RepositoryError outside of one."""
    with open_checkroom(wish) as room:
        if room.facts is None:
            raise RepositoryError("this is no git repository", "cd REPOSITORY")
        yield room, room.facts


def chosen_rules(only: Sequence[str], skip: Sequence[str]) -> tuple[Rule, ...]:
    """All rules, or those that are named, without others that are. Raises NotFound."""
    wanted = [rule_named(name).id for name in only]
    unwanted = {rule_named(name).id for name in skip}
    rules = [one for one in all_rules() if not wanted or one.id in wanted]
    return tuple(one for one in rules if one.id not in unwanted)


def rule_named(name: str) -> Rule:
    """A rule by its id or checkpatch's name. Raises NotFound, with what was near."""
    rule = find_rule(name)
    if rule is None:
        from difflib import get_close_matches

        near = get_close_matches(name, [one.id for one in all_rules()], n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "mkit check --explain all"
        raise NotFound(f"there is no rule {name}", hint)
    return rule
