# SPDX-License-Identifier: GPL-2.0-or-later
"""Typed settings, read from ``git config mkit.*``; each documented under its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maintainer_kit.errors import ConfigError
from maintainer_kit.lazy.dataclass import dataclass

THEMES = ("dark", "light", "terminal")
TOOLS_ON, TOOLS_OFF = "on", "off"
CHECK_TOOLS = ("auto", TOOLS_ON, TOOLS_OFF)
CHECK_ON, CHECK_OFF = "on", "off"
MAIL_ON, MAIL_OFF = "on", "off"
BACKPORT_LINES = ("upstream", "commit")
FOLLOW_OFF, FOLLOW_PROPOSE, FOLLOW_RECORD = "off", "propose", "record"
ATTEST_OFF, ATTEST_ASK, ATTEST_INTAKE = "off", "ask", "intake"
ATTEST = (ATTEST_OFF, ATTEST_ASK, ATTEST_INTAKE)
FOLLOW = (FOLLOW_OFF, FOLLOW_PROPOSE, FOLLOW_RECORD)
SIGN_OFF_ON, SIGN_OFF_OFF = "on", "off"
REPLY_SEND, REPLY_DRAFTS = "send", "drafts"
LEI_OFF, LEI_TRACKED, LEI_ALL = "off", "tracked", "all"
LEI = (LEI_OFF, LEI_TRACKED, LEI_ALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value as it was found."""

    value: str
    origin: str
    """The file that says so, or "default"."""

    is_of_repository: bool = False
    """That file is the repository's own: whoever made it may be anybody."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can set. A setting that may be given several times is a tuple."""

    me: tuple[str, ...] = ()
    """Who I am: an e-mail address; may be given several times. Default: user.email and the
    addresses that notmuch knows."""

    name: tuple[str, ...] = ()
    """My name, by which mails speak to me ("Robin, can you take this?"); may be given several
    times. Default: user.name."""

    list: tuple[str, ...] = ()
    """A mailing list that I maintain, as its address or List-Id; may be given several times.
    Patches that nobody else is asked to take there wait for me."""

    query: str = ""
    """Which mail of a big notmuch database is catalogued, in notmuch's syntax. Default: all."""

    repository: tuple[str, ...] = ()
    """Path of a git repository that my patches land in; may be given several times."""

    ref: tuple[str, ...] = ()
    """A ref in which patches land, as REPOSITORY REF ROLE, where ROLE is queued, next, mainline,
    stable or other; may be given several times. Default: of each mkit.repository and mkit.listTree
    the main branches, as mainline: what its remotes call HEAD, main, master or trunk; and its HEAD
    if it is bare. What a repository says of it does not count."""

    inbox: tuple[str, ...] = ()
    """Path of a clone of a public-inbox archive, or of a folder of such clones (grokmirror), whose
    new mail is imported by mkit import --followed; may be given several times. What a repository
    says of it does not count."""

    mailmap: tuple[str, ...] = ()
    """Path of a mailmap (gitmailmap(5)), which says under which addresses people are one when they
    give trailers; may be given several times. Default: the .mailmap of each mkit.repository."""

    bot: tuple[str, ...] = ()
    """A program that writes to my lists, besides those that mkit knows: NAME ADDRESS-REGEX
    [fail=REGEX]; may be given several times. Its mails are results of tests, which are bad when
    fail= is found in their text."""

    expect: tuple[str, ...] = ()
    """A bot that answers each series, as NAME HOURS; may be given several times. Until then its
    result is pending, and after that overdue."""

    profile: str = ""
    """Rules that mkit check goes by: generic, kernel, netdev, tip, git, dpdk, stable, qemu, drm, or
    one of my own. Default: what the repository or the list is known for."""

    check_tools: str = "auto"
    """Whether mkit check runs other checkers beside its rules: auto runs those of mkit.checkTool,
    and, for up to 200 patches, codespell and a checkpatch.pl that are installed; on also runs what
    a repository brings (its scripts/checkpatch.pl, mkit.checkTool in its own configuration); off
    runs none. What a repository says of it does not count."""

    check_tool: tuple[str, ...] = ()
    """A further checker, as NAME COMMAND...; may be given several times. It gets patch files as its
    last words, or one patch on standard input where COMMAND ends with -, and prints lines as
    FILE:LINE: [SEVERITY:] MESSAGE [ID]. The names checkpatch and codespell stand for these. What a
    repository says of it does not count, unless mkit.checkTools is on."""

    check: str = CHECK_ON
    """Whether series that came in are checked before they are listed, without a repository: on or
    off."""

    state: tuple[str, ...] = ()
    """A further state, or a change of a known one: NAME [after=STATE] [action=yes|no]
    [colour=green|yellow|red|accent|grey] [next=STATE,STATE]; may be given several times. action
    says whether somebody has still to do something, next which states may follow (all, if it is
    left out)."""

    confidential: tuple[str, ...] = ()
    """A mailing list, as its address or List-Id, whose topics are confidential: never shared,
    served or mailed; may be given several times."""

    delegate: tuple[str, ...] = ()
    """Who is to decide about what, as WHO CONDITION...; may be given several times: the first whose
    conditions all hold speaks. WHO is a person, me or nobody; conditions are path=, any-path=,
    prefix=, list=, from=, to=, kind=, subject=, section=, any-section= and when=away: see
    docs/delegation.md."""

    intake: tuple[str, ...] = ()
    """What comes into the queue, as ignore CONDITION... or queue CONDITION...; may be given several
    times: the first whose conditions all hold speaks. Conditions are those of mkit.delegate but
    when=, and list=none: see docs/intake.md. What a repository says of it does not count."""

    mail_commands: str = MAIL_OFF
    """Whether "pw-bot: STATE" and "#mkit VERB" in mail are obeyed: on or off. What a repository
    says of this and the next three does not count."""

    mail_commander: tuple[str, ...] = ()
    """Who may give any command by mail, besides those whom MAINTAINERS of an mkit.repository names
    for the files: an e-mail address; may be given several times."""

    keyring: tuple[str, ...] = ()
    """Where patatt's public keys of ed25519 are: a directory, or ref:REPOSITORY:REF:DIRECTORY; may
    be given several times."""

    dns: str = ""
    """The name server that is asked for DKIM keys, as ADDRESS or ADDRESS:PORT. Default: the
    system's."""

    attest: str = ATTEST_ASK
    """When signatures of patches are verified: off never but by mkit attest; ask what can be told
    without a name server, once a topic is shown; intake also by mkit sync, name servers asked. What
    a repository says of it does not count."""

    follow: str = FOLLOW_PROPOSE
    """What becomes of others' decisions that mail tells of ("applied, thanks", patchwork-bot,
    tip-bot): off; propose (mkit proposals lists them); or record, which decides as they say about
    what nobody has decided about by hand. What a repository says of it does not count."""

    share: str = ""
    """Path of the git repository that carries the decisions of my machines. Default: one of mkit's
    own. What a repository says of it does not count."""

    view: tuple[str, ...] = ()
    """A saved query, as NAME QUERY [# WORDS]; may be given several times. WORDS are shown for it.
    The name of a built-in view changes that one: see docs/queries.md."""

    lore: str = "https://lore.kernel.org/all/"
    """The archive that mkit pull asks: the address of a public-inbox that has all lists. Passwords
    belong into ~/.netrc; mirrors and time-outs are liblore's, by liblore.ORIGIN.fallback and the
    like. What a repository says of this and the next does not count."""

    archive: tuple[str, ...] = ()
    """The archive of a list that is not beside mkit.lore, as NAME ADDRESS; may be given several
    times. mkit pull alone fetches what came to these."""

    lei: str = LEI_TRACKED
    """Whose searches mkit pull repeats: tracked (those of mkit track), all (also the user's own of
    lei, where the mail goes to a Maildir that mkit's notmuch database has), or off. What a
    repository says of it does not count."""

    list_profile: tuple[str, ...] = ()
    """Rules that series on a list are checked by, as LIST PROFILE; may be given several times. LIST
    is an address, a List-Id, or how that begins. What a repository says of this and the next does
    not count."""

    list_tree: tuple[str, ...] = ()
    """The git repository in which the patches of a list are collected, as LIST PATH; may be given
    several times. mkit land looks there, and mkit check and mkit whom do for what is on that list
    and of no repository where you are."""

    key: tuple[str, ...] = ()
    """Other keys for an action of the screens, as NAME KEY...; may be given several times. mkit tui
    --keys lists the names. A key that another action had is taken from it."""

    reply_to: str = REPLY_SEND
    """What becomes of a reply: send (by git send-email, as it is configured), drafts (left in the
    Maildir outbox of mkit's home, for a mailer), or the path of an mbox it is put into. What a
    repository says of this and the next does not count."""

    template: tuple[str, ...] = ()
    """A text that replies may begin with, as NAME PATH; may be given several times. Files in the
    folder templates of mkit's home need not be named: see docs/reply.md."""

    thanks: tuple[str, ...] = ()
    """Whether mkit thanks, unless topics are named, drafts thanks for what I applied: draft (the
    default) or silent; LIST draft or LIST silent says so of one list; may be given several times.
    What a repository says of this and the next does not count."""

    tree_name: tuple[str, ...] = ()
    """What a repository is called in my mails, as REPOSITORY NAME [URL], where {commit} in URL
    stands for the id of a commit; may be given several times. Default: by its remote's address,
    else its folder."""

    backport_line: str = "upstream"
    """How mkit backport names the upstream commit: upstream ([ Upstream commit SHA ]), or commit
    (commit SHA upstream.)."""

    sign_off: str = ""
    """Whether my Signed-off-by is added to commits that mkit makes of others' patches: on or off.
    Default: on for mkit backport, off for mkit apply and merges of what was asked to be pulled.
    What a repository says of it does not count."""

    backport_sign_off: str = SIGN_OFF_ON
    """The same of mkit backport alone. Default: what mkit.signOff says."""

    pull_url: str = ""
    """Where others pull from what mkit pull-request offers: an address that all can read."""

    pull_to: tuple[str, ...] = ()
    """Whom mkit pull-request asks to pull, as NAME <ADDRESS>; may be given several times. Default:
    those whom the last request from there went to, else those whom MAINTAINERS names."""

    for_next_to: tuple[str, ...] = ()
    """To whom mkit pull-request --for-next sends the patches of a branch, as NAME <ADDRESS>; may be
    given several times."""

    test: tuple[str, ...] = ()
    """What mkit test runs on commits, as NAME [each|tip] [keep] [timeout=1h] [memory=4G] [cores=2]
    [junit=PATTERN] COMMAND...; may be given several times. COMMAND is for sh: see docs/testing.md.
    What a repository says of it does not count."""

    apply_link: str = "off"
    """The archive that mkit apply names in each commit: Link: with this address and the Message-ID,
    which %s stands for in it or is put behind it; or off. What a repository says of this and the
    next does not count."""

    apply_sign_off: str = SIGN_OFF_OFF
    """The same as mkit.signOff of mkit apply and merges alone. Default: what that says."""

    theme: str = "dark"
    """Colours of the TUI: dark, light, or terminal (the terminal's own 16 colours)."""


