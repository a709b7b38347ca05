# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit serve --lore``: b4 gets from it what it gets from public-inbox, and nobody more than may
be shown."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from base64 import encodebytes
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from socket import create_connection

import pytest

from maintainer_kit.adapters.mail.mbox import split_mbox
from tests.build import LIST, mail
from tests.integration.driver import CONFIG, Mkit
from tests.integration.inbox_server import InboxServer
from tests.integration.lore_server import B4, LoreServer, serving_lore

FROM_INSIDE = "From here it is quoted\n>From there too\n>>From both\n"


@pytest.fixture(scope="module")
def lore(sample: Mkit) -> Iterator[LoreServer]:
    """All sample mail."""
    with serving_lore(sample) as server:
        yield server


@pytest.fixture
def series(sample: Mkit) -> list[str]:
    """The first mail of some series, the longest first."""
    topics = [one for one in sample.json("list", "--all")["topics"] if one["kind"] == "series"]
    topics.sort(key=lambda one: (-one["total"], one["id"]))
    return [one["message_id"] for one in topics[:6]]


def test_it_says_how_b4_and_lei_find_it(lore: LoreServer) -> None:
    assert f"git config --global b4.midmask {lore.url}/all/%s" in lore.told
    assert f"lei add-external {lore.url}/all/" in lore.told


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("verb", ["am", "mbox"])
def test_b4_writes_the_same_files_as_with_public_inbox(
    lore: LoreServer, archives: InboxServer, series: list[str], tmp_path: Path, verb: str
) -> None:
    for message_id in series[:2]:
        folder = tmp_path / message_id
        found = B4(folder / "ours", lore.url).files(verb, "-c", message_id)
        assert found, message_id
        assert found == B4(folder / "theirs", archives.url).files(verb, "-c", message_id)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_b4_review_tracks_the_same_as_with_public_inbox(
    lore: LoreServer, archives: InboxServer, series: list[str], tmp_path: Path
) -> None:
    tracked = [
        tracked_by(B4(tmp_path / name, url), series[:2])
        for name, url in (("ours", lore.url), ("theirs", archives.url))
    ]
    assert len(tracked[0]["series"]) == 2 and tracked[0]["series_patches"]
    assert tracked[0] == tracked[1]


def tracked_by(b4: B4, message_ids: list[str]) -> dict[str, list[dict[str, object]]]:
    """The tables of ``b4 review`` that tell of series, but for when it looked."""
    repository = b4.base / "pebble"
    repository.mkdir(parents=True)
    for words in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "start")):
        who = ("-c", "user.name=R", "-c", "user.email=r@x.example")
        subprocess.run(["git", *who, *words], cwd=repository, check=True, timeout=30)
    b4.run("review", "enroll", cwd=repository)
    for message_id in message_ids:
        b4.run("review", "track", message_id, cwd=repository)
    (file,) = b4.base.glob(".local/share/b4/review/pebble.sqlite3")
    found: dict[str, list[dict[str, object]]] = {}
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        for table in ("series", "revisions", "series_patches"):
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {table}")]
            found[table] = [
                {name: row[name] for name in row if name not in ("added_at", "found_at")}
                for row in rows
            ]
    return found


