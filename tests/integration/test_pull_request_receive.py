# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull-request --receive``: others' requests, true and false, merged and thanked for."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.pulling.fetch import fetch_asked
from maintainer_kit.adapters.git.pulling.merge_try import try_merge
from maintainer_kit.errors import Refused, RepositoryError
from tests.build import ADA, mail
from tests.cli import schemas
from tests.integration.driver import Json, Mkit
from tests.integration.pull_request_trees import commit_on, sign_tag, ssh_key, tree_to_pull
from tests.integration.replying import drafts, sending_to
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink

TAG = "pebble-for-6.9"
ASKED_ID = "pull@quarry.example"
SUBJECT = "[GIT PULL] Pebble changes for 6.9"


@dataclass(frozen=True)
class Place:
    """Ada's tree, her public remote, and Robin's tree, which has neither branch nor tag of hers."""

    mkit: Mkit
    ada: Work
    remote: Path
    mine: Work
    text: str
    """What git request-pull wrote."""

    def ask(self, text: str = "", subject: str = SUBJECT, message_id: str = ASKED_ID) -> None:
        """Let the mail arrive, as git request-pull wrote it unless told otherwise."""
        self.mkit.bring(mail(subject, text or self.text, sender=ADA, message_id=message_id))

    def receive(self, *args: str, code: int = 0, target: str = ASKED_ID) -> Json:
        """Look it over, fetched from the remote on this machine."""
        found = self.mkit.json(
            "pull-request", "--receive", target, "--repo", self.mine.path, *args, code=code
        )
        if not code:
            schemas.check(found, "pull-request")
        return found

    def fetched(self, *args: str, code: int = 0) -> Json:
        return self.receive("--fetch", f"--url=file://{self.remote}", *args, code=code)

    def verdicts(self, *args: str) -> dict[str, str]:
        return {one["name"]: one["verdict"] for one in self.fetched(*args)["audits"]}


def asks(ada: Work, remote: Path, ref: str = TAG) -> str:
    """As git request-pull says it, without the signature that git before 2.40 leaves in it."""
    lines = ada.git("request-pull", "up", str(remote), ref).split("\n")
    marks = [f"-----{one} SSH SIGNATURE-----" for one in ("BEGIN", "END")]
    if marks[0] in lines:
        del lines[lines.index(marks[0]) : lines.index(marks[1]) + 1]
    # The address that all can read is another one than the one we fetch from.
    return "\n".join(lines).replace(str(remote), "https://git.quarry.example/pebble.git") + "\n"


@pytest.fixture
def place(mkit: Mkit, sink: Sink, tmp_path: Path) -> Place:
    ada = tree_to_pull(tmp_path / "ada")
    sign_tag(ada, ssh_key(tmp_path), TAG, "Pebble changes for 6.9\n\n - one\n")
    remote = tmp_path / "public.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True, timeout=60)
    ada.git("push", "--quiet", str(remote), "up", "topic", TAG)
    mine = Work(tmp_path / "mine")
    mine.git("fetch", "--quiet", "--no-tags", str(remote), "up:main")
    mine.git("checkout", "--quiet", "-b", "else", "main")
    made = sending_to(mkit, sink)
    (tmp_path / "user").mkdir(exist_ok=True)
    allowed = tmp_path / "key.allowed"
    settings = f'[gpg "ssh"]\n\tallowedSignersFile = {allowed}\n'
    (tmp_path / "user" / ".gitconfig").write_text(settings, encoding="utf-8")
    return Place(made, ada, remote, mine, asks(ada, remote))


def test_a_true_request_is_found_true_and_leaves_no_trace(place: Place) -> None:
    place.ask()
    before = place.mine.fingerprint()
    found = place.fetched()
    verdicts = {one["name"]: one["verdict"] for one in found["audits"]}
    assert verdicts.pop("tests") == "unknown"
    assert set(verdicts.values()) == {"good"}, found["audits"]
    assert found["found"]["signer"] == "ada@quarry.example"
    assert found["found"]["commits"] == 3
    assert found["merge"] is None
    assert place.mine.fingerprint() == before


def test_nothing_is_fetched_unasked(place: Place) -> None:
    place.ask()
    done = place.receive(code=1)
    assert done["error"]["hint"] == "--fetch"


