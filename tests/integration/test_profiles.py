# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles: what mkit ships, what a user adds, and which one a repository or a mail is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.adapters.profile_choice import Choice, choose_profile
from maintainer_kit.adapters.profiles import SHIPPED, detections, load_profile, names
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules.subject import subject_full_stop
from maintainer_kit.errors import ConfigError, NotFound
from tests.integration.repositories import Work
from tests.integration.test_patch_id import git

PARENTS = {"netdev": "kernel", "tip": "kernel", "stable": "kernel", "drm": "kernel"}
LISTS = {
    "git@vger.kernel.org": "git",
    "netdev@vger.kernel.org": "netdev",
    "NetDev@VGER.kernel.org": "netdev",
    "linux-kernel@vger.kernel.org": "kernel",
    "linux-erofs@lists.ozlabs.org": "kernel",
    "linux-doc@vger.kernel.org": "kernel",
    "dri-devel@lists.freedesktop.org": "drm",
    "mesa-dev@lists.freedesktop.org": "generic",
    "qemu-devel@nongnu.org": "qemu",
    "dev@dpdk.org": "dpdk",
    "x86@kernel.org": "tip",
    "pebblefs@lists.lumen.example": "generic",
    "vger.kernel.org": "generic",
    "": "generic",
}
REMOTES = {
    "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git": "kernel",
    "git@github.com:torvalds/linux": "kernel",
    "https://git.kernel.org/pub/scm/linux/kernel/git/netdev/net-next.git": "netdev",
    "git://git.kernel.org/pub/scm/linux/kernel/git/tip/tip.git/": "tip",
    "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git": "stable",
    "https://gitlab.freedesktop.org/drm/misc/kernel.git": "drm",
    "git://git.kernel.org/pub/scm/linux/kernel/git/xiang/erofs-utils.git": "kernel",
    "https://git.kernel.org/pub/scm/git/git.git": "git",
    "https://github.com/git/git": "git",
    "https://github.com/gitster/git.git": "git",
    "https://gitlab.com/qemu-project/qemu.git": "qemu",
    "https://git.dpdk.org/dpdk": "dpdk",
    "git@github.com:DPDK/dpdk.git": "dpdk",
    "https://github.com/someone/mygit.git": "generic",
    "https://example.org/digit/git-tools.git": "generic",
}
FILES = {
    "kernel": ("MAINTAINERS", "Kbuild", "scripts/checkpatch.pl"),
    "qemu": ("MAINTAINERS", "qemu-options.hx", "scripts/checkpatch.pl"),
    "git": ("Documentation/SubmittingPatches", "git-compat-util.h"),
    "dpdk": ("MAINTAINERS", "devtools/check-git-log.sh", "lib/eal/x.c"),
    "generic": ("MAINTAINERS", "Makefile"),
}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "work")


def choose(work: Work, given: str = "", setting: str = "") -> Choice:
    with GitFacts(work.path) as facts:
        return choose_profile(given, setting, facts)


def own(home: Path, name: str, text: str) -> None:
    folder = home / ".config/mkit/profiles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_can_be_read(name: str) -> None:
    profile = load_profile(name)
    inherited = PARENTS.get(name, "generic" if name != "generic" else "")
    assert profile.name == name
    assert profile.lineage[1:2] == ((inherited,) if inherited else ())
    assert profile.words
    assert detections()[name] == (profile.detect, profile.lineage)


@pytest.mark.parametrize("address", LISTS)
def test_the_list_of_a_mail(address: str) -> None:
    assert choose_profile(addresses=["a@x.example", address]).profile.name == LISTS[address]


def test_several_lists() -> None:
    def chosen(*addresses: str) -> tuple[str, str]:
        found = choose_profile(addresses=addresses)
        return found.profile.name, found.reason

    lkml, netdev = "linux-kernel@vger.kernel.org", "netdev@vger.kernel.org"
    assert chosen(lkml, netdev) == ("netdev", f"it went to {netdev}")
    assert chosen(lkml, "stable@vger.kernel.org")[0] == "kernel"
    assert chosen("kvm@vger.kernel.org", "qemu-devel@nongnu.org")[0] == "qemu"
    both = chosen(netdev, "dri-devel@lists.freedesktop.org")
    assert both == ("kernel", "drm and netdev fit equally well")
    assert chosen("dev@dpdk.org", "qemu-devel@nongnu.org")[0] == "generic"


@pytest.mark.parametrize("url", REMOTES)
def test_remotes(work: Work, url: str) -> None:
    work.git("remote", "add", "origin", url)
    found = choose(work)
    assert found.profile.name == REMOTES[url]
    assert (f"the remote {url}" == found.reason) is (REMOTES[url] != "generic")


