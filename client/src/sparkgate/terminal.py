"""What a terminal may be given."""

from __future__ import annotations

from collections.abc import Container, Sequence


def plain(text: str) -> str:
    """Without what a terminal would obey: names and tags are their owners' choice."""
    return "".join(one if one.isprintable() else "?" for one in text)


def columns(rows: Sequence[Sequence[str]], right: Container[int] = ()) -> list[str]:
    """A line for each row, in which what belongs together stands below each other.

    Args:
        rows: the cells, as many in each; what a terminal would obey is taken out of them.
        right: the columns that end below each other, as numbers do.
    """
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