KEYS = {
    "me": "mkit.me",
    "name": "mkit.name",
    "list": "mkit.list",
    "query": "mkit.query",
    "repository": "mkit.repository",
}
KEYS["ref"] = "mkit.ref"
KEYS["inbox"] = "mkit.inbox"
KEYS["mailmap"] = "mkit.mailmap"
KEYS["bot"] = "mkit.bot"
KEYS["expect"] = "mkit.expect"
KEYS["profile"] = "mkit.profile"
KEYS["check_tools"] = "mkit.checktools"
KEYS["check_tool"] = "mkit.checktool"
KEYS["check"] = "mkit.check"
KEYS["state"] = "mkit.state"
KEYS["confidential"] = "mkit.confidential"
KEYS["delegate"] = "mkit.delegate"
KEYS["intake"] = "mkit.intake"
KEYS["mail_commands"] = "mkit.mailcommands"
KEYS["mail_commander"] = "mkit.mailcommander"
KEYS["keyring"] = "mkit.keyring"
KEYS["dns"] = "mkit.dns"
KEYS["attest"] = "mkit.attest"
KEYS["follow"] = "mkit.follow"
KEYS["share"] = "mkit.share"
KEYS["view"] = "mkit.view"
KEYS["lore"] = "mkit.lore"
KEYS["archive"] = "mkit.archive"
KEYS["lei"] = "mkit.lei"
KEYS["list_profile"] = "mkit.listprofile"
KEYS["list_tree"] = "mkit.listtree"
KEYS["key"] = "mkit.key"
KEYS["reply_to"] = "mkit.replyto"
KEYS["template"] = "mkit.template"
KEYS["thanks"] = "mkit.thanks"
KEYS["tree_name"] = "mkit.treename"
KEYS["backport_line"] = "mkit.backportline"
KEYS["sign_off"] = "mkit.signoff"
KEYS["backport_sign_off"] = "mkit.backportsignoff"
KEYS["pull_url"] = "mkit.pullurl"
KEYS["pull_to"] = "mkit.pullto"
KEYS["for_next_to"] = "mkit.fornextto"
KEYS["test"] = "mkit.test"
KEYS["apply_link"] = "mkit.applylink"
KEYS["apply_sign_off"] = "mkit.applysignoff"
KEYS["theme"] = "mkit.theme"

