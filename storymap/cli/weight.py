"""How heavy a page has become, and what makes it so, in words."""

from collections.abc import Iterator, Sequence

from storymap.assets import FOLDER
from storymap.model import Asset

MOST_BYTES = 2_000_000
"""of a page that every site takes: PHP lets nobody upload more unless it is told to"""
LISTED = 3
"""of the media that make a page heavy"""


def tell_weight(page_bytes: int, media: Sequence[Asset], *, beside: bool) -> Iterator[str]:
    """Yield lines on what a page weighs, whose *media* are sorted, the heaviest first."""
    if media:
        # Text holds three bytes in four characters.
        weight = sum(len(asset.data) for asset in media) * (1 if beside else 4 / 3)
        yield f"media: {_megabytes(weight)} {f'in {FOLDER}/' if beside else 'of it'}"
    if page_bytes <= MOST_BYTES:
        return
    yield (
        f"warning: the page is larger than {_megabytes(MOST_BYTES)}, "
        "which many sites do not let people upload"
    )
    if media and not beside:
        for asset in media[:LISTED]:
            yield f"    {asset.name} ({asset.type}): {_megabytes(len(asset.data) * 4 / 3)}"
        yield "    compress or shorten them, or let them lie beside the page: --assets beside"


def _megabytes(count: float) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.0f} KB"
