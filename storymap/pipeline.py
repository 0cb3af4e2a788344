"""The whole tool: a story folder in, one page out."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from storymap import (
    assets,
    atlas,
    bundle,
    document,
    forks,
    further,
    lesson,
    map_words,
    metadata,
    overview,
    page,
    reading,
    retelling,
    scenes,
    static_map,
    street,
)
from storymap.assets import Beside, Carrier, Within
from storymap.atlas import Credit
from storymap.checks import blocking, problems_of
from storymap.folium_map import MapParts, StoryMap
from storymap.lesson import Frame
from storymap.model import Asset, Story
from storymap.page import Edition
from storymap.problems import Problem
from storymap.retelling import Telling
from storymap.text import did_you_mean
from storymap.translation import translated
from storymap.writing import Written, turn, write_files

LOCATED = "Some places of this story lie where this provider's answers have them."


@dataclass(frozen=True, slots=True)
class Made:
    """What a story came to; `page` is None where problems stopped it."""

    problems: tuple[Problem, ...]
    page: bytes | None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to; `page` is None where problems stopped it."""

    problems: tuple[Problem, ...]
    page: Written | None
    others: tuple[Written, ...] = ()
    """pages in further languages, beside it"""
    shared: tuple[Written, ...] = ()
    """what other sites read of them, where their address is known"""
    media: tuple[Asset, ...] = ()
    """what its steps show and play, the heaviest first"""
    story: Story | None = None
    """as it was read"""
    languages: tuple[str, ...] = ()
    """of the pages, that of the story's own first"""

    @property
    def pages(self) -> tuple[Written, ...]:
        """All pages, the story's own first."""
        return (self.page, *self.others) if self.page else ()


class LanguageError(ValueError):
    """The story cannot be built in the languages that were asked for."""


class StepError(ValueError):
    """The story has no step of the id that was asked for."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What shows a story in other pages; `snippet` is None where problems stopped it."""

    problems: tuple[Problem, ...]
    snippet: str | None
    address: str = ""
    """of the page on the web, where it is known"""
    files: tuple[Written, ...] = ()
    """the lesson page, and the script that it needs"""


def build(  # noqa: PLR0913 - one for each option
    folder: Path,
    output: Path,
    *,
    languages: Sequence[str] = (),
    separate: bool = False,
    beside: bool = False,
    base_url: str | None = None,
    root: Path | None = None,
    templates: Path | None = None,
    strict: bool = False,
    jobs: int = 1,
    read: tuple[Story | None, tuple[Problem, ...]] | None = None,
) -> Built:
    """Build the story in *folder* into *output*; the last good page stays until this one is whole.

    The page is in *languages*, by default all of the story's, and opens in the first. With
    *separate* each has a page of its own, with *beside* media are files beside the page.
    Gazetteers that the story shares lie in *root*, by default the folder that *folder* lies in. A
    *base_url*, as `check_page_address` returns it, goes before that of the story. *jobs* are as for
    `story_map`. *read* is what `read_story` returned for the folder, where it was asked already.

    Raises:
        LanguageError: the story is not in one of *languages*.
        OutputError: the output can't be written.
        jinja2.TemplateError: a template in *templates* is at fault.
    """
    story, problems = read or reading.read_story(folder, root=root)
    if story is None or blocking(problems, strict=strict):
        return Built(problems, None)
    story = replace(story, base_url=base_url or story.base_url)
    chosen = _languages(story, languages)
    carrier = Beside() if beside else Within()
    if separate:
        pages = _editions(story, chosen, templates, carrier)
    else:
        whole = story_map(story, chosen, templates=templates, carrier=carrier, jobs=jobs)
        pages = {metadata.PAGE: whole.page().encode()}
    offers = _shared(story, zip(chosen, pages, strict=False)) if story.base_url else {}
    first = {metadata.PAGE: pages[metadata.PAGE]}
    with turn(output) as write:  # a page comes after what it leads to, and never misses it
        write(carrier.files)
        others = write({file: data for file, data in (pages | offers).items() if file not in first})
        (page,) = write(first)
        _remove_old(output / assets.FOLDER, carrier.files)
    further = len(pages) - 1
    media = assets.files_of(story)
    return Built(
        problems=problems,
        page=page,
        others=tuple(others[:further]),
        shared=tuple(others[further:]),
        media=media,
        story=story,
        languages=tuple(chosen),
    )


