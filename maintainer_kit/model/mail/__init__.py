# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail as bytes: headers, text, people, charsets."""
