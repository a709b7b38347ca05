# SPDX-License-Identifier: GPL-2.0-or-later
"""What signatures say of patches, as it is shown: real signatures, name server, keyrings, homes."""

from __future__ import annotations

import json
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import patatt
import pytest

from tests.build import ADA, BO, LIST, patch
from tests.cli import schemas
from tests.integration.driver import CONFIG, Json, Mkit
from tests.integration.signing import (
    DEVELOPER,
    FOREIGN,
    NameServer,
    dkim_signed,
    keyring,
    name_server,
    patatt_signed,
)

DOMAIN = "quarry.example"
ADDRESS = "ada@quarry.example"
KEY = f"mail._domainkey.{DOMAIN}"
FOOTER = (
    b"_______________________________________________\n"
    b"Pebblefs mailing list\nPebblefs@lists.lumen.example\n"
    b"https://lists.lumen.example/listinfo/pebblefs\n"
)
NOWHERE = "127.0.0.1:9"

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def names() -> Iterator[NameServer]:
    with name_server() as server:
        server.publish(DOMAIN)
        yield server


@dataclass(frozen=True)
class Desk:
    """A home whose name server and keyring are the test's."""

    mkit: Mkit
    names: NameServer

    def configure(self, more: str = "", dns: str = "") -> None:
        text = f"{CONFIG}\tdns = {dns or self.names.address}\n\tkeyring = {self.keys}\n{more}"
        self.mkit.configure(text)

    @property
    def keys(self) -> Path:
        return self.mkit.base / "keys"

    def attest(self, message_id: str, *words: str) -> Json:
        """What is said of one patch; the exit code is right for it."""
        done = self.mkit.end_of("attest", message_id, "--json", *words)
        schemas.check(done.json, "attest")
        ((one,), summary) = done.json["patches"], done.json["summary"]
        found = one["attestation"]
        assert isinstance(found, dict)
        assert summary[found["verdict"]] == sum(summary.values()) == 1
        assert done.code == (found["verdict"] == "bad")
        return found

    def shown(self, message_id: str) -> Json:
        value = self.mkit.json("show", message_id)
        schemas.check(value, "show")
        found = value["attestations"][message_id]
        assert isinstance(found, dict)
        return found

    @property
    def kept(self) -> list[Json]:
        path = self.mkit.home / "attestations.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def desk(mkit: Mkit, names: NameServer) -> Desk:
    found = Desk(mkit, names)
    found.configure()
    keyring(found.keys, ADDRESS)
    return found


def a_patch(name: str, **more: str) -> bytes:
    return patch(f"[PATCH] stone: {name}", message_id=f"{name}@made.example", **more)  # type: ignore[arg-type]


def through_list(raw: bytes) -> bytes:
    return b"List-Id: <pebblefs.lists.lumen.example>\n" + raw


MAILS = {
    "dkim": dkim_signed(a_patch("dkim"), DOMAIN),
    "patatt": patatt_signed(a_patch("patatt"), ADDRESS),
    "broken": dkim_signed(a_patch("broken"), DOMAIN).replace(b"better so", b"worse so"),
    "forged": patatt_signed(a_patch("forged"), ADDRESS).replace(b"two();", b"evil();"),
    "unsigned": a_patch("unsigned"),
}
ONLINE = {
    "dkim": ("good", "dkim"),
    "patatt": ("good", "patatt"),
    "broken": ("bad", "dkim"),
    "forged": ("bad", "patatt"),
    "unsigned": ("none", "patatt"),
}


