# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about how a mail is written: what a mail client did to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import ADA, DIFF, GOOD
from maintainer_kit.checks.finding import WHOLE, Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.mail_bytes import returned_lines
from maintainer_kit.checks.mail_charset import charset_problem
from maintainer_kit.checks.mail_clients import Damage, advice
from maintainer_kit.checks.mangled_sender import mangled_sender
from maintainer_kit.checks.patch import Origin, Patch, Role, in_body, in_diff, in_header
from maintainer_kit.checks.respaced import NBSP, differs_in_space, is_expanded, strange_indents
from maintainer_kit.checks.rule import HEADS, MAILS, WITH_MESSAGE, patch_rule
from maintainer_kit.checks.sources import (
    EMAIL_CLIENTS,
    GIT_AM,
    GIT_SEND_EMAIL,
    QEMU_SUBMITTING,
    RFC_3676,
    RFC_5322,
    submitting_patches,
)
from maintainer_kit.model.mail.text import count_of

if TYPE_CHECKING:
    from maintainer_kit.model.mail.mail import Mail
    from maintainer_kit.model.patch.change import Diff

_ALL = frozenset(Role)
_LONGEST = 998
_PGP = "-----BEGIN PGP SIGNED MESSAGE-----"


def _is_posting(patch: Patch) -> bool:
    """It is a patch or a cover letter, or was meant as one."""
    return patch.role is not Role.OTHER or (patch.subject.is_patch and not patch.subject.is_reply)


def _mail(patch: Patch) -> Mail:
    assert patch.mail is not None
    return patch.mail


def _diff_in(text: str) -> Diff | None:
    from maintainer_kit.model.patch.diff import parse_diff

    return parse_diff(text)


def _plain(example_text: str, kind: str) -> dict[str, str]:
    return {"MIME-Version": "1.0", "Content-Type": kind, "Content-Transfer-Encoding": example_text}


_ALTERNATIVE = {"MIME-Version": "1.0", "Content-Type": 'multipart/alternative; boundary="cut"'}
_HTML = GOOD.with_(
    headers=_ALTERNATIVE,
    body="--cut\nContent-Type: text/plain; charset=UTF-8\n\nThe buffer is never given back.",
    diff=f"{DIFF}\n--cut\nContent-Type: text/html\n\n<p>It is never given back.</p>\n--cut--\n",
)
_MIXED = GOOD.with_(
    headers={"MIME-Version": "1.0", "Content-Type": 'multipart/mixed; boundary="cut"'},
    body="--cut\nContent-Type: text/plain; charset=UTF-8\n\nThe buffer is never given back.",
    trailers="",
    diff="",
)


@patch_rule(
    "mail-html",
    Severity.ERROR,
    "The mail has an HTML part.",
    why="Lists refuse or strip HTML, and nobody can answer it line by line. A client that makes"
    " HTML also changes white space: the plain text beside it is seldom the patch that was meant.",
    fix="Send the mail as plain text alone.",
    source=EMAIL_CLIENTS,
    origins=MAILS,
    roles=_ALL,
    passes=GOOD.with_(headers=_plain("7bit", "text/plain; charset=UTF-8")),
    fails=_HTML,
)
def mail_html(patch: Patch, look: Look) -> Iterator[Hit]:
    mail = _mail(patch)
    kind = next((one for one in mail.oddities if one.startswith("HTML ")), "")
    if kind and _is_posting(patch):
        words = advice(mail, Damage.HTML, "send plain text alone")
        beside = "beside the plain text" if "beside" in kind else "and no plain text"
        fix = Fix(words, resave="beside" in kind)
        yield Hit(f"the mail has an HTML part {beside}", in_header("content-type"), fix)


@patch_rule(
    "mail-format-flowed",
    Severity.ERROR,
    "The mail is format=flowed.",
    why="In a flowed mail a line that ends in a space goes on in the next one, and a space in front"
    " of a line is taken away. git am does so with the diff too, and then it does not apply.",
    fix="Switch format=flowed off, or send with git send-email.",
    source=RFC_3676,
    origins=MAILS,
    passes=GOOD.with_(headers=_plain("7bit", "text/plain; charset=UTF-8")),
    fails=GOOD.with_(
        headers={
            **_plain("7bit", "text/plain; charset=UTF-8; format=flowed"),
            "User-Agent": "Mozilla Thunderbird",
        },
        diff=DIFF.replace("\n ", "\n  ").replace("(sb);\n+", "(sb); \n+"),
    ),
)
def mail_format_flowed(patch: Patch, look: Look) -> Iterator[Hit]:
    """An error where the lines that git am joins break the diff, else a warning."""
    mail = _mail(patch)
    if "format=flowed" not in mail.oddities:
        return
    words = advice(mail, Damage.FLOWED, "send without format=flowed")
    own = patch.diff
    fix = Fix(words, resave=own is not None and not own.damage)
    spot = in_header("content-type")
    joined = _diff_in(mail.text)
    if joined and joined.damage:
        where = mail.text.split("\n")[joined.damage_line - 1 : joined.damage_line]
        line = f": it stops at '{where[0][:50]}'" if where else ""
        yield Hit(f"as git am reads this flowed mail, its diff is broken{line}", spot, fix)
    else:
        message = "the mail is format=flowed, although its diff can still be read"
        yield Hit(message, spot, fix, Severity.WARNING)


