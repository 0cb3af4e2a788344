"""The page: story, map and script put together as one HTML document.

Authors' text is data here, never a template, and Jinja escapes it. Only what this project's own
modules have made safe goes in as markup, and each such value is named in `_markup`.
"""

import re
import sys
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from storymap import (
    chart,
    dates,
    document,
    further,
    geometry,
    interface,
    metadata,
    overlays,
    prose,
    qr,
    scenes,
    street,
    whereabouts,
)
from storymap.assets import Carrier, Within, is_large
from storymap.atlas import Credit
from storymap.further import Further
from storymap.map_words import MapWords
from storymap.model import Feature, Frame, Picture, Place, Plan, Route, Story
from storymap.static_map import StaticMaps
from storymap.translation import language_of, unreviewed

HERE = Path(__file__).parent
TEMPLATES = (HERE / "templates", HERE.parent / "templates")
"""where the templates lie: in an installed package, in a checkout"""

PLANS = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""ending of a plan's file -> media type"""

START = 'document.documentElement.classList.add("sm-on")'
"""the first script: the layout of the scripted page from the first paint on, not a change to it"""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page is put together from, besides the story; all of it trusted."""

    map_html: str
    """the map's element"""
    map_script: str
    """the script that starts the map"""
    map_cards: str
    """`template` elements: what popups of added map elements show"""
    leaflet_js: str
    runtime_js: str
    choice_js: str
    """chooses the language of a page in several"""
    css: str
    atlas_defs: str
    atlas_relief: str
    """SVG of the base map, to stand in `defs`"""
    static_maps: StaticMaps
    credits: tuple[Credit, ...]
    map_words: Mapping[str, MapWords]
    """what the map shows at each step, by its id; "" is the cover"""
    further: Further | None = None
    media_js: str = ""
    """enlarges pictures and loads frames, where the story has some"""
    carrier: Carrier = field(default_factory=Within)


OPTIONS: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "optimized": False,  # each template runs once, and folding constants takes longer
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
"""how templates are compiled"""


