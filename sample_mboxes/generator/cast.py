# SPDX-License-Identifier: GPL-2.0-or-later
"""The people, robots and lists of the sample. All are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Someone who writes mail."""

    name: str
    email: str
    zone: str
    """Offset of the Date header, as +hhmm."""

    mailer: str = "Mutt/2.2.12 (2023-09-09)"
    signature: str = ""

    @property
    def ident(self) -> str:
        """Name and address, not encoded."""
        return f"{self.name} <{self.email}>"


@dataclass(frozen=True)
class MailingList:
    """A list and the text its footer has, if it adds one."""

    address: str
    title: str
    footer: str = ""

    @property
    def list_id(self) -> str:
        """Value of the List-Id header."""
        return f"{self.title} <{self.address.replace('@', '.')}>"


_TB = "Mozilla Thunderbird"
_EVO = "Evolution 3.52.4"

CAST: dict[str, Person] = {
    "robin": Person("Robin Maintainer", "robin@lumen.example", "+0000", signature="Robin"),
    "ingrid": Person("Ingrid Solheim", "ingrid@harbour.example", "+0100", signature="Ingrid"),
    "tomasz": Person("Tomasz Wrona", "tomasz.wrona@quarry.example", "+0100"),
    "anja": Person("Anja Großmann", "anja@werk.example", "+0100", _EVO, "Anja"),
    "kenji": Person("佐藤健二", "kenji.sato@hikari.example", "+0900", "Wanderlust/2.15.9"),
    "mei": Person("林梅", "lin.mei@jade.example", "+0800", "Foxmail 7.2.25.213[cn]"),
    "dmitri": Person("Дмитрий Орлов", "d.orlov@sever.example", "+0300", _TB),
    "yael": Person("יעל לוי", "yael@negev.example", "+0200", _TB),
    "sam": Person("Sam Okafor", "sam.okafor@tidal.example", "+0100", "K-9 Mail for Android"),
    "priya": Person("Priya Raman", "priya@lanternworks.example", "+0530"),
    "walt": Person("Walt Hennessy", "walt@bench.example", "-0500", "Alpine 2.26", "w."),
    "leo": Person("Léo Marchand", "leo@atelier.example", "+0100", "aerc 0.18.2"),
    "carmen": Person("Carmen Ibáñez", "carmen@stable.lumen.example", "+0100"),
    "hollis": Person("Hollis Grant", "hollis@lumen.example", "-0800", signature="   Hollis"),
    "magda": Person("Magda Nowak", "magda@farm.example", "+0100", _TB),
    "bruno": Person("Bruno Keller", "bruno@alpwerk.example", "+0100", "Apple Mail (2.3826)"),
    "nils": Person("Nils Aaby", "nils@fjordline.example", "+0100", "aerc 0.18.2", "Nils"),
    "grace": Person("Grace Mwangi", "grace.mwangi@savanna.example", "+0300"),
    "robot": Person("build robot", "robot@build.lumen.example", "+0800", "Mutt/2.2.12"),
    "syzbot": Person("syzbot", "syzbot+7c1de0a94b52f3860d1e@fuzz.lumen.example", "+0000", ""),
    "ci": Person("Lumen CI", "results@ci.lumen.example", "+0000", "lumen-ci 4"),
    "pwbot": Person("", "patchwork-bot+pebblefs@lumen.example", "+0000", "pwbot"),
    "prbot": Person("pr-tracker-bot", "pr-tracker-bot@lumen.example", "+0000", "pr-tracker-bot"),
    "tipbot": Person("tip-bot2 for Robin Maintainer", "tip-bot2@lumen.example", "+0000", "tip-git"),
    "head": Person("Lumen Kernel List", "lumen-kernel@lists.lumen.example", "+0000", ""),
}

LISTS: dict[str, MailingList] = {
    "pebblefs": MailingList("pebblefs@lists.lumen.example", "Pebble file system"),
    "wick": MailingList(
        "wick@lists.lumen.example",
        "Wick indicator bus",
        "_______________________________________________\n"
        "wick mailing list -- wick@lists.lumen.example\n"
        "https://lists.lumen.example/listinfo/wick\n",
    ),
    "pebble-progs": MailingList("pebble-progs@lists.harbour.example", "Pebble userspace tools"),
    "lumen-kernel": MailingList("lumen-kernel@lists.lumen.example", "Lumen kernel"),
    "git-commits-head": MailingList(
        "git-commits-head@lists.lumen.example", "Commits of the mainline"
    ),
}
