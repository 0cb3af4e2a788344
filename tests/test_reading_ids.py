import pytest

from storymap.reading.fields import fault_of_id
from storymap.reading.ids import id_of


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Žilina", "zilina"),
        ("Turčiansky Svätý Martin", "turciansky-svaty-martin"),
        ("Токмок", "tokmok"),
        ("Ысык-Көл", "ysyk-kol"),
        ("Łódź", "lodz"),
        ("თბილისი", "tbilisi"),
        ("Intergel'po Street", "intergelpo-street"),
        ("  1926: an excursion!", "1926-an-excursion"),
        ("sm-places", "places"),
        ("…", ""),
    ],
)
def test_an_id_is_made_of_the_letters_of_a_name(name, id):
    """Letters of any script become small Latin ones, all else a hyphen; it can be an id."""
    assert id_of(name) == id
    assert not id or fault_of_id(id) is None