MEANINGS = {
    "mkit.me": "who I am: an e-mail address (several)",
    "mkit.name": "my name, by which mails speak to me (several)",
    "mkit.list": "a mailing list that I maintain: its address or List-Id (several)",
    "mkit.query": "which mail of a big notmuch database is catalogued",
    "mkit.repository": "a git repository that my patches land in (several)",
    "mkit.ref": "a ref in which patches land: REPOSITORY REF ROLE (several)",
    "mkit.inbox": "a clone of a public-inbox archive, or a folder of these (several)",
    "mkit.mailmap": "a mailmap that says who is who (several)",
    "mkit.bot": "a further bot: NAME ADDRESS-REGEX [fail=REGEX] (several)",
    "mkit.expect": "a bot that is awaited: NAME HOURS (several)",
    "mkit.profile": "rules that mkit check goes by: kernel, git, ...",
    "mkit.checktools": f"whether other checkers are run too: {', '.join(CHECK_TOOLS)}",
    "mkit.checktool": "a further checker of patches: NAME COMMAND... (several)",
    "mkit.check": "whether series that came in are checked: on, off",
    "mkit.state": "a further state: NAME [after=S] [action=yes|no] [colour=C] [next=A,B] (several)",
    "mkit.confidential": "a mailing list whose topics are confidential (several)",
    "mkit.delegate": "who is to decide about what: WHO path=GLOB|prefix=WORD|... (several)",
    "mkit.intake": "what comes into the queue: ignore|queue list=none|path=GLOB|... (several)",
    "mkit.mailcommands": "whether commands in mail are obeyed: on, off",
    "mkit.mailcommander": "who may give any command by mail: an address (several)",
    "mkit.keyring": "where patatt's public keys are: a directory, or ref:... (several)",
    "mkit.dns": "the name server that is asked for DKIM keys: ADDRESS[:PORT]",
    "mkit.attest": f"when signatures of patches are verified: {', '.join(ATTEST)}",
    "mkit.follow": f"what becomes of others' decisions in mail: {', '.join(FOLLOW)}",
    "mkit.share": "the git repository that carries the decisions of my machines",
    "mkit.view": "a saved query: NAME QUERY [# WORDS] (several)",
    "mkit.lore": "the archive that mkit pull asks: the address of a public-inbox",
    "mkit.archive": "the archive of a list: NAME ADDRESS (several)",
    "mkit.lei": f"whose searches mkit pull repeats: {', '.join(LEI)}",
    "mkit.listprofile": "rules that series on a list are checked by: LIST PROFILE (several)",
    "mkit.listtree": "where the patches of a list are collected: LIST PATH (several)",
    "mkit.key": "other keys for an action of the screens: NAME KEY... (several)",
    "mkit.replyto": "what becomes of a reply: send, drafts, or the path of an mbox",
    "mkit.template": "a text that replies may begin with: NAME PATH (several)",
    "mkit.thanks": "whether mkit thanks drafts what is not named: [LIST] draft|silent (several)",
    "mkit.treename": "what a repository is called in mails: REPOSITORY NAME [URL] (several)",
    "mkit.backportline": f"how a backport names its upstream commit: {', '.join(BACKPORT_LINES)}",
    "mkit.signoff": "whether commits that mkit makes get my Signed-off-by: on, off",
    "mkit.backportsignoff": "the same of mkit backport alone, if it is another: on, off",
    "mkit.pullurl": "where others pull from what mkit pull-request offers",
    "mkit.pullto": "whom mkit pull-request asks to pull: NAME <ADDRESS> (several)",
    "mkit.fornextto": "to whom mkit pull-request --for-next sends: NAME <ADDRESS> (several)",
    "mkit.test": "what mkit test runs: NAME [each|tip] [timeout=1h] [...] COMMAND... (several)",
    "mkit.applylink": "the archive that mkit apply names in Link: of each commit, or off",
    "mkit.applysignoff": "the same of mkit apply and merges alone, if it is another: on, off",
    "mkit.theme": f"colours of the TUI: {', '.join(THEMES)}",
}


