"""The address at which readers will find a story's page on the web.

It is that of a folder, and ends in a slash, or that of the page itself.
"""

import re
from urllib.parse import SplitResult, urlsplit

from storymap.reading.faults import Fault, Refused
from storymap.text import excerpt

_HINT = "write it as https://school.example/story/"
_COPY = "copy it from the browser's address line"
_UNSAFE = re.compile(r"""[^!-~]|["'<>\\^`{|}]""")
_HOST = re.compile(r"(?i)([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


def parts_of(address: str) -> SplitResult:
    """Return the parts of a web address; `Refused` where it cannot be taken apart."""
    try:
        return urlsplit(address)
    except ValueError:  # half an IPv6 address, or letters that stand for a slash
        raise Refused(Fault(f"'{excerpt(address)}' is no web address", _COPY)) from None


def check_page_address(address: str) -> str:
    """Return *address* as pages name it; `Refused` where they could not be found there."""
    if fault := _fault(address):
        raise Refused(fault)
    return address if _names_page(address) else f"{address.rstrip('/')}/"


def _fault(address: str) -> Fault | None:
    shown = excerpt(address)
    if not re.match("(?i)https?://", address):
        return Fault(f"'{shown}' is no web address", "begin it with https://")
    if _UNSAFE.search(address):
        return Fault(f"'{shown}' is not written as addresses are", _COPY)
    parts = parts_of(address)
    if "@" in parts.netloc:
        return Fault(f"'{shown}' holds a user or a password, which others will read", _HINT)
    if not _HOST.fullmatch(parts.netloc):
        return Fault(f"'{excerpt(parts.netloc)}' is not the name of a server", _HINT)
    if "?" in address or "#" in address:
        return Fault(f"'{shown}' goes on after the page's name", "end it before '?' and '#'")
    return None


def _names_page(address: str) -> bool:
    return bool(re.search(r"(?i)/[^/]+\.html?$", address))
