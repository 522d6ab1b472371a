"""What a terminal may be given."""

from __future__ import annotations


def plain(text: str) -> str:
    """Without what a terminal would obey: names and tags are their owners' choice."""
    return "".join(one if one.isprintable() else "?" for one in text)