def listed(built: Built, folder: str) -> overview.Entry:
    """Return what a list of stories says of one that was built into *folder* beside the list.

    Raises:
        ValueError: problems stopped it.
    """
    if built.story is None:
        message = "the story was not built"
        raise ValueError(message)
    told = translated(built.story, built.languages[0])
    layout = scenes.lay_out(told, told.language)
    files = [written.path.name for written in built.pages]
    pages = overview.addresses(folder, built.languages, files)
    return overview.entry(told, layout, _base(layout), pages)


def _remove_old(folder: Path, files: Collection[str]) -> None:
    """Remove the media that a former build left beside the page, and no other file."""
    for path in folder.glob("*"):
        kept = f"{folder.name}/{path.name}" in files
        if not kept and path.is_file() and assets.is_own(path.name, path.read_bytes()):
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _shared(story: Story, pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return what other sites fetch to show *pages*, language and file of each, or a picture."""
    offers = {
        metadata.oembed_file(file): metadata.oembed(translated(story, language), file).encode()
        for language, file in pages
    }
    layout = scenes.lay_out(story, story.language)
    base = _base(layout)
    picture = metadata.PICTURE
    size = picture.width_px, picture.height_px
    return {**offers, picture.file: static_map.poster(layout, base, story.theme, *size)}


def embed(
    folder: Path,
    output: Path,
    *,
    frame: Frame,
    base_url: str | None = None,
    root: Path | None = None,
) -> Embedded:
    """Return lines that show the story in another page, and write a lesson page into *output*.

    *base_url* and *root* are as for `build`.

    Raises:
        LanguageError: the story is not in the frame's language.
        StepError: it has no such step.
        OutputError: the output can't be written.
    """
    story, problems = reading.read_story(folder, root=root)
    if story is None:
        return Embedded(problems, None)
    (language,) = _languages(story, [frame.language or story.language])
    ids = [event.id for event in story.events]
    if frame.step and frame.step not in ids:
        similar = did_you_mean(frame.step, ids)
        hint = f"; did you mean '{similar}'?" if similar else ""
        message = f"there is no step '{frame.step}'{hint}"
        raise StepError(message)
    story = translated(replace(story, base_url=base_url or story.base_url), language)
    written = write_files(output, lesson.files(story, bundle.load_embed()))
    return Embedded(problems, lesson.snippet(story, frame), story.base_url, written)


def _languages(story: Story, wanted: Sequence[str]) -> Sequence[str]:
    known = story.languages or (story.language,)
    if strange := [tag for tag in wanted if tag not in known]:
        message = f"the story is not in '{strange[0]}'; it is in {', '.join(known)}"
        raise LanguageError(message)
    return tuple(dict.fromkeys(wanted)) or known


def _editions(
    story: Story, languages: Sequence[str], templates: Path | None, carrier: Carrier
) -> dict[str, bytes]:
    """Return a page in each language alone, by file; each leads to the others."""
    files = (metadata.PAGE, *(f"index.{tag}.html" for tag in languages[1:]))
    editions = tuple(map(Edition, languages, files))
    return {
        edition.file: story_map(
            story, [edition.language], editions=editions, templates=templates, carrier=carrier
        )
        .page()
        .encode()
        for edition in editions
    }


def preview(
    folder: Path,
    *,
    language: str | None = None,
    root: Path | None = None,
    templates: Path | None = None,
) -> Made:
    """Make the page of a story in one language, by default its own, and find what `check` finds.

    Raises:
        LanguageError: the story is not in *language*.
        OSError: a picture, or the bundle, can't be read.
        jinja2.TemplateError: a template in *templates* is at fault.
    """
    story, survey = reading.read_both(folder, root=root)
    problems = problems_of(survey)
    if story is None:
        return Made(problems, None)
    tags = _languages(story, [language or story.language])
    return Made(problems, story_map(story, tags, templates=templates).page().encode())


def handout(
    folder: Path,
    *,
    language: str | None = None,
    base_url: str | None = None,
    root: Path | None = None,
    strict: bool = False,
) -> Made:
    """Make the page of a story in one language, by default its own, writing nothing.

    *base_url*, *root* and *strict* are as for `build`.

    Raises:
        LanguageError: the story is not in *language*.
        OSError: a picture, or the bundle, can't be read.
    """
    story, problems = reading.read_story(folder, root=root)
    if story is None or blocking(problems, strict=strict):
        return Made(problems, None)
    (tag,) = _languages(story, [language or story.language])
    address = base_url or story.base_url
    if address and tag != story.language:
        address = f"{address}?lang={tag}"
    page = story_map(replace(story, base_url=address), [tag], paper=True).page()
    return Made(problems, page.encode())


def story_map(  # noqa: PLR0913 - one for each option
    story: Story,
    languages: Sequence[str] = (),
    *,
    editions: Sequence[Edition] = (),
    templates: Path | None = None,
    carrier: Carrier | None = None,
    paper: bool = False,
    jobs: int = 1,
) -> StoryMap:
    """Return the map of a *story* as it was read, which makes the page around itself when rendered.

    The page is in *languages*, by default all of the story's, and opens in the first. For *paper*
    its static maps are made to be printed. Its languages are made in *jobs* processes.
    """
    first, *others = languages or story.languages or (story.language,)
    told = translated(story, first)
    layout = scenes.lay_out(told, first)
    stories = (told, *(translated(story, tag) for tag in others))
    tell = partial(
        _telling,
        languages=(first, *others),
        editions=editions,
        templates=templates,
        carrier=carrier or Within(),
        paper=paper,
    )
    return StoryMap(
        partial(_page, stories, layout, tell, jobs),
        title=told.title,
        frame=layout.cover.frame,
    )


def _page(
    stories: Sequence[Story],
    layout: scenes.Layout,
    tell: Callable[[Story, scenes.Layout, atlas.Atlas, MapParts], Telling],
    jobs: int,
    live_map: MapParts,
) -> str:
    """Return the page of the first of *stories*, the same one in its languages.

    *layout* is that of the first.
    """

    def told(laid_out: tuple[Story, scenes.Layout]) -> Telling:
        return tell(*laid_out, base, live_map)

    others = stories[1:]
    # a copy makes what all have in common, while the others are laid out
    found = forks.ahead(partial(_base, layout), jobs if others else 1)
    layouts = (layout, *(scenes.lay_out(story, story.language) for story in others))
    base = found()
    first, *retold = forks.mapped(told, tuple(zip(stories, layouts, strict=True)), jobs)
    return retelling.joined(first.page, forks.mapped(partial(retelling.block, first), retold, jobs))


def _telling(  # noqa: PLR0913 - what a page is made of
    story: Story,
    layout: scenes.Layout,
    base: atlas.Atlas,
    live_map: MapParts,
    *,
    languages: Sequence[str],
    editions: Sequence[Edition],
    templates: Path | None,
    carrier: Carrier,
    paper: bool,
) -> Telling:
    """Return a story in its own language alone."""
    packed = further.pack(story, layout)
    bundled = bundle.load(
        street=street.has_any(story), further=packed is not None, layers=live_map.layers
    )
    maps = static_map.draw_all(layout, base, story.title, story.language)
    player = bundle.load_player() if assets.has_active(story, carrier) else None
    data = document.document(
        story,
        layout,
        base,
        packed=packed,
        map_name=live_map.name,
        language=story.language,
        languages=languages,
    )
    told = page.render(
        story,
        document.escaped(data),
        page.Parts(
            map_html=live_map.html,
            map_script=live_map.script,
            map_cards=live_map.cards,
            leaflet_js=bundled.leaflet_js,
            runtime_js=bundled.runtime_js,
            choice_js=bundled.choice_js,
            css=bundled.css + player.css if player else bundled.css,
            media_js=player.js if player else "",
            carrier=carrier,
            atlas_defs=base.defs,
            atlas_relief=base.relief,
            static_maps=static_map.apart(maps, layout, base) if paper else maps,
            credits=(
                *base.credits,
                *(
                    Credit(found.name, f"{found.licence} {found.url}".strip(), LOCATED)
                    for found in story.attributions
                ),
                Credit("Leaflet", "BSD-2-Clause", bundled.leaflet_licence),
            ),
            map_words=map_words.tell(layout, base.borders, story.language),
            further=packed,
        ),
        languages=languages,
        editions=editions,
        templates=templates,
    )
    return Telling(story.language, told, data)


def _base(layout: scenes.Layout) -> atlas.Atlas:
    spots = [scene.frame for scene in layout.scenes]
    return atlas.cover(layout.cover.frame, [*spots, *filter(None, [layout.reach])])
