"""QR codes: a page's address on paper, for a telephone to read.

The same address gives the same picture.
"""

QUIET = 4
"""modules that stay empty around the code: readers ask for as many"""


def draw(address: str) -> str:
    """Return the code of an address as SVG, black on what it lies on."""
    import segno  # noqa: PLC0415 - few pages have an address

    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(
        border=QUIET, omitsize=True, svgclass=None, lineclass=None, draw_transparent=False
    )
