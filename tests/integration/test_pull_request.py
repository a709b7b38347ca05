# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull-request``: what is looked over, what is written, and that it is sent once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.pulling.request import absent_from, find_ref, read_offer
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.workflow.pull_request.text import request_form, request_subject
from tests.build import ADA, patch
from tests.cli import schemas
from tests.integration.driver import Json, Mkit
from tests.integration.pull_request_trees import (
    MAIN_URL,
    commit_on,
    gnupg_home,
    sign_tag,
    ssh_key,
    tree_to_pull,
)
from tests.integration.replying import drafts, editor, sending_to
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink

TAG = "pebble-for-6.9"
MESSAGE = "Pebble changes for 6.9\n\n - one thing\n - another\n"
ADDRESS = "ada@quarry.example"
LINUS = "Lin Us <linus@lumen.example>"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A repository with a signed tag on its topic branch."""
    made = tree_to_pull(tmp_path / "tree")
    sign_tag(made, ssh_key(tmp_path), TAG, MESSAGE)
    return made


@pytest.fixture
def asking(mkit: Mkit, sink: Sink, tmp_path: Path) -> Mkit:
    """A home that trusts the key, and sends to the server."""
    made = sending_to(mkit, sink, f"\tpullTo = {LINUS}\n\tpullUrl = {MAIN_URL}\n")
    settings = tmp_path / "user" / ".gitconfig"
    settings.parent.mkdir(exist_ok=True)
    allowed = tmp_path / "key.allowed"
    settings.write_text(f'[gpg "ssh"]\n\tallowedSignersFile = {allowed}\n', encoding="utf-8")
    return made


def pull_request(mkit: Mkit, work: Work, *args: str, code: int = 0) -> Json:
    return mkit.json("pull-request", "--repo", work.path, "--base=up", *args, code=code)


def verdicts(found: Json) -> dict[str, str]:
    return {one["name"]: one["verdict"] for one in found["audits"]}


def people(mail: Message, name: str) -> list[str]:
    return [address for _, address in getaddresses([str(mail[name] or "")])]


def published(work: Work, folder: Path, *refs: str) -> Path:
    """A remote that has what is asked to be pulled."""
    remote = folder / "public.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True, timeout=60)
    work.git("push", "--quiet", str(remote), "up", *refs)
    return remote


@pytest.mark.parametrize("word", [TAG, "topic", f"refs/tags/{TAG}"])
def test_the_text_is_that_of_git_request_pull(work: Work, tmp_path: Path, word: str) -> None:
    """But for the signature of SSH, which git before 2.40 puts into the mail."""
    work.git("config", "branch.topic.description", "Things about the topic.")
    remote = published(work, tmp_path, "topic", TAG)
    short = word.removeprefix("refs/tags/")
    theirs = work.git("request-pull", "up", str(remote), short)
    lines = theirs.split("\n")
    if "-----BEGIN SSH SIGNATURE-----" in lines:
        first, last = (lines.index(f"-----{one} SSH SIGNATURE-----") for one in ("BEGIN", "END"))
        del lines[first : last + 1]
    git = Git(work.path)
    mine = request_form(read_offer(git, find_ref(git, word), "up"), str(remote))
    assert mine.strip().split("\n") == lines


def test_a_request_arrives_as_readers_expect_it(asking: Mkit, sink: Sink, work: Work) -> None:
    found = pull_request(asking, work, TAG, "-m", "Hello Lin,\n\nplease pull.", "--yes")
    schemas.check(found, "pull-request")
    (mail,) = sink.mails
    assert mail["Subject"] == "[GIT PULL] Pebble changes for 6.9"
    assert people(mail, "To") == ["linus@lumen.example"]
    assert mail["In-Reply-To"] is None
    text = read_mail(sink.raw[0]).text
    assert text.startswith("Hello Lin,\n\nplease pull.\n\nThe following changes since commit ")
    tip = work.git("rev-parse", "topic")
    for line in (
        f"  {MAIN_URL} tags/{TAG}",
        f"for you to fetch changes up to {tip}:",
        " - another",
        "Ada Author (3):",
        "      pebble: rename inode.c",
        " rename fs/{inode.c => node.c} (100%)",
    ):
        assert line in text.split("\n"), line
    assert "SIGNATURE" not in text
    assert found["sent"] is True
    assert verdicts(found)["signature"] == "good"
    assert found["request"]["signer"] == "ada@quarry.example"
    # It is among one's own mail now, and our reader knows it for what it is.
    topic = asking.topic(found["mail"]["message_id"])
    assert topic["kind"] == "pull-request"
    assert not drafts(asking)


READER = """
import email.parser, email.policy, sys
import b4.pr
parser = email.parser.BytesParser(policy=email.policy.default)
found = b4.pr.parse_pr_data(parser.parse(sys.stdin.buffer))
print(found.pr_base_commit, found.pr_repo, found.pr_ref, found.pr_tip_commit)
"""


def test_b4_reads_it(
    asking: Mkit, sink: Sink, work: Work, needs_tool: Callable[[str], str]
) -> None:
    """As ``b4 pr`` does; of this protocol it asks nobody on the network."""
    needs_tool("b4")
    url = "ssh://git.lumen.example/pebble.git"
    pull_request(asking, work, TAG, f"--url={url}", "-m", "Hello Lin", "--yes")
    done = asking.program([sys.executable, "-c", READER], sink.raw[0])
    base, tip = work.git("rev-parse", "up", "topic").split()
    assert done.stdout.split() == [base, url, f"tags/{TAG}", tip], done.stderr


def test_nobody_is_asked_twice_for_the_same(asking: Mkit, sink: Sink, work: Work) -> None:
    pull_request(asking, work, TAG, "--yes")
    done = asking.run("pull-request", TAG, "--repo", work.path, "--base=up", "--yes", code=1)
    assert "was asked for before" in done.stderr
    assert "--again" in done.stderr
    assert len(sink.mails) == 1
    pull_request(asking, work, TAG, "--yes", "--again")
    assert len({str(one["Message-ID"]) for one in sink.mails}) == 2
    # Another state of the tag is another request.
    commit_on(work, "pebble: more", "more.c", "more\n")
    work.git("tag", "--delete", TAG)
    work.git("tag", "--annotate", "--file=-", TAG, "topic", data=MESSAGE.encode())
    pull_request(asking, work, TAG, "--yes")
    assert len(sink.mails) == 3


def test_a_kept_request_is_sent_as_replies_are(asking: Mkit, sink: Sink, work: Work) -> None:
    found = pull_request(asking, work, TAG, "--keep")
    again = pull_request(asking, work, TAG, "--keep")
    assert found["mail"]["id"] == again["mail"]["id"]
    (draft,) = drafts(asking)
    assert not sink.mails
    asking.run("reply", "--send", draft["id"], "--yes")
    assert [str(one["Message-ID"]) for one in sink.mails] == [f"<{draft['message_id']}>"]
    assert not drafts(asking)


def test_what_an_editor_made_of_it_is_kept(
    asking: Mkit, sink: Sink, work: Work, tmp_path: Path
) -> None:
    script = "sed -i 's/^The following/Dear Lin\\n\\nThe following/' \"$1\""
    edited = asking.having(GIT_EDITOR=editor(tmp_path, script))
    pull_request(edited, work, TAG, "--edit", "--keep")
    found = pull_request(asking, work, TAG, "--keep", "--to=Ada <ada@quarry.example>")
    assert found["edited"] is True
    assert found["mail"]["text"].startswith("Dear Lin\n\nThe following changes since")
    assert found["mail"]["to"] == ["Ada <ada@quarry.example>"]


def test_a_kept_request_is_edited_as_replies_are(
    asking: Mkit, sink: Sink, work: Work, tmp_path: Path
) -> None:
    draft = pull_request(asking, work, TAG, "--keep")["mail"]
    script = "sed -i 's/^The following/Dear Lin\\n\\nThe following/' \"$1\""
    edited = asking.having(GIT_EDITOR=editor(tmp_path, script))
    edited.run("reply", draft["id"], "--edit", "--keep")
    edited.run("reply", draft["id"], "-m", "Have a good merge window.", "--yes")
    [mail] = sink.mails
    assert str(mail["Message-ID"]) == f"<{draft['message_id']}>"
    assert not mail["In-Reply-To"]
    text = str(mail.get_payload()).replace("\r\n", "\n")
    assert text.startswith("Dear Lin\n\nThe following changes since")
    assert "Have a good merge window." in text


def test_where_mail_is_left_to_others_it_is_left_once(asking: Mkit, sink: Sink, work: Work) -> None:
    config = (asking.home / "config").read_text(encoding="utf-8")
    asking.configure(f"{config}[mkit]\n\treplyTo = drafts\n")
    pull_request(asking, work, TAG, "--yes")
    done = asking.run("pull-request", TAG, "--repo", work.path, "--base=up", "--yes", code=1)
    assert "was asked for before" in done.stderr
    assert len(list((asking.home / "outbox").glob("*/*"))) == 1
    assert not sink.mails


def test_without_an_answer_nothing_is_sent_and_the_draft_is_kept(
    asking: Mkit, sink: Sink, work: Work
) -> None:
    done = asking.run("pull-request", TAG, "--repo", work.path, "--base=up", code=1)
    assert "kept as a draft" in done.stderr
    assert not sink.mails
    assert len(drafts(asking)) == 1


def test_a_dry_run_leaves_nothing(asking: Mkit, sink: Sink, work: Work) -> None:
    before = work.fingerprint()
    done = asking.run("pull-request", TAG, "--repo", work.path, "--base=up", "--dry-run")
    assert "Subject: [GIT PULL] Pebble changes for 6.9" in done.stdout
    assert "signature  ok" in done.stderr
    assert not drafts(asking)
    assert not (asking.home / "pull-requests").exists()
    assert work.fingerprint() == before


def test_conflicts_are_told_to_those_who_will_meet_them(
    asking: Mkit, sink: Sink, work: Work
) -> None:
    work.git("checkout", "--quiet", "up")
    commit_on(work, "pebble: theirs", "fs/pebble.c", "all anew\n")
    work.git("checkout", "--quiet", "topic")
    before = work.fingerprint()
    found = pull_request(asking, work, TAG, "--yes")
    assert verdicts(found)["merge"] == "told"
    text = read_mail(sink.raw[0]).text
    assert "leaves 1 file in conflict:\n\n  fs/pebble.c\n" in text
    assert work.fingerprint() == before


def test_what_fails_needs_a_reason(asking: Mkit, sink: Sink, work: Work) -> None:
    work.commit("pebble: nobody signed this\n\nIndeed.\n", more__c="x\n")
    args = ("pull-request", "topic", "--repo", work.path, "--base=up")
    done = asking.run(*args, "--yes", code=1)
    assert "sign-off   FAIL  1 commit not signed off by the committer" in done.stderr
    assert "--anyway" in done.stderr
    assert not sink.mails
    assert not drafts(asking)
    found = pull_request(asking, work, "topic", "--keep", "--anyway=Ada is away")
    assert found["why"] == "Ada is away"
    assert found["mail"]["text"].count("Ada is away") == 0
    again = pull_request(asking, work, "topic", "--yes", "--anyway=Ada is away")
    assert again["sent"] is True


def test_a_suite_that_fails_in_the_base_too_is_only_told(asking: Mkit, work: Work) -> None:
    config = (asking.home / "config").read_text(encoding="utf-8")
    asking.configure(f"{config}[mkit]\n\ttest = build tip false\n")
    asking.run("test", "up..topic", "--repo", work.path)
    found = pull_request(asking, work, TAG, "--dry-run")
    (audit,) = [one for one in found["audits"] if one["name"] == "tests"]
    assert audit["verdict"] == "told"
    assert audit["details"] == ["build: fails already in base"]


def test_suites_have_to_have_passed_on_the_tip(asking: Mkit, sink: Sink, work: Work) -> None:
    config = (asking.home / "config").read_text(encoding="utf-8")
    asking.configure(f"{config}[mkit]\n\ttest = quick tip test ! -e fs/more.c\n")
    args = ("pull-request", TAG, "--repo", work.path, "--base=up", "--yes")
    done = asking.run(*args, code=1)
    assert "tests: 1 of 1 suite not passed" in done.stderr
    assert not sink.mails
    asking.run("test", "up..topic", "--repo", work.path)
    found = pull_request(asking, work, TAG, "--yes")
    assert verdicts(found)["tests"] == "good"
    commit_on(work, "pebble: break it", "fs/more.c", "more\n")
    asking.end_of("test", "topic~1..topic", "--repo", work.path)
    found = pull_request(asking, work, "topic", "--dry-run")
    (audit,) = [one for one in found["audits"] if one["name"] == "tests"]
    assert (audit["verdict"], audit["details"]) == ("failed", ["quick: failed"])


def test_links_and_fixes_are_looked_at(asking: Mkit, work: Work) -> None:
    held = patch("[PATCH] pebble: linked", sender=ADA)
    asking.bring(held)
    message_id = read_mail(held).header("message-id").strip("<>")
    link = f"Link: https://lore.example/r/{message_id}\n"
    commit_on(work, "pebble: linked", "fs/a.c", "a\n", link)
    commit_on(work, "pebble: mend", "fs/b.c", "b\n", 'Fixes: 0badc0de0bad ("pebble: gone")\n')
    work.git("checkout", "--quiet", "-B", "linked", "up")
    commit_on(work, "pebble: linked", "fs/a.c", "a\n", link)
    found = pull_request(asking, work, "linked", "--dry-run")
    assert verdicts(found)["links"] == "good"
    found = pull_request(asking, work, "topic", "--dry-run")
    assert verdicts(found)["links"] == "failed"
    (fixes,) = [one for one in found["audits"] if one["name"] == "fixes"]
    assert fixes["verdict"] == "failed"
    assert any("0badc0de0bad" in one for one in fixes["details"])


def test_what_is_not_in_next_is_named(asking: Mkit, work: Work, tmp_path: Path) -> None:
    """Next is another repository, which has merged all but the last commit."""
    other = tmp_path / "next"
    work.git("clone", "--quiet", "--branch=up", str(work.path), str(other))
    tree = Work(other)
    tree.git("merge", "--quiet", "--no-ff", "-m", "Merge pebble", "origin/topic~1")
    tree.git("update-ref", "-d", "refs/remotes/origin/topic")
    config = asking.home / "config"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}[mkit]\n\tref = {other} HEAD next\n", encoding="utf-8")
    found = pull_request(asking, work, TAG, "--dry-run")
    (audit,) = [one for one in found["audits"] if one["name"] == "next"]
    assert audit["verdict"] == "failed"
    (line,) = audit["details"]
    assert line.endswith("pebble: rename inode.c")
    tree.git("fetch", "--quiet", "origin", "topic")
    tree.git("merge", "--quiet", "FETCH_HEAD")
    assert verdicts(pull_request(asking, work, TAG, "--dry-run"))["next"] == "good"


def test_upstream_is_what_the_settings_or_the_remote_call_so(
    asking: Mkit, work: Work, tmp_path: Path
) -> None:
    clone = Work(tmp_path / "clone")
    clone.git("remote", "add", "origin", str(published(work, tmp_path, "topic")))
    clone.git("fetch", "--quiet", "origin")
    clone.git("remote", "set-head", "origin", "up")
    clone.git("checkout", "--quiet", "-b", "topic", "origin/topic")
    args = ("pull-request", "topic", "--repo", clone.path, "--dry-run")
    assert asking.json(*args)["request"]["upstream"] == "origin/up"
    clone.git("branch", "theirs", "topic~1")
    config = (asking.home / "config").read_text(encoding="utf-8")
    asking.configure(f"{config}[mkit]\n\tref = {clone.path} theirs mainline\n")
    found = asking.json(*args)["request"]
    assert (found["upstream"], found["commits"]) == ("theirs", 1)
    # The remote's name stands for its address.
    done = asking.run(*args, "--url=origin", code=0)
    assert f"\n  {tmp_path}/public.git topic\n" in done.stdout


def test_where_there_are_two_beginnings_the_diffstat_is_that_of_the_merge(
    asking: Mkit, work: Work
) -> None:
    """Each side has merged the other: what is new to upstream lies between no two commits."""
    work.git("branch", "mine", "topic")
    work.git("checkout", "--quiet", "-b", "theirs", "up")
    commit_on(work, "pebble: theirs", "theirs.c", "theirs\n")
    old = work.git("rev-parse", "HEAD")
    work.git("merge", "--quiet", "--no-ff", "-m", "Merge mine", "mine")
    work.git("checkout", "--quiet", "mine")
    work.git("merge", "--quiet", "--no-ff", "-m", "Merge theirs", old)
    commit_on(work, "pebble: the only news", "news.c", "news\n")
    assert len(work.git("merge-base", "--all", "mine", "theirs").split()) == 2
    args = ("pull-request", "mine", "--repo", work.path, "--base=theirs", "--dry-run")
    found = asking.json(*args)
    (upstream,) = [one for one in found["audits"] if one["name"] == "upstream"]
    assert upstream["verdict"] == "told"
    assert found["mail"]["text"].endswith(
        " news.c | 1 +\n 1 file changed, 1 insertion(+)\n create mode 100644 news.c\n"
    )


def test_commits_that_a_repository_has_never_heard_of_are_absent(
    work: Work, tmp_path: Path
) -> None:
    other = Work(tmp_path / "other")
    commit_on(other, "else: begin", "else.c", "else\n")
    commits = work.git("rev-list", "up..topic").split()
    assert absent_from(Git(other.path), commits, ["HEAD"], commits[-1]) == set(commits)


def test_it_goes_to_those_of_the_last_one(asking: Mkit, sink: Sink, work: Work) -> None:
    pull_request(asking, work, TAG, "--yes", "--cc=Cee <cee@lumen.example>")
    asking.configure(
        (asking.home / "config").read_text(encoding="utf-8").replace("pullTo", "pullT")
    )
    sign = ("tag", "--annotate", "--file=-")
    work.git(*sign, "pebble-for-6.10", "topic", data=b"Pebble changes for 6.10\n")
    found = pull_request(asking, work, "pebble-for-6.10", "--dry-run")
    assert found["mail"]["to"] == [LINUS]
    assert found["mail"]["cc"] == ["Cee <cee@lumen.example>"]
    assert found["request"]["addressed_by"].startswith("the request ")


def test_it_goes_to_those_whom_maintainers_names(mkit: Mkit, sink: Sink, work: Work) -> None:
    made = sending_to(mkit, sink)
    text = (
        "Maintainers\n-----------\n\nPEBBLE\nM:\tBo Boss <bo@lumen.example>\n"
        "L:\tpebblefs@lists.lumen.example\nS:\tMaintained\nF:\tfs/\n"
    )
    work.commit("maintainers", MAINTAINERS=text)
    found = pull_request(made, work, "topic", "--url=git://lumen.example/p", "--dry-run")
    assert found["mail"]["to"] == ["Bo Boss <bo@lumen.example>", "<pebblefs@lists.lumen.example>"]
    assert found["request"]["addressed_by"] == "MAINTAINERS"


@pytest.mark.parametrize(
    "url",
    ["--upload-pack=touch /tmp/x", "https://robin:secret@lumen.example/p", "two words", ""],
)
def test_an_address_that_nobody_should_pull_from_is_refused(
    asking: Mkit, sink: Sink, work: Work, url: str
) -> None:
    asking.configure(
        (asking.home / "config").read_text(encoding="utf-8").replace("pullUrl", "pulU")
    )
    args = ("pull-request", TAG, "--repo", work.path, "--base=up", f"--url={url}", "--yes")
    done = asking.run(*args, code=1)
    assert "secret" not in done.stderr
    assert "mkit:" in done.stderr
    assert not sink.mails


def test_names_that_git_would_obey_are_refused(work: Work) -> None:
    tip = work.git("rev-parse", "topic")
    for ref in ("refs/heads/-x", "refs/tags/--upload-pack=x"):
        work.git("update-ref", ref, tip)
    git = Git(work.path)
    for word in ("-x", "refs/heads/-x", "--upload-pack=x"):
        with pytest.raises(Refused):
            find_ref(git, word)
    for word in ("nothing", "topic~1", "topic^{tree}", "", "a b", "refs/heads/*"):
        with pytest.raises(NotFound):
            find_ref(git, word)


def test_what_upstream_has_or_shares_nothing_with_is_refused(work: Work) -> None:
    git = Git(work.path)
    with pytest.raises(Refused, match="has all of it"):
        read_offer(git, "refs/heads/topic", "topic")
    work.git("checkout", "--quiet", "--orphan", "alone")
    commit_on(work, "alone: begin", "alone.c", "alone\n")
    with pytest.raises(Refused, match="no commit in common"):
        read_offer(git, "refs/heads/topic", "alone")


def test_a_tag_signed_by_gnupg_is_verified_and_a_changed_one_is_not(
    needs_tool: Callable[[str], str], work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_tool("gpg")
    home = gnupg_home(tmp_path / "gnupg")
    monkeypatch.setenv("GNUPGHOME", str(home))
    env = {**os.environ, "GNUPGHOME": str(home)}
    argv = [
        "git",
        "-C",
        str(work.path),
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@quarry.example",
    ]
    argv += ["-c", "user.signingKey=ada@quarry.example"]
    subprocess.run(
        [*argv, "tag", "-s", "-m", "signed", "good", "topic"],
        env=env, check=True, timeout=60, capture_output=True,
    )  # fmt: skip
    git = Git(work.path)
    offer = read_offer(git, "refs/tags/good", "up")
    assert (offer.signature.trust.value, offer.signature.signer) == (
        "good",
        "Ada Author <ada@quarry.example>",
    )
    assert offer.tag is not None
    raw = git.output("cat-file", "tag", "good").replace(b"\n\nsigned", b"\n\nSigned")
    other = git.output("hash-object", "-t", "tag", "-w", "--stdin", stdin=raw).decode().strip()
    work.git("update-ref", "refs/tags/good", other)
    assert read_offer(git, "refs/tags/good", "up").signature.trust.value == "bad"
    monkeypatch.setenv("GNUPGHOME", str(gnupg_home(tmp_path / "empty") / "none"))
    (tmp_path / "empty" / "none").mkdir(mode=0o700)
    assert read_offer(git, "refs/tags/good", "up").signature.trust.value == "unknown-key"


def test_a_repository_does_not_choose_who_says_that_its_tags_are_good(
    work: Work, tmp_path: Path
) -> None:
    said = tmp_path / "ran"
    lie = tmp_path / "lie"
    lie.write_text(f"#!/bin/sh\ntouch {said}\n", encoding="utf-8")
    lie.chmod(0o755)
    for name in ("gpg.program", "gpg.ssh.program", "gpg.openpgp.program"):
        work.git("config", name, str(lie))
    work.git("config", "gpg.ssh.allowedSignersFile", str(tmp_path / "key.allowed"))
    offer = read_offer(Git(work.path), f"refs/tags/{TAG}", "up")
    assert offer.signature.trust.value == "unknown-key"
    assert not said.exists()


def test_the_subject_is_one_line_whatever_the_tag_says(work: Work) -> None:
    work.git("tag", "--annotate", "--file=-", "odd", "topic", data=b"Odd\x1b[2J\rx\n")
    offer = read_offer(Git(work.path), "refs/tags/odd", "up")
    assert request_subject(offer).isprintable()
