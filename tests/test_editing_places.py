import codecs

import pytest

from storymap.editing import add_place

NAME = {"text": "New", "language": "en", "kind": "official"}
OLD = "- id: a\r\n  names: [{text: A, language: en, kind: official}]\r\n  country: KG\r\n"


def gazetteer(folder, data):
    (folder / "story.yaml").touch()
    (folder / "gazetteer.yaml").write_bytes(data)
    return folder


def test_marks_and_line_ends_stay(tmp_path):
    """A byte order mark and Windows' line ends are the author's too."""
    draft = add_place(gazetteer(tmp_path, codecs.BOM_UTF8 + OLD.encode()), NAME, {"country": "KZ"})
    added = "- id: new\r\n  names: [{text: New, language: en, kind: official}]\r\n  country: KZ\r\n"
    assert draft.data == codecs.BOM_UTF8 + (OLD + added).encode()
    assert (draft.name, draft.id, draft.line) == ("gazetteer.yaml", "new", 4)
    assert draft.added == added.replace("\r\n", "\n").rstrip()


@pytest.mark.parametrize(
    ("before", "line"),
    [("", 1), ("# none yet", 2), ("- id: a", 2), ("- id: a\n\n- id: b\n\n\n# end\n", 5)],
)
def test_the_line_is_that_of_the_first_words(tmp_path, before, line):
    """Blank lines and a missing line end are counted in."""
    draft = add_place(gazetteer(tmp_path, before.encode()), NAME, {})
    assert draft.line == line
    assert draft.data.decode().splitlines()[line - 1] == "- id: new"
    assert draft.added.startswith("- id: new\n  names:\n    - {text: New,")


def test_the_first_place_makes_its_file(tmp_path):
    """A story that shares a gazetteer may have none of its own."""
    (tmp_path / "story.yaml").touch()
    assert add_place(tmp_path, NAME, {}).data.decode() == (
        "- id: new\n  names:\n    - {text: New, language: en, kind: official}\n"
    )


@pytest.mark.parametrize(
    ("countries", "id"), [([], "new"), (["KZ"], "new-kg"), (["KZ", "TJ"], "new-kg")]
)
def test_a_namesake_in_another_country_is_another_place(tmp_path, countries, id):
    """Its id says which."""
    places = [f"- {{id: new-{c.lower()}, names: [{{text: New}}], country: {c}}}" for c in countries]
    text = "\n".join(places).replace("new-kz", "new")
    draft = add_place(gazetteer(tmp_path, text.encode()), NAME, {"country": "KG"})
    assert draft.id == id


def test_a_third_namesake_is_numbered(tmp_path):
    """Where the country has been used."""
    text = "- {id: new, country: KZ}\n- {id: new-kg, country: TJ}\n"
    assert add_place(gazetteer(tmp_path, text.encode()), NAME, {"country": "KG"}).id == "new-2"
