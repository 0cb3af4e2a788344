"""The readers of authors' files under fire: nothing crashes, hangs, or goes without a message.

Run it as `python tools/fuzz.py --seconds 600`; names of targets narrow it down. Each round prints
its seed, and `--seed` repeats it.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from storymap import dates, prose
from storymap.problems import Severity
from storymap.reading import photographs, read_story, recordings, vectors
from storymap.reading.drawings import read_drawing
from storymap.reading.faults import Refused
from storymap.reading.workbook import read_workbook
from storymap.text import control_in

STORIES = Path(__file__).parents[1] / "tests" / "stories" / "good"
PATIENCE_S = 10.0
"""for one input, on a busy computer"""
ROUND = 200
"""inputs for each target before the next has its turn"""
LANGUAGES = ("cs", "en", "eo", "ky", "ru", "sk")

EVENT = "events/010-founding.md"
TOKENS = (
    *(
        "&a ",
        "*a",
        "<<: ",
        "!!python/name:os.system ",
        "!x ",
        "|\n",
        ">-\n ",
        "? ",
        "- ",
        ": ",
        "---\n",
    ),
    *(
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\n",
        "\r",
        "\0",
        "\ufeff",
        "\u2028",
        "\x85",
        "\\u0000",
        "'",
        '"',
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        "`",
        "@",
        "*" * 40,
        "[" * 40,
        "![" * 20,
        "> " * 30,
        "- " * 30,
        "](" * 20,
    ),
    *(
        "<http://a.b>",
        "[a](place:b)",
        "[a](#b)",
        "[a](javascript:b)",
        "[a]: b\n",
        "~~~",
        "<b>",
        "<!--",
        "&#0;",
    ),
    *(
        "null",
        "~",
        "no",
        "1e999",
        "-0",
        "NaN",
        ".inf",
        "1_0",
        "0x1",
        "9" * 400,
        "9" * 5000,
        "1" + "0" * 18,
    ),
    *(
        "1900",
        "1900/",
        "/..",
        "[1900,",
        "1900-02-30",
        "Y-9999999",
        "1900~",
        "XXXX",
        "2001-21",
        "{1900..}",
        "1900S2",
    ),
    *(
        "id",
        "names",
        "text",
        "language",
        "location",
        "point",
        "polygons",
        "precision",
        "unlocated",
        "when",
    ),
    *(
        "places",
        "media",
        "file",
        "frame",
        "overlays",
        "table",
        "rows",
        "https://[",
        "https://\u2100/",
        "../",
        "/dev/zero",
    ),
    *(
        "__proto__",
        "constructor",
        "\u202e",
        "\u0301" * 30,
        "\U0001f600",
        "=1+1",
        ";",
        "sep=;",
        '""',
        "\ud800",
    ),
    *(
        "POLYGON ((0 0, 1 1",
        "POINT (NaN 1)",
        "GEOMETRYCOLLECTION (",
        "00:01.000 --> ",
        "WEBVTT",
        "a" * 3000,
    ),
)
"""what means something to one of the readers"""

Run = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader, and what it is given."""

    inputs: st.SearchStrategy[Any]
    run: Run


class HangError(Exception):
    """A reader took longer than anybody waits."""