def test_lei_finds_mail_there(
    lore: LoreServer, series: list[str], tmp_path: Path, needs_tool: Callable[[str], str]
) -> None:
    needs_tool("lei")
    needs_tool("curl")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "LANG": "C.UTF-8",
    }

    def lei(*args: str) -> bytes:
        done = subprocess.run(
            ["lei", *args], env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=100
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    out = tmp_path / "found.mbox"
    try:
        lei("add-external", f"{lore.url}/all/")
        query = f"m:{series[0]}"
        lei("q", "--no-save", "--no-local", "--remote", "-f", "mboxrd", "-o", str(out), query)
    finally:
        lei("daemon-kill")
    (found,) = [piece.raw for piece in split_mbox(out.read_bytes())]
    assert f"<{series[0]}>".encode() in found


def test_raw_and_threads_are_those_of_public_inbox(
    lore: LoreServer, archives: InboxServer, series: list[str]
) -> None:
    theirs = LoreServer(archives.url, "", lore.program)
    for message_id in series:
        place = f"/all/{message_id}/"
        assert set(lore.get(place + "t.mbox.gz").mails) == set(
            theirs.get(place + "t.mbox.gz").mails
        )
        assert lore.get(place + "raw").body == theirs.get(place + "raw").body


@pytest.mark.parametrize(
    "query",
    [
        "s:pebble AND f:example",
        "s:pebble d:20250101..20270101",
        "nq:signed",
        "f:example -s:patch",
        "(s:wick OR s:pebble) NOT s:re",
        "dfn:pebble",
        "m:no-such@mail",
        "l:wick.lists.lumen.example",
    ],
)
def test_searches_find_what_public_inbox_finds(
    lore: LoreServer, archives: InboxServer, query: str
) -> None:
    theirs = LoreServer(archives.url, "", lore.program).search(query)
    ours = lore.search(query)
    assert (ours.status, theirs.status) in ((200, 200), (404, 404))
    if ours.status == 200:
        assert set(ours.ids) == set(theirs.ids)


@pytest.mark.parametrize(
    "query", ["nosuchprefix:x", "s:", "(a", 'a "b', "d:whenever..", "", "a NEAR b", "dfpre:abc"]
)
def test_a_query_that_is_not_understood_is_refused(lore: LoreServer, query: str) -> None:
    answer = lore.search(query)
    assert answer.status == 400
    assert "try: " in answer.text


def test_whole_threads_and_one_thread(lore: LoreServer, series: list[str]) -> None:
    first = series[0]
    thread = set(lore.get(f"/all/{first}/t.mbox.gz").ids)
    assert len(thread) > 1
    assert lore.search(f"m:{first}").ids == [first]
    assert set(lore.search(f"m:{first}", more="&t=1").ids) == thread
    assert set(lore.search("dt:20000101000000..", f"all/{first}/").ids) == thread
    assert lore.search("dt:20990101000000..", f"all/{first}/").status == 404


def test_a_list_has_its_own_mail_only(lore: LoreServer) -> None:
    everything = lore.get("/all/new.atom").text
    wick = lore.get("/wick.lists.lumen.example/new.atom").text
    assert "<entry>" in wick and wick != everything
    found = lore.search("s:wick", "wick/")
    assert found.status == 200
    others = set(lore.search("NOT l:wick.lists.lumen.example").ids)
    assert others and not others & set(found.ids)
    assert lore.get(f"/wick/{sorted(others)[0]}/raw").status == 404


def test_mail_is_served_as_it_is_stored(mkit: Mkit) -> None:
    """Quoting of an mbox is taken back by whoever reads it; a page shows markup as text."""
    raw = mail("hi <b>bold</b>", FROM_INSIDE + "<script>alert(1)</script>\n", message_id="a/b+c@x")
    mkit.bring(raw)
    with serving_lore(mkit) as server:
        place = "/all/a%2Fb%2Bc@x/"
        assert [one.raw for one in split_mbox(server.get(place + "raw").body)] == [raw]
        assert server.get(place + "t.mbox.gz").mails == [raw]
        page = server.get(place)
        assert "&lt;script&gt;" in page.text and "<script" not in page.text
        assert "<b>" not in page.text
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in page.headers


def test_new_mail_is_there_at_once(mkit: Mkit) -> None:
    mkit.bring(mail("first", message_id="first@x"))
    with serving_lore(mkit) as server:
        assert server.get("/all/second@x/raw").status == 404
        assert server.get("/all/first@x/t.mbox.gz").ids == ["first@x"]
        mkit.bring(mail("Re: first", message_id="second@x", parents=["first@x"], minutes=1))
        assert server.get("/all/second@x/raw").status == 200
        assert server.get("/all/first@x/t.mbox.gz").ids == ["first@x", "second@x"]


def test_all_mails_of_a_thread_lead_to_the_same_answer(mkit: Mkit) -> None:
    mkit.bring(
        mail("first", message_id="first@x"),
        mail("Re: first", message_id="last@x", parents=["first@x", "lost@x"], minutes=2),
        mail("Re: first", message_id="middle@x", parents=["lost@x"], minutes=1),
        mail("Re: lost", message_id="other@x", parents=["elsewhere@x"], minutes=3),
    )
    with serving_lore(mkit) as server:
        found = [server.get(f"/all/{one}@x/t.mbox.gz") for one in ("middle", "first", "last")]
        assert found[0].ids == ["first@x", "last@x", "middle@x"]
        assert {one.body for one in found} == {found[0].body}
        assert server.get("/all/other@x/t.mbox.gz").ids == ["other@x"]
        assert server.get("/all/lost@x/t.mbox.gz").status == 404


def test_a_mail_that_connects_two_threads_comes_and_goes(mkit: Mkit) -> None:
    mkit.bring(mail("one", message_id="one@x"), mail("two", message_id="two@x", minutes=1))
    with serving_lore(mkit) as server:
        assert server.get("/all/one@x/t.mbox.gz").ids == ["one@x"]
        assert server.get("/all/two@x/t.mbox.gz").ids == ["two@x"]
        both = mail("Re: both", message_id="both@x", parents=["one@x", "two@x"], minutes=2)
        (file,) = mkit.deliver(both)
        mkit.run("sync")
        for asked in ("one@x", "two@x", "both@x"):
            assert server.get(f"/all/{asked}/t.mbox.gz").ids == ["one@x", "two@x", "both@x"]
        file.unlink()
        mkit.run("sync")
        assert server.get("/all/one@x/t.mbox.gz").ids == ["one@x"]
        assert server.get("/all/two@x/t.mbox.gz").ids == ["two@x"]
        assert server.get("/all/both@x/raw").status == 404


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_nobody_waits_for_a_slow_client(mkit: Mkit) -> None:
    """Who asks for more than what the system keeps on the way, and then does not read it."""
    noise = encodebytes(Random(1).randbytes(48_000)).decode()  # which no gzip makes much smaller
    kind = {"Content-Type": "application/x-noise", "Content-Transfer-Encoding": "base64"}
    first = mail("long", noise, message_id="m0@x", headers=kind)
    rest = (
        mail("Re: long", noise, parents=["m0@x"], minutes=at, headers=kind) for at in range(1, 480)
    )
    mkit.bring(first, *rest, mail("short", "hello\n", message_id="short@x"))
    with serving_lore(mkit) as server, ExitStack() as stack:
        for path in ("/all/m0@x/t.mbox.gz", "/all/m0@x/t.mbox.gz", "/all/m0@x/raw"):
            slow = stack.enter_context(create_connection(("127.0.0.1", server.port), timeout=60))
            slow.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert slow.recv(16).startswith(b"HTTP/1.1 200 OK")
        assert server.get("/all/short@x/raw").status == 200
        assert server.search("s:short").ids == ["short@x"]


SECRET = ("plan@x", "answer@x")
ROUTES = ("", "raw", "t.mbox.gz", "t.atom")


def _secrets(mkit: Mkit) -> Mkit:
    """A patch with an answer, a patch that all may see, and one on a list of its own."""
    diff = "Signed-off-by: Ada Author <ada@quarry.example>\n---\ndiff --git a/f b/f\n"
    diff += "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"
    mkit.bring(
        mail("[PATCH] embargo", diff, message_id="plan@x"),
        mail("Re: [PATCH] embargo", "embargo\n", message_id="answer@x", parents=["plan@x"]),
        mail("[PATCH] public", diff.replace("+b", "+c"), message_id="public@x", minutes=9),
    )
    return mkit


def _shows_nothing(server: LoreServer, ids: tuple[str, ...]) -> None:
    for message_id in ids:
        for end in ROUTES:
            assert server.get(f"/all/{message_id}/{end}").status == 404, (message_id, end)
            assert server.get(f"/pebblefs/{message_id}/{end}").status == 404
        assert server.get(f"/all/{message_id}").status == 404
        assert server.get(f"/{message_id}/").status == 404
        assert server.search(f"m:{message_id}").status == 404
        assert server.search("d:2000..", f"all/{message_id}/").status == 404
    told = b"".join(server.get(path).body for path in ("/", "/all/", "/all/new.atom"))
    found = server.search("d:2000.."), server.search("d:2000..", more="&t=1")
    for message_id in ids:
        assert message_id.encode() not in told
        assert all(message_id not in one.ids for one in found)
    assert server.search("embargo").status == 404
    assert server.search('nq:"embargo"').status == 404


def test_a_confidential_topic_is_in_no_answer(mkit: Mkit) -> None:
    with serving_lore(_secrets(mkit)) as server:
        assert server.get("/all/plan@x/t.mbox.gz").ids == list(SECRET)
        assert set(server.search("s:embargo").ids) == set(SECRET)
        mkit.run("confidential", "plan@x")
        _shows_nothing(server, SECRET)
        assert server.get("/all/public@x/raw").status == 200
        mkit.run("confidential", "--off", "plan@x")
        assert server.get("/all/answer@x/raw").status == 200


def test_a_kept_answer_is_given_up_when_its_topic_becomes_confidential(mkit: Mkit) -> None:
    with serving_lore(_secrets(mkit)) as server:
        before = server.get("/all/plan@x/t.mbox.gz")
        assert server.get("/all/answer@x/t.mbox.gz").body == before.body
        everything = server.search("d:2000..").ids
        for _ in range(3):
            mkit.run("confidential", "plan@x")
            assert server.get("/all/plan@x/t.mbox.gz").status == 404
            assert server.search("d:2000..").ids == ["public@x"]
            mkit.run("confidential", "--off", "plan@x")
            assert server.get("/all/plan@x/t.mbox.gz").body == before.body
            assert server.search("d:2000..").ids == everything


def test_an_answer_to_a_confidential_topic_is_confidential_when_it_comes(mkit: Mkit) -> None:
    with serving_lore(_secrets(mkit)) as server:
        mkit.run("confidential", "plan@x")
        assert server.get("/all/public@x/t.mbox.gz").ids == ["public@x"]
        above = ["plan@x", "answer@x"]
        mkit.bring(mail("Re: [PATCH] embargo", "embargo\n", message_id="late@x", parents=above))
        _shows_nothing(server, (*SECRET, "late@x"))


def test_a_catalogue_that_was_made_anew_is_followed(mkit: Mkit) -> None:
    """The old one is still there for whoever had it open."""
    with serving_lore(_secrets(mkit)) as server:
        assert server.get("/all/plan@x/raw").status == 200
        for file in mkit.home.glob("catalogue.sqlite*"):
            file.unlink()
        mkit.run("rebuild")
        mkit.run("confidential", "plan@x")
        _shows_nothing(server, SECRET)
        assert server.get("/all/public@x/t.mbox.gz").ids == ["public@x"]


def test_a_confidential_list_is_in_no_answer(mkit: Mkit) -> None:
    secret = "security@lists.lumen.example"
    mkit.configure(CONFIG + f"\tconfidential = {secret}\n")
    _secrets(mkit)
    lists = {"List-Id": f"<{secret.replace('@', '.')}>"}
    mkit.bring(
        mail("[PATCH] embargo 2", "x\n", message_id="s1@x", to=secret, headers=lists),
        mail("embargo talk", "embargo\n", message_id="s2@x", to=secret, headers=lists),
    )
    mkit.run("confidential", "plan@x")
    with serving_lore(mkit) as server:
        _shows_nothing(server, (*SECRET, "s1@x", "s2@x"))
        assert "security" not in server.get("/").text
        assert "security" not in server.get("/all/_/text/config/raw").text
        for path in ("/security/", "/security/new.atom", "/security.lists.lumen.example/"):
            assert server.get(path).status == 404
        assert server.search("l:security.lists.lumen.example").status == 404
        assert server.get("/all/public@x/raw").status == 200


def test_a_list_becomes_confidential_while_it_is_served(mkit: Mkit) -> None:
    _secrets(mkit)
    with serving_lore(mkit) as server:
        assert server.get("/all/plan@x/raw").status == 200
        mkit.configure(CONFIG + f"\tconfidential = {LIST}\n")
        while server.get("/all/plan@x/raw").status == 200:
            pass  # settings are looked at every two seconds
        assert server.get("/all/public@x/raw").status == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "8.8.8.8", "", "a b"])