@patch_rule(
    "mail-attachment",
    Severity.WARNING,
    "The diff is in an attachment.",
    why="A patch in the text can be quoted and commented line by line in the answer; an attached"
    " one has to be saved and opened first, and many clients do not show it.",
    fix="Put the patch into the text of the mail: git send-email does.",
    source=submitting_patches("no-mime-no-links-no-compression-no-attachments-just-plain-text"),
    origins=MAILS,
    passes=GOOD,
    fails=_MIXED.with_(
        body=f"{_MIXED.body}\n--cut\nContent-Type: text/x-patch\n"
        f'Content-Disposition: attachment; filename="0001.patch"\n\n{DIFF}\n--cut--'
    ),
)
def mail_attachment(patch: Patch, look: Look) -> Iterator[Hit]:
    mail = _mail(patch)
    attached = [one for one in mail.attachments if one.is_patch_file and one.has_diff]
    in_text = "patch in an attachment" not in mail.oddities
    if in_text and (not attached or _diff_in(mail.text) is not None):
        return
    name = next((f" '{one.filename[:40]}'" for one in attached if one.filename), "")
    words = advice(mail, Damage.ATTACHED, "put the patch into the text of the mail")
    yield Hit(f"the diff is only in the attachment{name}", WHOLE, Fix(words, resave=True))


@patch_rule(
    "mail-base64",
    Severity.INFO,
    "Plain text is sent as base64.",
    why="Archives, filters and people who look at the source of a mail see only letters and"
    " figures; and some mailers lose or add line ends when they encode.",
    fix="Send as 8bit: git send-email --transfer-encoding=8bit, or another mail server.",
    source=EMAIL_CLIENTS,
    origins=MAILS,
    roles=HEADS,
    passes=GOOD.with_(headers=_plain("8bit", "text/plain; charset=UTF-8")),
    fails=GOOD.with_(
        raw=b"From: Ada Author <ada@quarry.example>\nSubject: [PATCH 0/2] pebble: mounts\n"
        b"Date: Mon, 5 Jan 2026 09:00:00 +0000\nMessage-ID: <mounts@quarry.example>\n"
        b"MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        b"Content-Transfer-Encoding: base64\n\nTW91bnRzIHRoYXQgZmFpbCBsZWFrLgo=\n"
    ),
)
def mail_base64(patch: Patch, look: Look) -> Iterator[Hit]:
    mail = _mail(patch)
    if "base64" in mail.oddities and mail.text.isascii() and mail.text.strip():
        words = advice(mail, Damage.ENCODED, "send it as 7bit or 8bit")
        spot = in_header("content-transfer-encoding")
        yield Hit("the text is plain ASCII, and sent as base64", spot, Fix(words, resave=True))


@patch_rule(
    "mail-charset",
    Severity.ERROR,
    "The text cannot be read in the charset that the mail names.",
    why="git am turns the commit message into UTF-8 by the charset of the mail, and gives up when"
    " it does not know that charset or a byte is not allowed in it. Names come out as garbage"
    " where it has to guess.",
    fix="Name the charset that was really used; UTF-8 is what everybody expects.",
    source=EMAIL_CLIENTS,
    aliases=("INVALID_UTF8", "UTF8_BEFORE_PATCH"),
    origins=WITH_MESSAGE,
    roles=HEADS,
    passes=GOOD.with_(
        headers=_plain("8bit", "text/plain; charset=UTF-8"), body="Found by Zo\u00eb.\n"
    ),
    fails=GOOD.with_(headers=_plain("8bit", "text/plain; charset=y")),
)
def mail_charset(patch: Patch, look: Look) -> Iterator[Hit]:
    """An error where git am fails, a warning where it has to guess."""
    if patch.mail is None:
        yield from _not_utf8(patch)
    elif problem := charset_problem(patch):
        spot = in_header("content-type") if "content-type" in patch.mail.headers else WHOLE
        fix = Fix("send the mail as UTF-8, and say so in Content-Type", resave=problem.is_fatal)
        grade = None if problem.is_fatal else Severity.WARNING
        yield Hit(problem.words, spot, fix, grade)