def test_what_is_here_already_needs_no_network(place: Place) -> None:
    place.ask()
    place.mine.git("fetch", "--quiet", str(place.remote), f"refs/tags/{TAG}:refs/tags/{TAG}")
    found = place.receive()
    assert {one["verdict"] for one in found["audits"][:-1]} == {"good"}


def test_it_is_merged_and_thanked_for(place: Place, sink: Sink) -> None:
    place.ask()
    old = place.mine.git("rev-parse", "main")
    checkout = place.mine.git("status", "--porcelain")
    found = place.fetched("--into=main", "--thanks", "--yes")
    new = place.mine.git("rev-parse", "main")
    assert found["merge"] == new
    assert place.mine.git("rev-list", "--parents", "-1", "main").split() == [
        new,
        old,
        place.ada.git("rev-parse", "topic"),
    ]
    said = place.mine.git("log", "-1", "--format=%an <%ae>%n%B", "main").split("\n")
    assert said[0] == "Robin Maintainer <robin@lumen.example>"
    assert said[1] == f"Merge tag '{TAG}' of https://git.quarry.example/pebble"
    assert said[2:] == ["", "Pebble changes for 6.9", "", " - one"]
    assert "mergetag object" in place.mine.git("cat-file", "commit", "main")
    assert place.mine.git("fsck", "--strict", "--no-dangling") == ""
    assert place.mine.git("status", "--porcelain") == checkout
    (thanks,) = sink.mails
    assert thanks["Subject"] == f"Re: {SUBJECT}"
    assert str(thanks["In-Reply-To"]) == f"<{ASKED_ID}>"
    text = sink.raw[0].decode().replace("\r\n", "\n")
    assert f"> https://git.quarry.example/pebble.git tags/{TAG}\n" in text
    assert "\nPulled into mine (main), thanks!\n" in text
    assert f"\n  commit: {new}\n" in text
    # Our reader knows it for what it is: it is nobody's turn, and nobody is thanked again.
    (row,) = place.mkit.json("list", "--all")["topics"]
    assert row["turn"] == "nobody"
    assert "pulled it" in row["turn_reason"]
    again = place.receive("--into=main", "--thanks", code=1)
    assert "was said in" in again["error"]["message"]


def test_thanks_may_come_later_and_are_a_draft(place: Place, sink: Sink) -> None:
    place.ask()
    merge = place.fetched("--into=main")["merge"]
    place.mine.git("checkout", "--quiet", "main")
    commit_on(place.mine, "pebble: later", "later.c", "later\n")
    found = place.fetched("--thanks")
    assert found["merge"] == merge
    assert merge in found["mail"]["text"]
    assert not sink.mails
    assert [one["answers"] for one in drafts(place.mkit)] == [ASKED_ID]


def test_into_a_branch_with_another_name_the_title_says_so(place: Place) -> None:
    place.ask()
    place.mine.git("branch", "for-linus", "main")
    place.fetched("--into=for-linus")
    title = place.mine.git("log", "-1", "--format=%s", "for-linus")
    assert title == f"Merge tag '{TAG}' of https://git.quarry.example/pebble into for-linus"


def test_the_settings_of_apply_and_of_the_repository_count(place: Place) -> None:
    place.ask()
    config = (place.mkit.home / "config").read_text(encoding="utf-8")
    more = "[mkit]\n\tapplyLink = https://lore.example/r/\n\tapplySignOff = on\n"
    place.mkit.configure(config + more)
    place.mine.git("config", "user.name", "Robin M")
    place.mine.git("config", "user.email", "robin@kernel.example")
    place.fetched("--into=main")
    said = place.mine.git("log", "-1", "--format=%cn <%ce>%n%B", "main").split("\n")
    assert said[0] == "Robin M <robin@kernel.example>"
    assert said[-3:] == [
        "",
        f"Link: https://lore.example/r/{ASKED_ID}",
        "Signed-off-by: Robin M <robin@kernel.example>",
    ]