def test_other_host_names_are_refused(lore: LoreServer, host: str) -> None:
    assert lore.get("/all/", Host=host).status in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:9", "[::1]:80"])
def test_loopback_has_several_names(lore: LoreServer, host: str) -> None:
    assert lore.get("/all/", Host=host).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "POST"])
def test_it_is_read_only(lore: LoreServer, method: str) -> None:
    assert lore.get("/all/", method).status == 405
    assert lore.get("/all/plan@x/raw", method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/all/../../etc/passwd",
        "/all/..%2F..%2Fetc%2Fpasswd/raw",
        "/all/%00/raw",
        "/all/a%0D%0ASet-Cookie:%20a=b/raw",
        "/all/%FF%FE/raw",
        "/all/" + "a" * 5000 + "/raw",
        "//evil.example/",
        "/all//",
        "/%2e%2e/",
        "/all/x%22%7D%20or%20*/t.mbox.gz",
        "/all/_/text/../../x",
    ],
)
def test_a_hostile_path_finds_nothing(lore: LoreServer, path: str) -> None:
    answer = lore.get(path)
    assert answer.status in (400, 404, 414)
    assert "Set-Cookie" not in answer.headers


def test_a_query_can_be_too_long(lore: LoreServer) -> None:
    assert lore.search("a " * 600).status == 400
    assert lore.search("(" * 50 + "a" + ")" * 50).status == 400
    assert lore.get("/all/?x=m&q=" + "a" * 40000, "POST").status == 414


def test_head_has_headers_only(lore: LoreServer, series: list[str]) -> None:
    answer = lore.get(f"/all/{series[0]}/raw", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert lore.get("/all/_/text/help/", "HEAD").status == 200


def test_a_port_in_use_is_told(lore: LoreServer, sample: Mkit) -> None:
    done = sample.run("serve", "--lore", "--port", str(lore.port), code=1)
    assert "is in use" in done.stderr and "--port 0" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_when_told_to(mkit: Mkit, number: int, code: int) -> None:
    with serving_lore(mkit) as server:
        server.program.send_signal(number)
        assert server.program.wait(30) == code
