"""Spreadsheets fetched from where they are edited, such as a Google Sheet published as CSV.

What comes is looked at before it takes the place of what is there: with any fault, that stays.
"""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from storymap.problems import Problem, StoryError
from storymap.reading.checking import check
from storymap.reading.delimited import read_delimited
from storymap.reading.fields import LOOPBACK
from storymap.reading.records import StoryRecord
from storymap.reading.references import References
from storymap.reading.sheets import Sheet
from storymap.reading.yaml_nodes import compose
from storymap.text import read_text
from storymap.writing import write_file

LARGEST = 20_000_000
"""bytes; a gazetteer of 100,000 places has some 10 million"""
PATIENCE_S = 60.0
"""seconds that a whole spreadsheet may take"""
SILENCE_S = 15.0
"""seconds that a server may say nothing"""
_CHUNK = 65_536
_WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|\?xml)", re.IGNORECASE)
_PUBLISH = "in Google Sheets: File, Share, Publish to the web, as comma-separated values"


class PullError(OSError):
    """A spreadsheet could not be fetched; retrying, or publishing it, might help."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n    {hint}" if hint else message)


@dataclass(frozen=True, slots=True)
class Changes:
    """How a spreadsheet differs from what was there, row by row."""

    added: tuple[str, ...]
    """id or name of each row"""
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """with the columns: `zilina (lat, lon)`"""


def sheets_to_pull(folder: Path) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the addresses of spreadsheets in story.yaml by file name, and what is wrong there."""
    shown = f"{folder.resolve().name}/story.yaml"
    try:
        part, problems = compose(read_text(folder / "story.yaml", shown), shown)
    except StoryError as error:
        return {}, error.problems
    if part is None:
        return {}, problems
    record, more = check(StoryRecord, part, References())
    return record.pull if record else {}, (*problems, *more)


def pull(path: Path, url: str) -> Changes:
    """Replace the spreadsheet at *path* by what *url* has, and tell what changed.

    Raises:
        PullError: it cannot be fetched, or is no spreadsheet that can be read.
        OutputError: the file can't be written.
    """
    data = _fetch(url)
    new = _sheet(data, path.name)
    old = read_delimited(path.read_bytes(), path.name)[0] if path.is_file() else None
    write_file(path, data)
    return _compare(old, new)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows only to where an author may send us."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's own signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if not _is_private(newurl):
            message = f"the server leads to {newurl}, which is not encrypted"
            raise PullError(message)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_private(url: str) -> bool:
    """Tell whether nobody on the way can change what comes."""
    return urlsplit(url).scheme == "https" or _is_loopback(url)


def _is_loopback(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in {host.strip("[]") for host in LOOPBACK}


def _fetch(url: str) -> bytes:
    proxies = [urllib.request.ProxyHandler({})] if _is_loopback(url) else []
    opener = urllib.request.build_opener(_Redirects, *proxies)
    opener.addheaders = [("User-Agent", "storymap"), ("Accept", "text/csv, text/*;q=0.5")]
    try:
        with opener.open(url, timeout=SILENCE_S) as response:
            return _body(response)
    except urllib.error.HTTPError as error:
        hint = _PUBLISH if error.code in {401, 403, 404, 410} else "try again later"
        message = f"the server answers {error.code} {error.reason}".rstrip()
        raise PullError(message, hint) from None
    except urllib.error.URLError as error:
        message = f"the server cannot be reached: {error.reason}"
        raise PullError(message) from None
    except TimeoutError:
        message = f"the server says nothing for {SILENCE_S:.0f} seconds"
        raise PullError(message, "try again later") from None
    except (HTTPException, ConnectionError, ValueError) as error:
        message = f"the transfer broke off: {error}"
        raise PullError(message, "try again") from None


def _body(response: HTTPResponse) -> bytes:
    ends = time.monotonic() + PATIENCE_S
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            message = f"there are more than {LARGEST:,} bytes"
            raise PullError(message)
        if time.monotonic() > ends:
            message = f"the transfer takes more than {PATIENCE_S:.0f} seconds"
            raise PullError(message, "try again later")
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and len(data) < int(announced):
        message = f"only {len(data):,} of {int(announced):,} bytes came"
        raise PullError(message, "try again")
    if "html" in response.headers.get_content_type() or _WEB_PAGE.match(data):
        message = "what came is a web page, maybe one to log in, and no spreadsheet"
        raise PullError(message, _PUBLISH)
    return bytes(data)


def _sheet(data: bytes, name: str) -> Sheet:
    sheet, problems = read_delimited(data, name)
    if sheet is None or problems:
        message = f"what came cannot be read:\n{problems[0]}"
        raise PullError(message)
    if not sheet.rows:
        message = "what came has no rows below the first"
        raise PullError(message)
    return sheet


def _compare(old: Sheet | None, new: Sheet) -> Changes:
    before, after = _rows(old) if old else {}, _rows(new)
    return Changes(
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
        tuple(
            f"{key} ({', '.join(_different(before[key], after[key]))})"
            for key in after
            if key in before and before[key] != after[key]
        ),
    )


def _rows(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Return the rows by id, or else by name; of namesakes, the later ones with a number."""
    titles = [title.strip().casefold() for title in sheet.titles]
    key = next((titles.index(name) for name in ("id", "name", "title") if name in titles), 0)
    rows: dict[str, dict[str, str]] = {}
    for number, cells in sheet.rows:
        name = cells[key].strip()
        rows[f"{name} in row {number}" if name in rows else name] = dict(
            zip(sheet.titles, cells, strict=False)
        )
    return rows


def _different(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    titles = dict.fromkeys([*before, *after])
    return (title for title in titles if before.get(title, "") != after.get(title, ""))
