# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample mail: where it is installed, and the home that the demo makes of it."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.git.repository import create_from_stream
from maintainer_kit.adapters.settings import add_value, set_value
from maintainer_kit.errors import NotFound, Refused, StateError

_MARK = "demo"
_SETTINGS = """\
# The demo's own settings; git config --file FILE mkit.NAME VALUE changes them.
[mkit]
	me = robin@lumen.example
	list = pebblefs@lists.lumen.example
	list = wick@lists.lumen.example
	replyTo = drafts
	signOff = on
	test = whitespace each git show --check --format= $MKIT_COMMIT
[user]
	name = Robin Maintainer
	email = robin@lumen.example
[sendemail]
	from = Robin Maintainer <robin@lumen.example>
"""


_BRANCHES = {
    "master": "mainline",
    "next": "next",
    "for-next": "queued",
    "fixes": "queued",
    "wick-next": "queued",
    "progs": "mainline",
    "tip": "other",
}
"""What the branches of the repository stand for; the tools live in one of their own."""


def sample_directory() -> Path:
    """Inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    for place in (package / "_data" / "sample_mboxes", package.parent / "sample_mboxes"):
        if (place / "clock.txt").is_file():
            return place
    raise NotFound(
        "the sample mail is not installed", "install mkit from its own wheel or checkout"
    )


def sample_clock() -> str:
    """The last day of the sample, ISO 8601."""
    return (sample_directory() / "clock.txt").read_text(encoding="ascii").strip()


def sample_mboxes() -> list[Path]:
    return sorted(sample_directory().glob("*.mbox"))


def prepare_demo_home(root: Path) -> None:
    """A directory with settings and the repository; an existing one must be a demo's own."""
    mark = root / _MARK
    try:
        if root.exists() and any(root.iterdir()) and not mark.exists():
            raise Refused(
                f"{root} is not empty, and no demo's home", "mkit demo --home NEW-DIRECTORY"
            )
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch()
        repository = root / "lumen.git"
        if not repository.exists():
            create_from_stream(repository, sample_directory() / "repository.fi")
        if not (root / "config").exists():
            temporary = root / "config.new"
            temporary.write_text(_SETTINGS, encoding="utf-8")
            # git quotes what needs quoting in a path.
            set_value(temporary, "mkit.repository", str(repository))
            for branch, role in _BRANCHES.items():
                add_value(temporary, "mkit.ref", f"{repository} {branch} {role}")
            temporary.rename(root / "config")
    except OSError as error:
        raise StateError(f"{root}: {error.strerror}", "mkit demo --home DIRECTORY") from error
