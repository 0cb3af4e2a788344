"""The whole tool: a story folder in, one page out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from storymap import (
    atlas,
    bundle,
    document,
    map_words,
    metadata,
    page,
    scenes,
    static_map,
    street,
)
from storymap.atlas import Credit
from storymap.folium_map import MapParts, StoryMap
from storymap.model import Story
from storymap.page import Edition
from storymap.problems import Problem, Severity
from storymap.reading import Survey, list_shared, read_both, read_story, read_survey
from storymap.translation import translated
from storymap.writing import Written, write_files

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

    @property
    def pages(self) -> tuple[Written, ...]:
        """All pages, the story's own first."""
        return (self.page, *self.others) if self.page else ()


class LanguageError(ValueError):
    """The story cannot be built in the languages that were asked for."""


def build(  # noqa: PLR0913 - one for each option
    folder: Path,
    output: Path,
    *,
    languages: Sequence[str] = (),
    separate: bool = False,
    base_url: str | None = None,
    root: Path | None = None,
    templates: Path | None = None,
    strict: bool = False,
) -> Built:
    """Build the story in *folder* into *output*; the last good page stays until this one is whole.

    The page is in the first of *languages*, by default all of the story's. With *separate* each
    further one has a page of its own beside it. Gazetteers that the story shares lie in *root*, by
    default the folder that *folder* lies in. A *base_url*, as `check_page_address` returns it, goes
    before that of the story.

    Raises:
        LanguageError: the story is not in one of *languages*, or a page cannot hold all of them.
        OutputError: the output can't be written.
        jinja2.TemplateError: a template in *templates* is at fault.
    """
    story, problems = read_story(folder, root=root)
    if story is None or blocking(problems, strict=strict):
        return Built(problems, None)
    story = replace(story, base_url=base_url or story.base_url)
    editions = _editions(story, languages, separate=separate)
    pages = {edition.file: _page_in(edition, editions, story, templates) for edition in editions}
    page, *others = write_files(
        output, pages | (_shared(story, editions) if story.base_url else {})
    )
    further = len(editions) - 1
    return Built(problems, page, tuple(others[:further]), tuple(others[further:]))


def _shared(story: Story, editions: Sequence[Edition]) -> dict[str, bytes]:
    """Return the files that other sites fetch to show the story, or its picture."""
    offers = {
        metadata.oembed_file(each.file): metadata.oembed(
            translated(story, each.language), each.file
        ).encode()
        for each in editions
    }
    layout = scenes.lay_out(story, story.language)
    base = _base(layout)
    picture = metadata.PICTURE
    size = picture.width_px, picture.height_px
    return {**offers, picture.file: static_map.poster(layout, base, story.theme, *size)}


def _editions(story: Story, languages: Sequence[str], *, separate: bool) -> tuple[Edition, ...]:
    known = story.languages or (story.language,)
    if strange := [tag for tag in languages if tag not in known]:
        message = f"the story is not in '{strange[0]}'; it is in {', '.join(known)}"
        raise LanguageError(message)
    if len(languages) > 1 and not separate:
        message = "a page is in one language; --separate writes one for each"
        raise LanguageError(message)
    first, *others = languages or known
    further = (Edition(tag, f"index.{tag}.html") for tag in others if separate)
    return Edition(first, metadata.PAGE), *further


def _page_in(
    edition: Edition, editions: tuple[Edition, ...], story: Story, templates: Path | None
) -> bytes:
    told = translated(story, edition.language)
    return story_map(told, editions=editions, templates=templates).page().encode()


def inputs(folder: Path, *, root: Path | None = None) -> tuple[Path, ...]:
    """Return where all lies that the story in *folder* is made from; *root* is as for `build`."""
    return folder, *list_shared(folder, root=root)


def check(folder: Path, *, root: Path | None = None) -> tuple[Problem, ...]:
    """Return every problem of the story in *folder*, and what looks wrong or is untranslated.

    *root* is as for `build`.
    """
    return _problems(read_survey(folder, root=root))


def preview(folder: Path, *, root: Path | None = None, templates: Path | None = None) -> Made:
    """Make the page that `build` writes, and the problems that `check` finds, writing nothing.

    Raises:
        OSError: a picture, or the bundle, can't be read.
        jinja2.TemplateError: a template in *templates* is at fault.
    """
    story, survey = read_both(folder, root=root)
    problems = _problems(survey)
    if story is None:
        return Made(problems, None)
    (edition,) = editions = _editions(story, (), separate=False)
    return Made(problems, _page_in(edition, editions, story, templates))


def _problems(survey: Survey) -> tuple[Problem, ...]:
    from storymap.audit import findings  # noqa: PLC0415 - a build does without

    doubts = (
        survey.entries[id].problem(fault, Severity.WARNING)
        for id, fault in findings(survey.located)
    )
    return tuple(sorted((*survey.problems, *survey.untranslated, *doubts)))


def blocking(problems: tuple[Problem, ...], *, strict: bool) -> bool:
    """Tell whether *problems* stop a build: errors do, with *strict* warnings too."""
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


def story_map(
    story: Story, *, editions: Sequence[Edition] = (), templates: Path | None = None
) -> StoryMap:
    """Return the story's map, which makes the page around itself when it is rendered."""
    layout = scenes.lay_out(story, story.language)
    return StoryMap(
        partial(_page, story, layout, editions, templates),
        title=story.title,
        frame=layout.cover.frame,
    )


def _page(
    story: Story,
    layout: scenes.Layout,
    editions: Sequence[Edition],
    templates: Path | None,
    live_map: MapParts,
) -> str:
    base = _base(layout)
    bundled = bundle.load(street=street.has_any(story))
    return page.render(
        story,
        document.render(story, layout, base, map_name=live_map.name, language=story.language),
        page.Parts(
            map_html=live_map.html,
            map_script=live_map.script,
            map_cards=live_map.cards,
            leaflet_js=bundled.leaflet_js,
            runtime_js=bundled.runtime_js,
            css=bundled.css,
            atlas_defs=base.defs,
            atlas_relief=base.relief,
            static_maps=static_map.draw_all(layout, base, story.title),
            credits=(
                *base.credits,
                *(
                    Credit(found.name, f"{found.licence} {found.url}".strip(), LOCATED)
                    for found in story.attributions
                ),
                Credit("Leaflet", "BSD-2-Clause", bundled.leaflet_licence),
            ),
            map_words=map_words.tell(layout, base.borders, story.language),
        ),
        editions=editions,
        templates=templates,
    )


def _base(layout: scenes.Layout) -> atlas.Atlas:
    return atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