@contextmanager
def patience() -> Iterator[None]:
    """Interrupt what takes too long."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- inputs ---------------------------------------------------------------------------------------

_fragments = st.sampled_from(TOKENS) | st.text(max_size=8)
_edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), _fragments, st.integers(1, 40)),
    min_size=1,
    max_size=8,
)


def _edited(text: str, edits: list[tuple[float, int, str, int]]) -> str:
    """Return *text* with some pieces cut out, and others put in, maybe often."""
    for where, length, fragment, times in edits:
        at = int(where * len(text))
        text = text[:at] + fragment * (times if len(fragment) < 12 else 1) + text[at + length :]
    return text


def _texts(*models: str) -> st.SearchStrategy[str]:
    return st.builds(_edited, st.sampled_from(models), _edits)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _fragments,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_fragments, inner, max_size=4),
    max_leaves=12,
)


def _replaced(data: Any, choices: list[int], value: Any) -> Any:  # noqa: ANN401 - any data
    """Return *data* with a part of it, that the *choices* lead to, replaced by *value*."""
    if not choices or not isinstance(data, dict | list) or not data:
        return value
    if isinstance(data, list):
        at = choices[0] % len(data)
        return [*data[:at], _replaced(data[at], choices[1:], value), *data[at + 1 :]]
    key = [*data][choices[0] % len(data)]
    return {**data, key: _replaced(data[key], choices[1:], value)}


def _data(model: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - as above
    """Return data that is like *model*, but for one or two of its parts."""
    paths = st.lists(st.integers(0, 9), max_size=6)
    once = st.builds(_replaced, st.just(model), paths, _values)
    return once | st.builds(_replaced, once, paths, _values)


def _dumped(data: Any) -> str:  # noqa: ANN401 - as above
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _bytes(*models: bytes) -> st.SearchStrategy[bytes]:
    """Return files of which some bytes are others."""
    changes = st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 6), st.binary(max_size=6)),
        min_size=1,
        max_size=12,
    )

    def changed(model: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
        for where, length, new in changes:
            at = int(where * where * len(model))  # most of what matters is at the beginning
            model = model[:at] + new + model[at + length :]
        return model

    return st.builds(changed, st.sampled_from(models), changes)


def _pictures(kind: str) -> tuple[bytes, ...]:
    made = []
    noise = Image.effect_noise((40, 30), 50).convert("P" if kind == "GIF" else "RGB")
    ways: tuple[dict[str, Any], ...] = ({}, {"progressive": True})
    if kind != "JPEG":
        ways = ({}, {"save_all": True, "append_images": [noise.rotate(90)]})
    for options in ways:
        file = BytesIO()
        noise.save(file, kind, **options)
        made.append(file.getvalue())
    return tuple(made)


def _workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    sheet = book.create_sheet("gazetteer")
    for row in (["id", "title", "lat", "lon"], ["a", "A", 1, 2], ["b", "=1+1", 3.5, "x"]):
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def _repacked(number: int) -> bytes:
    """Return a workbook, some parts of which are damaged before they are packed."""
    chance = random.Random(number)  # noqa: S311 - no secret
    file = BytesIO()
    with (
        ZipFile(BytesIO(_WORKBOOK)) as old,
        ZipFile(file, "w", chance.choice((ZIP_STORED, ZIP_DEFLATED, ZIP_LZMA))) as new,
    ):
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _ in range(chance.choice((0, 0, 1, 4))):
                at = chance.randrange(len(part))
                part[at : at + chance.randrange(9)] = chance.choice(
                    (b"<", b"999999999", b"<!ENTITY a 'b'>", b"&a;", b'r="ZZZ1"', b"\0", b"")
                )
            new.writestr(name, bytes(part))
    return file.getvalue()


_WORKBOOK = _workbook()


# --- targets --------------------------------------------------------------------------------------


def _story_with(story: str, file: str, *, without: str = "") -> Callable[[str | bytes], None]:
    """Return what reads a good story in which *file* is something else."""
    folder = STORIES / story
    saved = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).as_posix() != without
    }
    home = Path(tempfile.mkdtemp()) / story
    for name, data in saved.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)

    def run(content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode(errors="surrogatepass")
        told, problems = read_story(home, {file: data})
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        assert bool(told) is not bool(errors)
        for problem in problems:
            assert not control_in(str(problem))
            assert problem.file
            assert problem.message
            assert min(problem.line, problem.column) >= 0
        for event in told.events if told else ():
            prose.render(event.text)
            event.when and dates.spoken(event.when, "en")

    return run


def _date(text: str) -> None:
    try:
        when = dates.parse(text)
    except dates.DateError as error:
        assert "is no EDTF date" in str(error)
        return
    for language in LANGUAGES:
        assert dates.spoken(when, language)
    dates.overlaps(when, when)
    dates.decimal_years(when)


def _markdown(text: str) -> None:
    if control_in(text):
        return  # no text that could be read has any
    prose.links(text)
    html = prose.render(text) + prose.render_inline(text)
    assert "<script" not in html
    assert "javascript:" not in html.partition("href=")[2].partition(">")[0]


def _refusing(read: Callable[..., object], *arguments: object) -> Callable[[Any], None]:
    def run(data: Any) -> None:  # noqa: ANN401 - bytes or text
        try:
            read(data, *arguments)
        except Refused as refused:
            assert all(fault.message for fault in refused.faults)

    return run


def _drawing(data: Any) -> None:  # noqa: ANN401 - text, or data to be dumped
    text = data if isinstance(data, str) else json.dumps(data)
    features, problems = read_drawing(text, "media/a.geojson")
    assert features or problems


def _sheet(data: bytes) -> None:
    sheet, problems = read_workbook(data, "gazetteer.xlsx")
    assert sheet or problems


def _model(story: str, file: str) -> str:
    return (STORIES / story / file).read_text(encoding="utf-8")


def targets() -> Mapping[str, Target]:
    """Return every reader by its name."""
    head = _model("minimal", "story.yaml")
    places = _model("minimal", "gazetteer.yaml")
    event = _model("media", "events/020-heard.md")
    linked = _model("linked-places", "gazetteer.geojson")
    titles = "id,title,lat,lon,when,variants,geowkt,precision,radius-km"
    rows = f"{titles}\nzilina,Žilina,49.2,18.7,1321/,A@en;B@de,,,\n"
    shape = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    properties = {"title": "A", "description": "B", "stroke": "#aabbcc", "stroke-width": 2}
    collection = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": shape}],
    }
    markdown = "A *b* **c** [d](https://e.example) `f`\n\n> g\n\n- h\n"
    svg = (STORIES / "media" / "media" / "sun.svg").read_bytes()
    vtt = (STORIES / "media" / "media" / "square.vtt").read_bytes()
    edtf = (
        "1925-03",
        "1868/1926~",
        "[1900,1902..1905]",
        "Y-17E7",
        "-0044-03-15/..",
        "19XX?",
        "2001-34",
    )
    return {
        "story": Target(
            _texts(head) | _data(yaml.safe_load(head)).map(_dumped),
            _story_with("minimal", "story.yaml"),
        ),
        "gazetteer": Target(
            _texts(places) | _data(yaml.safe_load(places)).map(_dumped),
            _story_with("minimal", "gazetteer.yaml"),
        ),
        "event": Target(
            _texts(event)
            | _data(yaml.safe_load(event.split("---")[1])).map(
                lambda data: f"---\n{_dumped(data)}---\nA.\n"
            ),
            _story_with("media", "events/020-heard.md"),
        ),
        "csv": Target(
            _texts(rows, rows.replace(",", "\t")) | _bytes(rows.encode(), rows.encode("utf-16")),
            _story_with("minimal", "gazetteer.csv", without="gazetteer.yaml"),
        ),
        "linked-places": Target(
            _texts(linked) | _data(json.loads(linked)).map(json.dumps),
            _story_with("linked-places", "gazetteer.geojson"),
        ),
        "geojson": Target(_texts(json.dumps(collection)) | _data(collection), _drawing),
        "edtf": Target(_texts(*edtf) | st.text("0123456789XYES-/.~?%[]{},T:Z", max_size=30), _date),
        "markdown": Target(_texts(markdown), _markdown),
        "svg": Target(
            _bytes(svg)
            | _texts(svg.decode()).map(lambda text: text.encode(errors="surrogatepass")),
            _refusing(vectors.make_ready),
        ),
        "webvtt": Target(_bytes(vtt), _refusing(recordings.check_captions)),
        "workbook": Target(_bytes(_WORKBOOK) | st.integers().map(_repacked), _sheet),
        **{
            kind.lower(): Target(
                _bytes(*_pictures(kind)), _refusing(photographs.make_ready, ending)
            )
            for kind, ending in (
                ("PNG", ".png"),
                ("GIF", ".gif"),
                ("JPEG", ".jpg"),
                ("WEBP", ".webp"),
            )
        },
    }


def fire(target: Target, count: int, number: int) -> None:
    """Give *count* inputs, which *number* determines, to a target; what it raises is a fault."""

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def each(given: Any) -> None:  # noqa: ANN401 - text or bytes
        with patience():
            target.run(given)

    each()


def main() -> int:
    """Fire until the time is over; return 1 where a target fell."""
    every = targets()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(every))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    ends = time.monotonic() + options.seconds
    counts = dict.fromkeys(options.targets or every, 0)
    fallen: set[str] = set()
    number = options.seed
    while time.monotonic() < ends and len(fallen) < len(counts):
        for name in counts.keys() - fallen:
            try:
                fire(every[name], ROUND, number)
            except Exception as error:  # noqa: BLE001 - any is a fault
                fallen.add(name)
                print(
                    f"{name} fell, seed {number}: {error!r}",
                    *getattr(error, "__notes__", ()),
                    sep="\n",
                )
            counts[name] += ROUND
        number += 1
    print(f"seeds {options.seed} to {number - 1}:", *(f"{k} {n:,}" for k, n in counts.items()))
    print(f"{sum(counts.values()):,} inputs, {len(fallen)} targets fell")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