def test_where_it_goes_and_whom_it_is_asked_of_are_told_apart(place: Place) -> None:
    for *options, words in (
        ("--receive", ASKED_ID, "--to=main", "--to, --for-next and --again"),
        ("topic", "--into=main", "--fetch, --into and --thanks"),
    ):
        assert words in place.mkit.run("pull-request", *options, code=2).stderr


def test_what_is_known_to_fail_is_not_merged(place: Place) -> None:
    place.ask()
    config = (place.mkit.home / "config").read_text(encoding="utf-8")
    place.mkit.configure(f"{config}[mkit]\n\ttest = quick tip test ! -e fs/dir.c\n")
    assert place.verdicts()["tests"] == "told"
    place.mkit.end_of("test", "topic~1..topic", "--repo", place.ada.path)
    assert place.verdicts()["tests"] == "failed"
    assert "tests: " in place.fetched("--into=main", code=1)["error"]["message"]


def test_what_fails_where_it_began_too_keeps_nothing_back(place: Place) -> None:
    place.ask()
    config = (place.mkit.home / "config").read_text(encoding="utf-8")
    place.mkit.configure(f"{config}[mkit]\n\ttest = build tip false\n")
    place.mkit.run("test", "up..topic", "--repo", place.ada.path)
    assert place.verdicts()["tests"] == "told"
    assert place.fetched("--into=main")["merge"]


def test_a_branch_that_is_checked_out_is_not_moved(place: Place) -> None:
    place.ask()
    place.mine.git("checkout", "--quiet", "main")
    before = place.mine.fingerprint()
    done = place.fetched("--into=main", code=1)
    assert "checked out" in done["error"]["message"]
    assert place.mine.fingerprint() == before


def moved(place: Place) -> str:
    """The tag is another one than when the mail was written."""
    commit_on(place.ada, "pebble: slipped in", "evil.c", "evil\n")
    place.ada.git("tag", "--delete", TAG)
    key = place.ada.path.parent / "key"
    sign_tag(place.ada, key, TAG, "Pebble changes for 6.9\n\n - one\n")
    place.ada.git("push", "--quiet", "--force", str(place.remote), TAG)
    return place.text


def renamed(place: Place) -> str:
    """An old tag, offered under a new name."""
    tag = place.ada.git("rev-parse", TAG)
    place.ada.git("push", "--quiet", str(place.remote), f"{tag}:refs/tags/pebble-for-7.0")
    return place.text.replace(TAG, "pebble-for-7.0")


def lying_stat(place: Place) -> str:
    return place.text.replace(" fs/dir.c               | 5 +++++\n", "").replace(
        "3 files changed, 6 insertions(+)", "2 files changed, 1 insertion(+)"
    )


def lying_list(place: Place) -> str:
    return place.text.replace("      pebble: add a file\n", "      pebble: fix a typo\n")


def not_on_base(place: Place) -> str:
    """It says that it stands on a commit that is beside it."""
    place.ada.git("checkout", "--quiet", "-b", "beside", "up")
    beside = commit_on(place.ada, "pebble: beside", "beside.c", "beside\n")
    place.ada.git("push", "--quiet", str(place.remote), "beside")
    place.mine.git("fetch", "--quiet", str(place.remote), "beside:beside")
    base = place.ada.git("rev-parse", "up")
    return place.text.replace(base, beside)


def unsigned(place: Place) -> str:
    place.ada.git("tag", "--delete", TAG)
    place.ada.git("tag", "--annotate", "--file=-", TAG, "topic", data=b"No key\n")
    place.ada.git("push", "--quiet", "--force", str(place.remote), TAG)
    return place.text


@pytest.mark.parametrize(
    ("falsify", "name", "verdict"),
    [
        (moved, "tip", "failed"),
        (renamed, "tag", "failed"),
        (lying_stat, "diffstat", "failed"),
        (lying_list, "commits", "failed"),
        (not_on_base, "base", "failed"),
        (unsigned, "signature", "told"),
    ],
)
def test_what_is_not_as_the_mail_says_is_named_and_not_merged(
    place: Place, falsify: Callable[[Place], str], name: str, verdict: str
) -> None:
    place.ask(falsify(place))
    assert place.verdicts()[name] == verdict
    before = place.mine.git("rev-parse", "main")
    if verdict == "failed":
        done = place.fetched("--into=main", code=1)
        assert f"{name}: " in done["error"]["message"]
        assert place.mine.git("rev-parse", "main") == before
        found = place.fetched("--into=main", "--anyway=Ada told me on the phone")
        assert found["why"] == "Ada told me on the phone"
    assert place.fetched("--into=else", code=1)["error"]  # checked out