class _Compiled(BytecodeCache):
    """Templates that this process has compiled, each for as long as its text stays the same."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.checksum, bucket.code


class _Kept(_Compiled):
    """Templates that have been compiled before, kept where Python keeps compiled modules.

    As with these, nothing is written where that is not wanted, or cannot be.
    """

    def __init__(self) -> None:
        super().__init__()
        folder = Path(cache_from_source(__file__)).parent
        self._files = FileSystemBytecodeCache(str(folder), "%s.jinja")

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{jinja2.__version__} {OPTIONS} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        super().load_bytecode(bucket)
        if not bucket.code:
            self._files.load_bytecode(bucket)
            super().dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        super().dump_bytecode(bucket)
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._files.dump_bytecode(bucket)


_COMPILED = {Environment: _Kept(), ImmutableSandboxedEnvironment: _Compiled()}
"""apart, for the sandbox compiles other code, which is not ours"""


@dataclass(frozen=True, slots=True)
class Edition:
    """The story in one of its languages, as a page of its own."""

    language: str
    """BCP 47 tag"""
    file: str
    """name of the page, beside the others"""


def render(  # noqa: PLR0913 - what a page is made of
    story: Story,
    document_json: str,
    parts: Parts,
    *,
    languages: Sequence[str] = (),
    editions: Sequence[Edition] = (),
    templates: Path | None = None,
) -> str:
    """Return the page in the language of *story*, which leads to its other *editions*.

    Of several *languages* the reader may choose, once their retellings are added to the page.
    *document_json* is escaped as `document.escaped` does it. Templates found in the folder
    *templates* go before the built-in ones, and all then run in Jinja's sandbox.

    Raises:
        jinja2.TemplateError: a template in *templates* is at fault.
        OSError: a picture can't be read.
    """
    css = _newlines(parts.css) + theme_css(story.theme)
    start = START + (";" + parts.choice_js if len(languages) > 1 else "")
    scripts = [
        _unclosed(_newlines(script))
        for script in (
            *(start, parts.leaflet_js, parts.map_script, parts.runtime_js),
            *([parts.media_js] if parts.media_js else []),
        )
    ]
    named = {id for event in story.events for id in event.places}
    passed = {stop.place for route in story.routes for stop in route.stops}
    file = next((each.file for each in editions if each.language == story.language), metadata.PAGE)
    listed = parts.further.listed if parts.further else {}
    told = [place for place in story.places if place.id in named | passed | listed.keys()]
    index = sorted(told, key=lambda place: alphabetical(_title(place, story.language)))
    return (
        _environment(story, told, parts.carrier, templates)
        .get_template("page.html.jinja")
        .render(
            story=story,
            languages=languages,
            unreviewed=unreviewed(story),
            editions=editions,
            page_file=file,
            picture=metadata.PICTURE,
            home=(story.languages or (story.language,))[0],
            direction=interface.direction(story.language),
            sources={source.id: source for source in story.sources},
            named_places=[place for place in index if place.id in named],
            stations=[place for place in index if place.id in passed - named],
            further=parts.further,
            further_told=[place for place in index if place.id in listed],
            further_names=_names_of(parts.further, story.language),
            credits=parts.credits,
            beside="'self'" in parts.carrier.origins,
            lightbox=any(
                isinstance(medium, Picture) and is_large(medium)
                for event in story.events
                for medium in event.media
            ),
            policy=_policy(css, scripts, story, parts.carrier),
            pictures=street.picture_ids(overlays.distinct(story)),
            css=_markup(css),
            start=_markup(scripts[0]),
            scripts=[_markup(script) for script in scripts[1:]],
            document=_markup(document_json),
            map_html=_markup(parts.map_html),
            map_cards=_markup(parts.map_cards),
            atlas_relief=_markup(parts.atlas_relief),
            atlas_defs=_markup(parts.atlas_defs + parts.static_maps.definitions),
            overview=_markup(parts.static_maps.overview),
            key=parts.static_maps.key,
            map_words=parts.map_words,
            static_maps={id: _markup(svg) for id, svg in parts.static_maps.steps.items()},
        )
    )


def _environment(
    story: Story, told: Sequence[Place], carrier: Carrier, templates: Path | None
) -> Environment:
    """Return the templates' world: what they may ask about the story is a filter here.

    *told* are the places that the page tells of in full.
    """
    kind = ImmutableSandboxedEnvironment if templates else Environment
    environment = kind(
        bytecode_cache=_COMPILED[kind],
        loader=FileSystemLoader([*([templates] if templates else []), *TEMPLATES]),
        **OPTIONS,
    )
    environment.install_gettext_translations(interface.texts(story.language), newstyle=True)  # type: ignore[attr-defined]  # comes with the extension
    environment.globals["_"] = environment.globals["gettext"]  # without the detour by its name
    places = {place.id: place for place in told}
    titles = {id: _title(place, story.language) for id, place in places.items()}
    spoken = partial(dates.spoken, language=story.language)
    written = partial(interface.number, language=story.language)
    laid = overlays.distinct(story)
    filters: Mapping[str, Callable[..., object]] = {
        "address": partial(metadata.address, story),
        "carried": carrier.address,
        "within": Within().address,
        "chart": lambda table: _markup(chart.bars(table, story.language)),
        "coordinates": partial(whereabouts.coordinates, language=story.language),
        "inline": lambda text: _markup(prose.render_inline(text, places=titles)),
        "inlined": _data_uri,
        "kilometres": lambda route: _length_km(route, places),
        "label_at": lambda place, when: scenes.label(place, when, story.language),
        "direction": interface.direction,
        "foreign": cache(partial(_foreign, own=story.language)),
        "in_language": lambda html, tag: _in_language(html, tag, story.language),
        "language_of": partial(language_of, story),
        "own_name": lambda tag: interface.language_name(tag, tag),
        "language": partial(interface.language_name, language=story.language),
        "markdown": lambda text: _markup(prose.render(text, places=titles)),
        "oembed_file": metadata.oembed_file,
        "og_locale": metadata.locale,
        "number_of_overlay": laid.index,
        "picture_id": {plan.path: id for id, plan in street.picture_ids(laid).items()}.__getitem__,
        "number_of": {source.id: n for n, source in enumerate(story.sources, 1)}.__getitem__,
        "place": places.__getitem__,
        "qr": lambda address: _markup(qr.draw(address)),
        "precision": partial(whereabouts.precision, language=story.language),
        "spoken": spoken,
        "spoken_edtf": lambda text: spoken(dates.parse(text)),
        "structured": lambda file: _markup(document.escaped(metadata.structured(story, file))),
        "title": lambda place: titles[place.id],
        "written": written,
    }
    environment.filters.update(filters)
    environment.tests["told"] = Feature.has_words
    environment.tests["large"] = is_large
    return environment


def _markup(text: str) -> Markup:
    """Let *text* through unescaped.

    What may come here: the bundled script and style; the map's element, script and cards from
    `folium_map`; the atlas's SVG; the JSON of `document` and of `metadata`, escaped; the SVG of
    `chart`, of `qr` and of `static_map`; and HTML that `prose` has cleaned.
    """
    return Markup(text)  # noqa: S704 - see above


def _in_language(html: Markup, tag: str, own: str) -> Markup:
    """Return markup marked as being in a language, where that is not the page's own."""
    return html if tag == own else Markup('<div lang="{}">{}</div>').format(tag, html)