def test_the_branch_s_own_remote_counts_first(work: Work) -> None:
    work.commit("one\n")
    base = "https://git.kernel.org/pub/scm/linux/kernel/git"
    for name in ("netdev/net", "tip/tip", "stable/linux"):
        work.git("remote", "add", name.partition("/")[0], f"{base}/{name}.git")
    assert choose(work).profile.name == "kernel"
    work.git("config", "branch.master.remote", "tip")
    assert choose(work).profile.name == "tip"
    work.git("remote", "add", "origin", f"{base}/torvalds/linux.git")
    work.git("checkout", "--quiet", "--detach")
    assert choose(work).profile.name == "kernel"


@pytest.mark.parametrize("name", FILES)
def test_files(work: Work, tmp_path: Path, name: str) -> None:
    work.commit("one\n", **{one.replace(".", "__"): "x" for one in FILES[name]})
    git(tmp_path, "clone", "--quiet", "--bare", str(work.path), "bare")
    with GitFacts(tmp_path / "bare") as bare:
        assert choose_profile(repository=bare).profile.name == name
    found = choose(work)
    assert found.profile.name == name
    if name == "kernel":
        assert found.reason == "MAINTAINERS, Kbuild and scripts/checkpatch.pl are there"


def test_what_outweighs_what(work: Work, home: Path) -> None:
    work.git("remote", "add", "origin", "https://github.com/git/git")
    assert choose(work).profile.name == "git"
    assert choose(work, setting="dpdk").profile.name == "dpdk"
    work.write(".mkit.toml", 'profile = "qemu"\n')
    found = choose(work, setting="dpdk")
    assert (found.profile.name, found.reason) == ("qemu", ".mkit.toml")
    (home / ".gitconfig").write_text("[mkit]\n\tprofile = dpdk\n")
    assert choose(work, setting="dpdk").profile.name == "qemu"
    work.git("config", "mkit.profile", "tip")
    assert choose(work, setting="dpdk").profile.name == "tip"
    assert choose(work, "drm", "dpdk").profile.name == "drm"


def test_rules_of_a_repository(work: Work, subject_rule: Rule) -> None:
    work.write(".mkit.toml", '[rules]\nsubject-full-stop = "error"\n')
    found = choose(work).profile
    assert (found.name, found.severity(subject_rule)) == ("generic", Severity.ERROR)
    assert choose(work, "generic").profile.severity(subject_rule) is Severity.WARNING
    work.commit("with it\n")
    work.git("config", "core.bare", "true")
    assert choose(work).profile.severity(subject_rule) is Severity.ERROR


@pytest.fixture
def subject_rule() -> Rule:
    return subject_full_stop


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('run = "rm -rf /"', "'run' means nothing"),
        ('[detect]\nfiles = ["x"]', "'detect' means nothing"),
        ('inherits = "kernel"', "'inherits' means nothing"),
        ("profile = 1", "profile is no name"),
        ("profile", "Expected '='"),
        ('[rules]\nx = "loud"', "'loud'"),
        ("rules = 1", "rules is no table"),
    ],
)
def test_a_repository_s_file_that_is_wrong(work: Work, text: str, word: str) -> None:
    work.write(".mkit.toml", text)
    with pytest.raises(ConfigError, match=word):
        choose(work)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "nowhere", ".", "a\nb"])
def test_names_that_are_no_profile(work: Work, name: str) -> None:
    with pytest.raises(NotFound):
        load_profile(name)
    work.write(".mkit.toml", f"profile = {name!r}\n".replace("'", '"'))
    with pytest.raises(NotFound):
        choose(work)


def test_profiles_of_the_user(home: Path, subject_rule: Rule) -> None:
    own(home, "mine", 'inherits = "kernel"\n[detect]\nlists = ["mine@x"]\n[rules]\n')
    own(home, "kernel", 'inherits = "kernel"\n[rules]\nsubject-full-stop = "off"\n')
    own(home, "loop", 'inherits = "loop"\n')
    own(home, "broken", "[")
    assert names()[-3:] == ("broken", "loop", "mine")
    assert choose_profile(addresses=["mine@x"]).profile.name == "mine"
    mine = load_profile("mine")
    assert mine.lineage == ("mine", "kernel", "kernel", "generic")
    assert not mine.is_on(subject_rule)
    assert load_profile("netdev").is_on(subject_rule) is False
    for name in ("loop", "broken"):
        with pytest.raises(ConfigError, match=name):
            load_profile(name)


def test_the_folder_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "mkit/profiles").mkdir(parents=True)
    (tmp_path / "mkit/profiles/a.toml").write_bytes(b'inherits = "git"\nwords = "A"\n')
    assert load_profile("a").words == "A"
    (tmp_path / "mkit/profiles/a.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"a\.toml"):
        load_profile("a")