@pytest.mark.parametrize("name", MAILS)
def test_each_is_labelled_right_with_the_network_and_without(desk: Desk, name: str) -> None:
    desk.mkit.bring(MAILS[name])
    target = f"{name}@made.example"
    offline = {**ONLINE, "dkim": ("unverified", "dkim")}
    found = desk.attest(target, "--offline")
    assert (found["verdict"], found["kind"]) == offline[name]
    assert desk.shown(target) == found
    assert desk.names.asked == []
    found = desk.attest(target)
    assert (found["verdict"], found["kind"]) == ONLINE[name]
    assert found["identity"] == (ADDRESS if found["verdict"] == "good" else None)
    # What was found once is known without the network, and when the key is gone.
    desk.names.records.clear()
    desk.configure(dns=NOWHERE)
    for words in (["--offline"], []):
        assert desk.attest(target, *words) == found
    assert desk.shown(target) == found


def test_one_topic_of_all_of_them_in_words(desk: Desk) -> None:
    series = []
    for number, name in enumerate(MAILS, 1):
        parents = () if number == 1 else ("dkim@made.example",)
        raw = patch(
            f"[PATCH {number}/{len(MAILS)}] stone: {name}",
            message_id=f"{name}@made.example",
            parents=parents,
        )
        series.append(raw)
    dkim, patatt, broken, forged, unsigned = series
    desk.mkit.bring(
        dkim_signed(dkim, DOMAIN),
        patatt_signed(patatt, ADDRESS),
        dkim_signed(broken, DOMAIN).replace(b"better so", b"worse so"),
        patatt_signed(forged, ADDRESS).replace(b"two();", b"evil();"),
        unsigned,
    )
    (topic,) = desk.mkit.json("list", "--all")["topics"]
    desk.mkit.run("attest", topic["id"], code=1)
    text = desk.mkit.run("show", topic["id"]).stdout
    told = [line.strip() for line in text.splitlines() if "attested" in line]
    key = desk.keys / "ed25519" / DOMAIN / "ada" / "default"
    assert told == [
        "attested   2 good, 2 bad, 1 none",
        f"attested: good: DKIM by {ADDRESS}, key {KEY}",
        f"attested: good: patatt by {ADDRESS}, key {key}",
        f"attested: bad: DKIM signature of {DOMAIN}: body hash mismatch"
        " (the body was changed on the way)",
        "attested: bad: patatt signature: the text was changed (the body was changed on the way)",
        "attested: none: not signed",
    ]


def test_nothing_is_said_where_nobody_signs(desk: Desk) -> None:
    desk.mkit.bring(MAILS["unsigned"])
    assert "attested" not in desk.mkit.run("show", "unsigned@made.example").stdout
    assert desk.mkit.run("attest", "unsigned@made.example").stdout.endswith("1 none\n")


def test_could_not_verify_is_neither_good_nor_bad(desk: Desk) -> None:
    desk.mkit.bring(MAILS["dkim"])
    target = "dkim@made.example"
    desk.configure(dns=NOWHERE)
    found = desk.attest(target)
    assert (found["verdict"], "no name server answered" in found["why"]) == ("unverified", True)
    desk.configure()
    desk.names.records.clear()
    found = desk.attest(target)
    assert (found["verdict"], found["why"]) == ("unverified", f"{KEY} holds no key")
    desk.names.records[KEY] = "v=DKIM1; k=ed25519; p="
    found = desk.attest(target)
    assert (found["verdict"], found["why"]) == ("unverified", f"{KEY} was revoked")
    assert not (desk.mkit.home / "attestations.jsonl").exists()
    desk.names.publish(DOMAIN)
    assert desk.attest(target)["verdict"] == "good"
    assert "could not verify" not in desk.mkit.run("show", target).stdout


def test_a_key_that_no_keyring_has(desk: Desk) -> None:
    desk.mkit.bring(patatt_signed(a_patch("new", sender=BO), "bo@shale.example"))
    found = desk.attest("new@made.example")
    assert found["verdict"] == "unverified"
    assert found["why"] == "patatt signature: no keyring has the ed25519 key of bo@shale.example"
    keyring(desk.keys, "bo@shale.example")
    assert desk.shown("new@made.example")["verdict"] == "good"


