# SPDX-License-Identifier: GPL-2.0-or-later
"""Signatures of mail: DKIM and patatt."""