def _not_utf8(patch: Patch) -> Iterator[Hit]:
    """A commit message with bytes that are not UTF-8, kept as lone surrogates."""
    if patch.text.isascii():
        return
    for at, line in enumerate(patch.body):
        column = next((n for n, sign in enumerate(line) if "\ud800" <= sign <= "\udfff"), -1)
        if column >= 0:
            fix = Fix("write the message in UTF-8, or set i18n.commitEncoding")
            spot = in_body(at, column, column + 1)
            yield Hit("the message is not UTF-8", spot, fix, Severity.WARNING)
            return


@patch_rule(
    "mail-crlf",
    Severity.WARNING,
    "Lines end in a carriage return.",
    why="Carriage returns that are part of the text go into the tree, or keep the patch from"
    " applying: git am takes them for a part of each line.",
    fix="Save the file with Unix line ends, and make the patch anew.",
    source=GIT_AM,
    aliases=("DOS_LINE_ENDINGS",),
    origins=MAILS,
    passes=GOOD,
    fails=GOOD.with_(
        headers=_plain("quoted-printable", "text/plain; charset=UTF-8"),
        diff=DIFF.replace("=", "=3D").replace("put(sb);", "put(sb);=0D"),
    ),
)
def mail_crlf(patch: Patch, look: Look) -> Iterator[Hit]:
    """Line ends of the transport do not count: only those within encoded text, and those of
    single lines. A file that has them everywhere is remarked on only."""
    lines = patch.diff_lines
    returned = returned_lines(patch)
    fix = Fix(advice(patch.mail, Damage.ENCODED, "send it with Unix line ends"), resave=True)
    if any(lines[at].startswith("diff --git ") or lines[at][:7] == "--- a/" for at in returned):
        count = sum(bool(lines[at]) for at in returned)
        words = f"all {count} lines of the diff end in a carriage return"
        yield Hit(words, in_diff(returned[0]), fix)
    elif added := [at for at in returned if lines[at].startswith("+")]:
        grade = Severity.INFO if len(added) < len(returned) else None
        spot = in_diff(added[0], len(lines[added[0]]) - 1, len(lines[added[0]]))
        words = f"{count_of(len(added), 'added line')} with a carriage return at the end"
        yield Hit(words, spot, fix, grade)


@patch_rule(
    "mail-long-line",
    Severity.ERROR,
    "A line is longer than mail allows.",
    why="Mail servers cut or refuse lines of more than 998 bytes, and the patch arrives broken.",
    fix="Send with --transfer-encoding=quoted-printable, or auto.",
    source=GIT_SEND_EMAIL,
    origins=MAILS,
    roles=HEADS,
    options={"limit": _LONGEST},
    passes=GOOD.with_(body=f"The log:\n\n {'x' * 900}"),
    fails=GOOD.with_(body=f"The log:\n\n {'x' * 1000}"),
)
def mail_long_line(patch: Patch, look: Look) -> Iterator[Hit]:
    """Of a patch file a remark only: git send-email encodes such text by itself."""
    limit = look.number("limit")
    if len(patch.raw) <= limit:
        return
    lines = patch.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].split(b"\n")
    longest = max(map(len, lines), default=0)
    if longest > limit:
        fix = Fix("send it as quoted-printable")
        grade = Severity.INFO if patch.origin is Origin.FILE else None
        yield Hit(f"a line has {longest} bytes; mail allows {limit}", WHOLE, fix, grade)


@patch_rule(
    "mail-missing-header",
    Severity.ERROR,
    "A header that each mail has is missing, or cannot be read.",
    why="Without a From with an address there is no author; without a Date or a Message-ID the mail"
    " cannot be sorted into its thread, or answered.",
    fix="Send with git send-email, which writes these headers.",
    source=RFC_5322,
    origins=MAILS,
    roles=HEADS,
    passes=GOOD.with_(kind="file"),
    fails=GOOD.with_(headers={"Date": ""}),
)
def mail_missing_header(patch: Patch, look: Look) -> Iterator[Hit]:
    mail = _mail(patch)
    fix = Fix("write it with git format-patch, send it with git send-email")
    if not any(name in mail.headers for name in ("from", "subject", "date")):
        return  # a bare diff, as quilt keeps them
    if "@" not in patch.author.address:
        what = "no address in From:" if "from" in mail.headers else "no From:"
        yield Hit(f"there is {what}", in_header("from"), fix)
    if patch.origin is Origin.FILE and "date" not in mail.headers:
        return  # git send-email gives it one
    if not patch.date:
        words = f"the Date '{mail.header('date')[:40]}' cannot be read"
        yield Hit(words if "date" in mail.headers else "there is no Date:", in_header("date"), fix)
    if patch.origin is Origin.MAIL and "<" not in mail.raw_header("message-id"):
        words = "the Message-ID is not in angle brackets"
        yield Hit(words, in_header("message-id"), fix, Severity.WARNING)