def test_again_believes_the_keyring_of_today(desk: Desk) -> None:
    """Who takes a key of patatt away wants it so; a key of DKIM merely goes."""
    desk.mkit.bring(MAILS["patatt"], MAILS["dkim"])
    for one in ("patatt", "dkim"):
        assert desk.attest(f"{one}@made.example")["verdict"] == "good"
    keyring(desk.keys, ADDRESS, FOREIGN)
    desk.names.publish(DOMAIN, FOREIGN)
    assert desk.attest("patatt@made.example")["verdict"] == "good"
    assert desk.attest("patatt@made.example", "--again")["verdict"] == "bad"
    assert desk.attest("dkim@made.example", "--again")["verdict"] == "good"
    (desk.keys / "ed25519" / DOMAIN / "ada" / "default").unlink()
    assert desk.attest("patatt@made.example", "--again")["verdict"] == "unverified"
    assert desk.shown("patatt@made.example")["verdict"] == "unverified"
    keyring(desk.keys, ADDRESS)
    assert desk.shown("patatt@made.example")["verdict"] == "good"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (
            through_list(dkim_signed(a_patch("listed"), DOMAIN) + FOOTER),
            "the body was changed on the way: a list added a footer",
        ),
        (
            through_list(dkim_signed(a_patch("listed"), DOMAIN) + b"\nSent by a list\n"),
            "the body was changed on the way: a list's footer?",
        ),
        (
            through_list(dkim_signed(a_patch("listed"), DOMAIN)).replace(
                b"Subject: [PATCH]", b"Subject: [pebblefs] [PATCH]"
            ),
            "a list's change of Subject or From?",
        ),
    ],
)
def test_what_a_list_did_is_told(desk: Desk, raw: bytes, why: str) -> None:
    desk.mkit.bring(raw)
    found = desk.attest("listed@made.example")
    assert found["verdict"] == "bad"
    assert found["why"].endswith(f"({why})")


def test_the_copy_that_came_straight_speaks(desk: Desk) -> None:
    """Both hold the same patch: what the list did to its own says nothing of the other."""
    raw = dkim_signed(a_patch("twice"), DOMAIN)
    desk.mkit.bring(through_list(raw + FOOTER), raw)
    assert desk.attest("twice@made.example")["verdict"] == "good"


def test_another_mail_under_the_same_id_lends_no_signature(desk: Desk) -> None:
    """The earlier speaks, and is shown: it is forged; the later one is signed, but other."""
    forged = a_patch("same").replace(b"two();", b"evil();")
    signed = dkim_signed(a_patch("same", minutes=5), DOMAIN)  # type: ignore[arg-type]
    desk.mkit.bring(signed, forged)
    assert "evil" in forged.decode()
    assert desk.attest("same@made.example")["verdict"] == "none"
    assert desk.shown("same@made.example")["verdict"] == "none"


def test_a_list_that_signs_as_itself_vouches_for_nobody_else(desk: Desk) -> None:
    sender = "Ada Author via Pebblefs <pebblefs@lists.lumen.example>"
    raw = a_patch("munged", sender=sender)
    raw = through_list(raw.replace(b"To: ", f"Reply-To: {ADA}\nTo: ".encode(), 1))
    desk.names.publish("lists.lumen.example")
    desk.mkit.bring(dkim_signed(raw, "lists.lumen.example"))
    found = desk.attest("munged@made.example")
    assert (found["verdict"], found["identity"]) == ("none", None)
    assert found["why"] == f"only {LIST} signed it, who passed it on"


def test_a_signature_from_before_a_list_put_itself_into_from(desk: Desk) -> None:
    raw = patatt_signed(a_patch("rewritten"), ADDRESS)
    via = b"Ada Author via Pebblefs <pebblefs@lists.lumen.example>"
    raw = raw.replace(b"From: " + ADA.encode(), b"From: " + via + b"\nReply-To: " + ADA.encode(), 1)
    assert via in raw
    spoilt = raw.replace(b"rewritten@", b"spoilt@")
    desk.mkit.bring(through_list(raw), through_list(spoilt))
    found = desk.attest("rewritten@made.example")
    assert (found["verdict"], found["identity"]) == ("good", ADDRESS)
    assert desk.attest("spoilt@made.example")["verdict"] == "bad"


