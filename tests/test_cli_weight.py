from storymap.cli.weight import tell_weight
from storymap.model import Asset

CHOIR = Asset("choir", "audio/mpeg", bytes(1_500_000))
PLAN = Asset("plan", "image/webp", bytes(45_000))


def test_a_page_without_media_says_nothing_of_them():
    """What it weighs is said already."""
    assert list(tell_weight(700_000, (), beside=False)) == []


def test_media_within_a_page_count_as_they_stand_there():
    """As text they take a third more."""
    assert list(tell_weight(900_000, (PLAN,), beside=False)) == ["media: 60 KB of it"]


def test_a_page_too_large_to_upload_names_what_makes_it_so():
    """And the ways out."""
    assert list(tell_weight(2_800_000, (CHOIR, PLAN), beside=False)) == [
        "media: 2.1 MB of it",
        "warning: the page is larger than 2.0 MB, which many sites do not let people upload",
        "    choir (audio/mpeg): 2.0 MB",
        "    plan (image/webp): 60 KB",
        "    compress or shorten them, or let them lie beside the page: --assets beside",
    ]


def test_media_beside_the_page_do_not_weigh_on_it():
    """They are told by themselves."""
    said = list(tell_weight(700_000, (CHOIR, PLAN), beside=True))
    assert said == ["media: 1.5 MB in assets/"]