def read_settings(
    entries: Mapping[str, Sequence[Entry]], default_me: Sequence[str] = ()
) -> Settings:
    """Settings from what git config gave, keyed by the lower-case name ``mkit.xyz``.

    Unknown names are not an error here (a newer mkit may know them); ``problems`` names them.
    """
    values: dict[str, object] = {}
    unset = Settings()
    for name, key in KEYS.items():
        found = _trusted(name, entries.get(key, ()))
        if not found:
            continue
        several = isinstance(getattr(unset, name), tuple)
        values[name] = tuple(e.value for e in found) if several else found[-1].value
    if "me" not in values and default_me:
        values["me"] = tuple(dict.fromkeys(default_me))
    if "name" not in values and entries.get("user.name"):
        values["name"] = (entries["user.name"][-1].value,)
    for name in _SIGNED_OFF if "sign_off" in values else ():
        values.setdefault(name, values["sign_off"])
    settings = Settings(**values)  # type: ignore[arg-type]
    for name, allowed in _CHOICES.items():
        value = getattr(settings, name)
        if value not in allowed and value != getattr(unset, name):
            first, *others = allowed
            raise ConfigError(
                f"{_SPELLED.get(name, f'mkit.{name}')} is {value!r}",
                f"git config --global {_SPELLED.get(name, f'mkit.{name}')} {first} (or"
                f" {', '.join(others)})",
            )
    for name, addresses in (("lore", (settings.lore,)), ("archive", settings.archive)):
        if any("@" in one.partition("://")[2].partition("/")[0] for one in addresses):
            # Not quoted: it would be shown, and kept in logs.
            raise ConfigError(
                f"mkit.{name} has a user or a password in its address", "put these into ~/.netrc"
            )
    return settings