def test_an_author_in_the_text_may_sign(desk: Desk) -> None:
    text = f"From: {ADA}\n\nIt is better so.\n\nSigned-off-by: {ADA}\n"
    desk.mkit.bring(patatt_signed(a_patch("passed-on", sender=BO, text=text), ADDRESS))
    found = desk.attest("passed-on@made.example")
    assert (found["verdict"], found["identity"]) == ("good", ADDRESS)


def test_keys_of_a_repository_are_those_of_its_main_branch(desk: Desk) -> None:
    """Not those of what is checked out, which anybody may have sent."""
    (desk.keys / "ed25519" / DOMAIN / "ada" / "default").unlink()
    place = desk.mkit.base / "repository"
    place.mkdir()

    def git(*words: str) -> None:
        who = ["-c", "user.name=Bo", "-c", "user.email=bo@shale.example"]
        argv = ["git", "-C", str(place), *who, *words]
        subprocess.run(argv, check=True, timeout=30, capture_output=True, env=desk.mkit.env)

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "begin")
    git("checkout", "-q", "-b", "theirs")
    keyring(place / ".keys", ADDRESS)
    git("add", ".")
    git("commit", "-q", "-m", "a key of mine")
    desk.configure(f"\trepository = {place}\n")
    desk.mkit.bring(MAILS["patatt"])
    assert desk.attest("patatt@made.example")["verdict"] == "unverified"
    git("checkout", "-q", "main")
    git("merge", "-q", "theirs")
    found = desk.attest("patatt@made.example")
    assert found["verdict"] == "good"
    assert found["key"].endswith("/.git:refs/heads/main:.keys/ed25519/quarry.example/ada/default")


def test_what_is_no_key(desk: Desk) -> None:
    place = desk.keys / "ed25519" / DOMAIN / "ada" / "default"
    desk.mkit.bring(MAILS["patatt"])
    for text in (b"", b"\xff\xfe", b"AAAA", b64encode(DEVELOPER.verify_key.encode())[:20]):
        place.write_bytes(text)
        found = desk.attest("patatt@made.example", "--again")
        assert found["verdict"] == ("bad" if text else "unverified")


def test_keys_of_openssh(desk: Desk, needs_tool: Callable[[str], str], tmp_path: Path) -> None:
    needs_tool("ssh-keygen")
    private = tmp_path / "key"
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(private)]
    subprocess.run(make, check=True, timeout=60)
    public = private.with_suffix(".pub").read_bytes()
    raw = signed_by("openssh", str(private.with_suffix(".pub")))
    check_other_key(desk, "openssh", raw, public)


def test_keys_of_openpgp(
    desk: Desk,
    needs_tool: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gpg = needs_tool("gpg")
    ring = tmp_path / "gnupg"
    ring.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(ring))
    make = ["--batch", "--passphrase", "", "--quick-gen-key", ADA, "ed25519", "sign", "never"]
    subprocess.run([gpg, *make], check=True, timeout=60, capture_output=True)
    told = subprocess.run([gpg, "--export", ADDRESS], check=True, timeout=60, capture_output=True)
    raw = signed_by("openpgp", ADDRESS)
    subprocess.run(["gpgconf", "--kill", "all"], check=False, timeout=60)
    # A key that lies in the reader's GnuPG only is anybody's.
    other = Desk(desk.mkit.having(GNUPGHOME=str(ring)), desk.names)
    check_other_key(other, "openpgp", raw, told.stdout)


def signed_by(algorithm: str, key: str) -> bytes:
    message = patatt.PatattMessage(a_patch(algorithm))
    message.sign(algorithm, key, ADDRESS, "default")
    return message.as_bytes()