def _foreign(tag: str, own: str) -> Markup:
    """Return the attributes that say in which language text is, if not in the page's own."""
    way = interface.direction(tag)
    direction = Markup(' dir="{}"').format(way) if way != interface.direction(own) else ""
    return Markup(' lang="{}"{}').format(tag, direction) if tag != own else Markup()


def _policy(css: str, scripts: list[str], story: Story, carrier: Carrier) -> str:
    """Return a content security policy that runs these scripts and this style, and no others.

    It lets the page load what the story has: its media from where they lie, pictures from the
    server of its tiles, and frames from the sites that they show.
    """
    media = [medium for event in story.events for medium in event.media]
    kinds = {medium.kind for medium in media}
    tiles = f" https://{urlsplit(story.tiles.url).netloc}" if story.tiles else ""
    sites = sorted({medium.host for medium in media if isinstance(medium, Frame)})
    return (
        "default-src 'none'; "
        f"script-src {' '.join(map(hashed, scripts))}; "
        f"style-src {hashed(css)}; "
        f"img-src {carrier.origins if kinds & {'picture', 'film'} else 'data:'}{tiles}; "
        + (f"media-src {carrier.origins}; " if kinds & {"sound", "film"} else "")
        + (f"frame-src {' '.join(f'https://{site}' for site in sites)}; " if sites else "")
        + "base-uri 'none'; form-action 'none'"
    )


def hashed(text: str) -> str:
    """Return the hash by which a content security policy knows a script or a style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _newlines(text: str) -> str:
    """Return *text* with the newlines that an HTML parser hands on, which are what is hashed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unclosed(script: str) -> str:
    """Return *script* with no `</script` or `<!--` in its strings that would end the element."""
    return re.sub(r"<(?=/script|!--)", r"\\x3C", script, flags=re.IGNORECASE)


def theme_css(theme: Mapping[str, str]) -> str:
    """Return the rules that set a story's own colours: light, also on paper, and dark."""
    light = {token: colour for token, colour in theme.items() if not token.startswith("dark-")}
    dark = {t.removeprefix("dark-"): colour for t, colour in theme.items() if t not in light}
    return _tokens("print,(prefers-color-scheme:light)", light) + _tokens(
        "screen and (prefers-color-scheme:dark)", dark
    )


def _tokens(medium: str, colours: Mapping[str, str]) -> str:
    if not colours:
        return ""
    rules = ";".join(f"--{token}:{colour}" for token, colour in colours.items())
    return f"@media {medium}{{:root{{{rules}}}}}"


def _names_of(packed: Further | None, language: str) -> str:
    """Return the names of further places that the page does not tell of in full."""
    others = [place for place in packed.places if place.id not in packed.listed] if packed else []
    names = [further.title(place, language) for place in others]
    return " · ".join(sorted(names, key=alphabetical))


def _title(place: Place, language: str) -> str:
    """Return what the gazetteer lists a place under: its name of today, else its first."""
    return scenes.today(place, language) or place.names[0].text


def alphabetical(name: str) -> str:
    """Return *name* without its accents, so that Ž stands beside Z."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _length_km(route: Route, places: Mapping[str, Place]) -> int:
    """Return the length in kilometres of the straight lines between a route's located stops."""
    points = (places[stop.place].location.point for stop in route.stops)
    return round(geometry.length_m([point for point in points if point]) / 1000)


def _data_uri(plan: Plan) -> str:
    """Return a plan as a `data:` address; its file's ending tells its type."""
    kind = PLANS[plan.path.suffix.lower()]
    return f"data:{kind};base64,{b64encode(plan.path.read_bytes()).decode()}"