@patch_rule(
    "mail-inline-pgp",
    Severity.WARNING,
    "The text is clear-signed with PGP.",
    why="Clear-signing puts '- ' in front of lines that begin with a dash: the diff is no diff any"
    " more. The armour becomes part of the commit message.",
    fix="Send without it; patatt signs a patch in a header and leaves the text alone.",
    source=EMAIL_CLIENTS,
    origins=MAILS,
    roles=_ALL,
    passes=GOOD.with_(headers={"X-Developer-Signature": "v=1; a=openpgp-sha256; b=abcd"}),
    fails=GOOD.with_(body=f"{_PGP}\nHash: SHA256\n\n{GOOD.body}"),
)
def mail_inline_pgp(patch: Patch, look: Look) -> Iterator[Hit]:
    if _PGP not in _mail(patch).text[:20_000] or not _is_posting(patch):
        return
    at = next((at for at, line in enumerate(patch.body) if line.startswith(_PGP)), None)
    if at is not None:
        fix = Fix("send it without inline PGP, or sign with patatt")
        yield Hit("the text is clear-signed with PGP", in_body(at), fix)


_VIA = "Ada Author via Pebblefs <pebblefs@lists.lumen.example>"


@patch_rule(
    "mail-from-mangled",
    Severity.ERROR,
    "The sender is a mailing list's address.",
    why="Lists that rewrite From: because of DMARC put their own address there, and git am makes it"
    " the author of the commit. A From: at the top of the text keeps the real one.",
    fix="Send with git send-email and format.forceInBodyFrom (git 2.45), or put"
    " 'From: Your Name <address>' at the top of the text.",
    source=QEMU_SUBMITTING,
    roles=frozenset({Role.PATCH}),
    options={
        "known_lists": [
            "lists.ozlabs.org",
            "nongnu.org",
            "gnu.org",
            "googlegroups.com",
            "lists.sourceforge.net",
            "lists.freedesktop.org",
            "lists.linaro.org",
            "sourceware.org",
        ]
    },
    passes=GOOD.with_(sender=_VIA, body=f"From: {ADA}\n\n{GOOD.body}"),
    fails=GOOD.with_(sender=_VIA),
)
def mail_from_mangled(patch: Patch, look: Look) -> Iterator[Hit]:
    """A remark only where the list is known to do so to everybody: the author's mail was clean."""
    is_told = "from" in patch.in_body or (bool(patch.body) and patch.body[0].startswith("From: "))
    found = None if is_told else mangled_sender(patch, look.words("known_lists"))
    if found is None:
        return
    sender = f"{found.sender.name[:50]} <{found.sender.address[:50]}>"
    if patch.mail is None:
        fix = Fix("name the real author: git commit --amend --author=...")
        yield Hit(f"the author is '{sender}': a list or a relay, and nobody", WHOLE, fix)
        return
    author = f"From: {found.author.name} <{found.author.address}>"
    edits = (Edit(Part.BODY, 0, 0, (author, "")),) if found.author.address else ()
    words = f"'{author}'" if edits else "a From: with the author's name and address"
    fix = Fix(f"put {words} at the top of the text", edits)
    grade = Severity.INFO if found.is_known else None
    message = f"From: is '{sender}', and the text does not name the author"
    yield Hit(message, in_header("from"), fix, grade)


@patch_rule(
    "mail-whitespace-damage",
    Severity.ERROR,
    "The white space of the diff was changed on the way.",
    why="A diff applies when each blank is as it is in the file. Clients that paste text turn tabs"
    " into spaces, or spaces into no-break spaces that look the same.",
    fix="Make the patch anew and send it with git send-email; never paste it.",
    source=EMAIL_CLIENTS,
    origins=MAILS,
    passes=GOOD,
    fails=GOOD.with_(
        diff=DIFF.replace("\t", "       ").replace("+       peb", "+               peb")
    ),
)
def mail_whitespace_damage(patch: Patch, look: Look) -> Iterator[Hit]:
    """By the text alone, and where there is a repository by what the files hold."""
    fix = Fix(advice(patch.mail, Damage.SPACES, "make the patch anew and do not paste it"))
    if strange := list(strange_indents(patch)):
        at, start, end = strange[0]
        edits = tuple(_without_nbsp(patch, one) for one, _, _ in strange)
        words = f"{count_of(len(strange), 'line')} indented with a no-break space"
        yield Hit(words, in_diff(at, start, end), Fix(fix.words, edits))
    elif is_expanded(patch):
        yield Hit("the tabs of the diff have become spaces", WHOLE, fix)
    elif look.repository and (path := differs_in_space(patch, look.repository.read_file)):
        words = f"the lines of {path[:60]} are in the file with other white space only"
        yield Hit(words, WHOLE, fix)


def _without_nbsp(patch: Patch, at: int) -> Edit:
    return Edit(Part.DIFF, at, 1, (patch.diff_lines[at].replace(NBSP, " "),))
