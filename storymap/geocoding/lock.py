"""The lock file as text: what was asked, what was answered, and who accepted it."""

from collections.abc import Iterable, Iterator

import yaml
from yaml import CSafeDumper, Node

from storymap.geocoding.candidates import Candidate, Terms
from storymap.model import Place
from storymap.reading.geocodes import question
from storymap.reading.records import (
    Acceptance,
    AnswerRecord,
    GeocodeRecord,
    TermsRecord,
)

_HEAD = """\
# Where geocoders say that places of this story lie, written by `storymap locate`.
# Builds read this file and ask no one; keep it with the story.

"""


class _Dumper(CSafeDumper):
    """Writes lists of plain values in one line."""

    def sequence(self, value: list[object]) -> Node:
        """Represent a list."""
        plain = not any(isinstance(each, dict) for each in value)
        return self.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=plain)


_Dumper.add_representer(list, _Dumper.sequence)


def record(
    place: Place, candidate: Candidate, terms: Terms, date: str, accepted: Acceptance
) -> GeocodeRecord:
    """Return the entry for an answer; *date* is the day on which it was given, as ISO 8601."""
    return GeocodeRecord.model_construct(
        id=place.id,
        query=question(place),
        provider=candidate.provider,
        answer=AnswerRecord.model_construct(
            id=candidate.id,
            name=candidate.name,
            point=candidate.at,
            box=candidate.box,
            precision=candidate.precision,
            kind=candidate.kind,
            country=candidate.country,
        ),
        terms=TermsRecord(attribution=terms.attribution, licence=terms.licence, url=terms.url),
        date=date,
        accepted=accepted,
    )


def render(records: Iterable[GeocodeRecord]) -> str:
    """Return the text of the file, sorted by id."""
    entries = [
        each.model_dump(mode="json", by_alias=True, exclude_defaults=True, warnings=False)
        for each in sorted(records, key=lambda each: each.id)
    ]
    body = "\n".join(
        yaml.dump([entry], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
        for entry in entries
    )
    return _HEAD + (body or "[]\n")


def differences(before: GeocodeRecord, after: GeocodeRecord) -> Iterator[tuple[str, str, str]]:
    """Yield what an answer, or the question to it, says otherwise than before: name, old, new."""
    for part in ("query", "answer"):
        old, new = getattr(before, part), getattr(after, part)
        for field in type(old).model_fields:
            one, other = _shown(getattr(old, field)), _shown(getattr(new, field))
            if one != other:
                yield field, one, other


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
