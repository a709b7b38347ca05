# SPDX-License-Identifier: GPL-2.0-or-later
"""notmuch: the index of the mail there is."""