def check_other_key(desk: Desk, algorithm: str, raw: bytes, public: bytes) -> None:
    """Unverified without the key, good with it, bad where the text is another."""
    target = f"{algorithm}@made.example"
    desk.mkit.bring(raw)
    assert desk.attest(target)["verdict"] == "unverified"
    place = desk.keys / patatt.make_pkey_path(algorithm, ADDRESS, "default")
    place.parent.mkdir(parents=True)
    place.write_bytes(public)
    found = desk.attest(target)
    assert (found["verdict"], found["identity"], found["key"]) == ("good", ADDRESS, str(place))
    assert abs(datetime.fromisoformat(found["signed"]).timestamp() - time.time()) < 600
    spoilt = raw.replace(target.encode(), f"x{target}".encode()).replace(b"two();", b"evil();")
    desk.mkit.bring(spoilt)
    assert desk.attest(f"x{target}")["verdict"] == "bad"


@pytest.mark.parametrize(("attest", "asked"), [("intake", True), ("ask", False), ("off", False)])
def test_at_intake_or_when_asked(desk: Desk, attest: str, asked: bool) -> None:
    desk.configure(f"\tattest = {attest}\n")
    desk.mkit.deliver(MAILS["dkim"], MAILS["unsigned"])
    desk.mkit.run("sync")
    assert desk.names.asked == ([KEY] if asked else [])
    shown = desk.mkit.json("show", "dkim@made.example")["attestations"]
    words = {"intake": "good", "ask": "unverified"}
    assert [one["verdict"] for one in shown.values()] == [
        word for name, word in words.items() if name == attest
    ]
    # Once is enough; and whoever asks is answered, whatever the setting.
    desk.mkit.run("sync")
    assert desk.attest("dkim@made.example")["verdict"] == "good"
    assert desk.names.asked == [KEY]


def test_reading_never_asks_a_name_server(desk: Desk) -> None:
    desk.configure("\tattest = intake\n")
    desk.mkit.deliver(MAILS["dkim"])
    for words in (["list"], ["show", "dkim@made.example"], ["search", "stone"], ["digest"]):
        desk.mkit.end_of(*words)
    assert desk.names.asked == []


def test_it_is_backed_up(desk: Desk, tmp_path: Path) -> None:
    desk.mkit.bring(MAILS["dkim"])
    found = desk.attest("dkim@made.example")
    desk.mkit.run("backup", tmp_path / "saved.tar.gz")
    again = Mkit(tmp_path / "again")
    again.configure()
    again.run("restore", tmp_path / "saved.tar.gz")
    other = Desk(again, desk.names)
    desk.names.records.clear()
    assert other.attest("dkim@made.example", "--offline") == found
    assert other.kept == desk.kept


def test_lines_that_mean_nothing_are_passed_over(desk: Desk) -> None:
    desk.mkit.bring(MAILS["dkim"])
    found = desk.attest("dkim@made.example")
    path = desk.mkit.home / "attestations.jsonl"
    (line,) = path.read_bytes().splitlines()
    mark = json.loads(line)["mail"]
    spoilt = [
        line[:90],
        b"[]",
        b'{"mail":"' + mark.encode() + b'","kind":"dkim"}',
        line.replace(b'"good"', b'"splendid"'),
        line.replace(b'"kind":"dkim"', b'"kind":7'),
    ]
    path.write_bytes(line + b"\n" + b"\n".join(spoilt) + b"\n" + line[:40])
    assert desk.attest("dkim@made.example", "--offline") == found


def test_no_patch_to_attest(desk: Desk) -> None:
    raw = a_patch("talk").replace(b"[PATCH] ", b"").partition(b"---")[0]
    desk.mkit.bring(raw)
    done = desk.mkit.end_of("attest", "talk@made.example")
    assert (done.code, "no patch" in done.stderr) == (1, True)
    assert desk.mkit.end_of("attest").code == 2