def test_a_changed_tag_and_an_unknown_key_are_told_apart(place: Place, tmp_path: Path) -> None:
    place.ask()
    other = ssh_key(tmp_path, "other", "eve@quarry.example")
    place.ada.git("tag", "--delete", TAG)
    sign_tag(place.ada, other, TAG, "Pebble changes for 6.9\n")
    place.ada.git("push", "--quiet", "--force", str(place.remote), TAG)
    assert place.verdicts()["signature"] == "unknown"
    git = Git(place.ada.path)
    raw = git.output("cat-file", "tag", TAG).replace(b"changes", b"CHANGES")
    forged = git.output("hash-object", "-t", "tag", "-w", "--stdin", stdin=raw).decode().strip()
    place.ada.git("push", "--quiet", "--force", str(place.remote), f"{forged}:refs/tags/{TAG}")
    assert place.fetched()["found"]["signature"] == "bad"


def test_conflicts_are_named_and_never_merged(place: Place) -> None:
    place.ask()
    place.mine.git("checkout", "--quiet", "main")
    commit_on(place.mine, "pebble: mine", "fs/pebble.c", "all anew\n")
    place.mine.git("checkout", "--quiet", "else")
    found = place.fetched("--into=main", code=1)
    assert "merge: " in found["error"]["message"]
    found = place.fetched("--into=main", "--anyway=so be it", code=1)
    assert "fs/pebble.c" in found["error"]["message"]
    found = place.receive("--fetch", f"--url=file://{place.remote}", "--into=main", "--dry-run")
    assert found["found"]["conflicts"] == ["fs/pebble.c"]


def test_a_merge_that_empties_the_tree_is_never_made(place: Place) -> None:
    place.ada.git("checkout", "--quiet", "topic")
    place.ada.git("rm", "--quiet", "-r", ".")
    place.ada.commit("pebble: tidy up\n\nSigned-off-by: Ada Author <ada@quarry.example>\n")
    place.ada.git("push", "--quiet", str(place.remote), "topic")
    place.ask(asks(place.ada, place.remote, "topic"))
    done = place.fetched("--into=main", "--anyway=tidy", code=1)
    assert "without a file" in done["error"]["message"]


def test_what_has_nothing_in_common_is_refused(place: Place) -> None:
    place.ada.git("checkout", "--quiet", "--orphan", "alone")
    commit_on(place.ada, "alone: begin", "alone.c", "alone\n")
    place.ada.git("push", "--quiet", "--force", str(place.remote), "alone:topic")
    place.ask(asks(place.ada, place.remote, TAG).replace(f"tags/{TAG}", "topic"))
    done = place.fetched("--into=main", "--anyway=x", code=1)
    assert "no commit in common" in done["error"]["message"]


@pytest.mark.parametrize(
    ("url", "ref"),
    [
        ("--upload-pack=touch${IFS}/tmp/x", "main"),
        ("ext::sh -c date", "main"),
        ("file:///etc", "main"),
        ("/etc", "main"),
        ("ssh://-oProxyCommand=date/x", "main"),
        ("ssh://user@-oProxyCommand=date/x", "main"),
        ("-oProxyCommand=date@host:x", "main"),
        ("https://lumen.example/x", "--upload-pack=date"),
        ("https://lumen.example/x", "a..b"),
        ("https://lumen.example/x", "*"),
    ],
)
def test_no_mail_makes_git_run_or_read_what_it_should_not(
    place: Place, tmp_path: Path, url: str, ref: str
) -> None:
    borrowed = Borrowed.create(Git(place.mine.path), tmp_path / "borrowed")
    refs = (f"refs/heads/{ref}", f"refs/tags/{ref}")
    with pytest.raises(Refused):
        fetch_asked(borrowed, url, refs, may_be_near=False)


