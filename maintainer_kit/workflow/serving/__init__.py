# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail served as an archive: which mail, which thread, which query finds what."""
