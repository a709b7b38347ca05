# SPDX-License-Identifier: GPL-2.0-or-later
"""What tracking works on: lei, a spool and notes in mkit's home, one run at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.lei.lei import Lei
from maintainer_kit.adapters.lei.notes import TrackNotes
from maintainer_kit.adapters.lei.spool import TrackSpool
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import LEI_ALL, LEI_OFF
from maintainer_kit.errors import Busy, ConfigError, NotFound, Refused
from maintainer_kit.model.message.archive_place import NoPlace, read_archive
from maintainer_kit.wiring.maintainers_known import known_maintainers
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.pulling.places import list_archives, usual_archive
from maintainer_kit.workflow.pulling.pull import Pull
from maintainer_kit.workflow.track_terms import section_terms
from maintainer_kit.workflow.tracking import Tracked, Tracking, pull_tracked, users_own

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.config import Settings
    from maintainer_kit.wiring.workspace import Workspace

_WAIT = 10.0


def tracked_searches(workspace: Workspace) -> list[Tracked]:
    """What is tracked, by name; lei is not asked."""
    return list(TrackNotes(workspace.home.root).all().values())


@contextmanager
def open_tracking(workspace: Workspace, pull: Pull, shown: Progress) -> Iterator[Tracking]:
    """``shown`` is told how many mails lei has brought. Raises Busy while another mkit is at it."""
    home = workspace.home.root
    spool = TrackSpool(home)
    with file_lock(home / "track.lock", _WAIT) as mine:
        if not mine:
            raise Busy("another mkit repeats the searches", "run it again when that one is done")

        def came() -> int:
            count = sum(spool.count(name) for name in notes.all())
            shown.advance(count)
            return count

        notes = TrackNotes(home)
        yield Tracking(pull, Lei(home, came), spool, notes)


def repeat_searches(
    workspace: Workspace, pull: Pull, shown: Progress, *, again: bool, asked: bool
) -> bool:
    """What ``pull --tracked``, or ``pull`` alone, does by the settings; whether there was anything
    to do. Raises what ``pull_tracked`` raises."""
    setting = workspace.stores.settings.lei
    if setting == LEI_OFF:
        if asked:
            raise Refused("mkit.lei is off", "git config --global mkit.lei tracked")
        return False
    if setting != LEI_ALL and not tracked_searches(workspace):
        return False
    with open_tracking(workspace, pull, shown) as tracking:
        root = str(workspace.database.mail_root)
        others = users_own(tracking, root) if setting == LEI_ALL else []
        pull_tracked(tracking, again=again, others=others)
    return True


def named_places(words: Sequence[str], settings: Settings, lists: Sequence[str]) -> tuple[str, ...]:
    """Archives to search: those that are named, else those of the lists by the settings, else the
    usual one. Raises Refused."""
    if words:
        return tuple(dict.fromkeys(map(_place, words)))
    known = list_archives(settings)
    archives = [known.get(one.partition("@")[0].lower(), "") for one in lists]
    found = archives if archives and all(archives) else [usual_archive(settings)]
    return tuple(f"{one}/" for one in dict.fromkeys(found))


def _place(word: str) -> str:
    if "://" in word:
        try:
            return f"{read_archive(word)}/"
        except NoPlace as error:
            raise Refused(f"--from: {error}", "--from https://HOST/LIST/") from error
    path = Path(absolute_path(word))
    if not path.is_dir():
        raise Refused(f"--from: {word!r} is no directory", "--from URL, or the clone of an archive")
    return str(path)


def named_section(settings: Settings, name: str) -> tuple[str, tuple[str, ...]]:
    """The title of a section of MAINTAINERS, and what finds its mail. Raises NotFound."""
    if not settings.repository:
        raise ConfigError(
            "no repository is known whose MAINTAINERS to read",
            "git config --global --add mkit.repository DIR",
        )
    wanted = name.strip().lower()
    sections = [(one, each) for each in known_maintainers(settings) for one in each.sections]
    exact = [pair for pair in sections if pair[0].title.lower() == wanted]
    found = exact or [pair for pair in sections if wanted and wanted in pair[0].title.lower()]
    titles = list(dict.fromkeys(section.title for section, _ in found))
    if len(titles) != 1:
        like = "; ".join(titles[:5])
        few = f"{len(titles)} sections are named like {name!r}" if titles else "no such section"
        raise NotFound(f"--section: {few}", like or "the title, as MAINTAINERS has it")
    section, among = found[0]
    return section.title, section_terms(section, among.sections)