def test_who_sends_or_says_too_much_is_hung_up_on(place: Place, tmp_path: Path) -> None:
    noise = b"".join(sha256(str(at).encode()).digest() for at in range(10_000))
    place.ada.write("big", noise)
    place.ada.commit("pebble: big\n")
    place.ada.git("push", "--quiet", str(place.remote), "topic")
    borrowed = Borrowed.create(Git(place.mine.path), tmp_path / "borrowed")
    url, refs = f"file://{place.remote}", ["refs/heads/topic"]
    fetch = partial(fetch_asked, borrowed, url, refs, may_be_near=True)
    script = tmp_path / "talker"
    script.write_text("#!/bin/sh\nsleep 300 &\nyes x >&2\n", encoding="utf-8")
    script.chmod(0o755)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GIT_SSH", str(script))
        patched.setenv("GIT_SSH_VARIANT", "simple")
        with pytest.raises(RepositoryError, match="says more than 1024 KiB"):
            fetch_asked(borrowed, "ssh://eve@x.example/p", refs, may_be_near=False)
    assert fetch() == "refs/heads/topic"
    with pytest.raises(RepositoryError, match="more than 0 MiB came"):
        fetch(most=len(noise) // 2)


def test_an_address_in_a_mail_with_a_password_is_not_repeated(place: Place) -> None:
    text = place.text.replace("https://git.", "https://eve:secret@git.")
    place.ask(text)
    done = place.receive("--fetch", code=1)
    assert "password" in done["error"]["message"]
    assert "secret" not in str(done)
    place.fetched("--into=main", "--thanks", "--yes")
    said = place.mine.git("log", "-1", "--format=%B", "main")
    assert "https://eve:***@git.quarry.example" in said


def test_other_mail_asks_for_nothing(place: Place) -> None:
    place.ask("I think that we should talk about it.\n", "Talk")
    done = place.receive(code=1)
    assert "does not ask to pull" in done["error"]["message"]


def test_git_without_merge_tree_finds_the_same(place: Place, tmp_path: Path) -> None:
    """In a work tree of ours, as git before 2.38 needs it."""
    git = Git(place.ada.path)
    borrowed = Borrowed.create(git, tmp_path / "borrowed")
    up, topic = (git.output("rev-parse", one).decode().strip() for one in ("up", "topic"))
    place.ada.git("checkout", "--quiet", "up")
    other = commit_on(place.ada, "pebble: theirs", "fs/pebble.c", "all anew\n")
    assert try_merge(borrowed, up, topic, is_old=True) == try_merge(borrowed, up, topic)
    new, old = (try_merge(borrowed, other, topic, is_old=one) for one in (False, True))
    assert new.conflicts == old.conflicts == ("fs/pebble.c",)


def test_a_request_of_ours_is_read_as_one_of_theirs(place: Place) -> None:
    """What mkit writes is what mkit, and git request-pull's readers, can pull."""
    made = place.mkit.json(
        "pull-request", TAG, "--repo", place.ada.path, "--base=up", "--dry-run",
        "--url=https://git.quarry.example/pebble.git", "--to=robin@lumen.example",
    )  # fmt: skip
    assert made["mail"]["text"].rstrip() == place.text.rstrip()
    place.ask(made["mail"]["text"], made["mail"]["subject"])
    assert set(place.verdicts().values()) == {"good", "unknown"}


def test_a_long_history_is_not_walked(place: Place, tmp_path: Path) -> None:
    """More commits than anybody pulls are counted no further than that."""
    stream = ["reset refs/heads/long\n"]
    person = "committer Ada Author <ada@quarry.example> 1700000000 +0000\n"
    for at in range(25_000):
        stream.append(f"commit refs/heads/long\n{person}data 2\nx\n")
        if not at:
            stream.append("from refs/heads/topic^0\n")
        stream.append("\n")
    place.ada.git("fast-import", "--quiet", data="".join(stream).encode())
    place.ada.git("push", "--quiet", str(place.remote), "long:topic")
    tip = place.ada.git("rev-parse", "long")
    place.ask(
        "Please pull\n\n  https://git.quarry.example/pebble.git topic\n\n"
        f"for you to fetch changes up to {tip}:\n"
    )
    assert "more than 20000 commits" in place.fetched(code=1)["error"]["message"]