_CHOICES = {
    "theme": THEMES,
    "check_tools": CHECK_TOOLS,
    "follow": (FOLLOW_PROPOSE, FOLLOW_OFF, FOLLOW_RECORD),
    "attest": (ATTEST_ASK, ATTEST_OFF, ATTEST_INTAKE),
    "lei": (LEI_TRACKED, LEI_ALL, LEI_OFF),
    "mail_commands": (MAIL_ON, MAIL_OFF),
    "check": (CHECK_ON, CHECK_OFF),
    "backport_line": BACKPORT_LINES,
    "sign_off": (SIGN_OFF_ON, SIGN_OFF_OFF),
    "backport_sign_off": (SIGN_OFF_ON, SIGN_OFF_OFF),
    "apply_sign_off": (SIGN_OFF_OFF, SIGN_OFF_ON),
}
"""Of settings that are one of a few words, these."""
_SIGNED_OFF = ("apply_sign_off", "backport_sign_off")
"""Where they say nothing themselves, ``sign_off`` counts."""
_SPELLED = {
    "check_tools": "mkit.checkTools",
    "mail_commands": "mkit.mailCommands",
    "apply_sign_off": "mkit.applySignOff",
    "backport_line": "mkit.backportLine",
    "backport_sign_off": "mkit.backportSignOff",
    "sign_off": "mkit.signOff",
}


_NOT_OF_REPOSITORIES = frozenset(
    {
        *("check_tools", "check_tool", "mail_commands", "mail_commander", "keyring", "dns"),
        *("attest", "follow", "ref", "inbox", "lore", "archive", "intake", "lei"),
        *("list_profile", "list_tree", "reply_to", "template", "test"),
        *("thanks", "tree_name", "apply_link", "apply_sign_off", "sign_off"),
    }
)


def _trusted(name: str, entries: Sequence[Entry]) -> Sequence[Entry]:
    """Without what a repository says where that could start programs, or let others decide."""
    if name not in _NOT_OF_REPOSITORIES:
        return entries
    return [one for one in entries if not one.is_of_repository]


def problems(entries: Mapping[str, Sequence[Entry]]) -> list[str]:
    """Settings that mean nothing, each with the name that was probably meant."""
    import difflib

    found: list[str] = []
    for name, given in sorted(entries.items()):
        if name.startswith("mkit.") and name not in MEANINGS:
            near = difflib.get_close_matches(name, MEANINGS, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            found.append(f"{name} ({given[-1].origin}) is no setting of mkit{meant}")
    found.extend(
        f"mkit.me ({entry.origin}) is {entry.value!r}, which is no e-mail address"
        for entry in entries.get("mkit.me", ())
        if "@" not in entry.value
    )
    return found
