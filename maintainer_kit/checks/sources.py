# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages that ask for what the rules look for."""

from __future__ import annotations

from maintainer_kit.lazy.dataclass import dataclass

_KERNEL = "https://docs.kernel.org/"
_GIT = "https://git-scm.com/docs/"


@dataclass(frozen=True, slots=True)
class Source:
    """A page, and where in it."""

    title: str
    url: str


def submitting_patches(anchor: str) -> Source:
    url = f"{_KERNEL}process/submitting-patches.html#{anchor}"
    return Source("Submitting patches: the essential guide to getting your code in", url)


def posting_patches(anchor: str = "") -> Source:
    return Source("Posting patches", f"{_KERNEL}process/5.Posting.html#{anchor}".rstrip("#"))


def checkpatch(kind: str) -> Source:
    """checkpatch's page on its own types."""
    return Source(f"checkpatch: {kind}", f"{_KERNEL}dev-tools/checkpatch.html#type-descriptions")


EMAIL_CLIENTS = Source("Email clients info for Linux", f"{_KERNEL}process/email-clients.html")
STABLE_RULES = Source(
    "Everything you ever wanted to know about Linux -stable releases",
    f"{_KERNEL}process/stable-kernel-rules.html",
)
TIP = Source("The tip tree handbook", f"{_KERNEL}process/maintainer-tip.html")
NETDEV = Source("Networking subsystem (netdev)", f"{_KERNEL}process/maintainer-netdev.html")
NIPA = Source("NIPA, netdev's tests", "https://github.com/linux-netdev/nipa")
CODING_ASSISTANTS = Source("AI Coding Assistants", f"{_KERNEL}process/coding-assistants.html")
ABI_README = Source("Linux ABI description", f"{_KERNEL}admin-guide/abi-readme.html")
ADDING_SYSCALLS = Source("Adding a New System Call", f"{_KERNEL}process/adding-syscalls.html")
DRM_UAPI = Source(
    "Userland interfaces of DRM: open-source userspace requirements",
    f"{_KERNEL}gpu/drm-uapi.html#open-source-userspace-requirements",
)
GIT_SUBMITTING = Source("git: Submitting Patches", f"{_GIT}SubmittingPatches")
GIT_FORMAT_PATCH = Source("git-format-patch(1)", f"{_GIT}git-format-patch")
GIT_SEND_EMAIL = Source("git-send-email(1)", f"{_GIT}git-send-email")
GIT_COMMIT = Source("git-commit(1)", f"{_GIT}git-commit")
GIT_AM = Source("git-am(1)", f"{_GIT}git-am")
GIT_REBASE = Source("git-rebase(1), --autosquash", f"{_GIT}git-rebase")
GIT_DIFF = Source(
    "git-diff(1), core.whitespace", f"{_GIT}git-diff#Documentation/git-diff.txt---check"
)
GIT_TRAILERS = Source("git-interpret-trailers(1)", f"{_GIT}git-interpret-trailers")
RFC_5322 = Source("RFC 5322: Internet Message Format", "https://www.rfc-editor.org/rfc/rfc5322")
RFC_3676 = Source("RFC 3676: format=flowed", "https://www.rfc-editor.org/rfc/rfc3676")
RFC_2045 = Source("RFC 2045: MIME", "https://www.rfc-editor.org/rfc/rfc2045")
DPDK = Source("DPDK: Contributing code", "https://doc.dpdk.org/guides/contributing/patches.html")
QEMU_SUBMITTING = Source(
    "QEMU: Submitting a Patch", "https://www.qemu.org/docs/master/devel/submitting-a-patch.html"
)
QEMU_PROVENANCE = Source(
    "QEMU: Code provenance", "https://www.qemu.org/docs/master/devel/code-provenance.html"
)
B4 = Source("b4 prep", "https://b4.docs.kernel.org/en/latest/contributor/prep.html")
GITLINT = Source("gitlint: rules", "https://jorisroovers.com/gitlint/latest/rules/builtin_rules/")
