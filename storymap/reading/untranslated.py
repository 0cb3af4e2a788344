"""What the languages of a story still lack: for those who translate it, no fault of the story."""

from collections.abc import Iterable, Iterator, Mapping

from storymap.model import Story
from storymap.problems import Problem, Severity
from storymap.reading.faults import Fault
from storymap.reading.translations import TranslationFile
from storymap.reading.yaml_nodes import Part
from storymap.translation import untranslated, untranslated_head

_MOST_STEPS = 5
"""so many are named in one warning"""
_KEYS = {"text": "the text", "disputes": "'disputed'", "promise": "'cover'"}


def list_untranslated(
    story: Story, head: Part, originals: Mapping[str, str], translations: Iterable[TranslationFile]
) -> Iterator[Problem]:
    """Warn of what is missing: of each file once, and of all that have no file yet once a language.

    *originals* gives the file of each event by its id; *head* is story.yaml.
    """
    files = {(file.original, file.language): file for file in translations}
    for language in story.languages[1:]:
        lacking = {"": untranslated_head(story, language)}
        lacking |= {event.id: untranslated(event, language) for event in story.events}
        for id, fields in lacking.items():
            if fields and (file := files.get((id, language))):
                yield _partly(f"{head.file.rpartition('/')[0]}/{file.name}", fields, story.language)
        if ("", language) not in files:
            hint = f"say there what stands over the story; {_meanwhile(story.language)}"
            yield _of_language(head, language, Fault(f"there is no story.{language}.yaml", hint))
        steps = [id for id in lacking if id and (id, language) not in files]
        if steps:
            yield _of_language(head, language, _no_files(steps, story, language, originals))


def _partly(file: str, fields: Iterable[str], default: str) -> Problem:
    names = ", ".join(_KEYS.get(field, f"'{field}'") for field in fields)
    message = f"not translated here: {names}"
    return Problem(file, 0, 0, message, _meanwhile(default), Severity.WARNING)


def _no_files(steps: list[str], story: Story, language: str, originals: Mapping[str, str]) -> Fault:
    named = ", ".join(steps[:_MOST_STEPS]) + (", …" if len(steps) > _MOST_STEPS else "")
    count = f"{len(steps)} of {len(story.events)}"
    original = originals.get(steps[0], "")
    begin = (
        f"begin with {original.removesuffix('.md')}.{language}.md"
        if original
        else "a step in a spreadsheet cannot be translated, one in the folder events/ can"
    )
    message = f"steps not translated into '{language}' yet, {count}: {named}"
    return Fault(message, f"{begin}; {_meanwhile(story.language)}")


def _meanwhile(default: str) -> str:
    return f"until then readers see the '{default}'"


def _of_language(head: Part, language: str, fault: Fault) -> Problem:
    listed = head.data.get("languages") if isinstance(head.data, dict) else None
    index = listed.index(language) if isinstance(listed, list) and language in listed else 0
    return head.problem(fault._replace(path=("languages", index)), Severity.WARNING)
