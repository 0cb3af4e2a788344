"""The pages in docs/ and what they say of the program."""

import re
from pathlib import Path

import pytest

from tools.make_reference import PAGES

ROOT = Path(__file__).parent.parent
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_what_the_program_says(name, request):
    """Made anew, by `--snapshot-update` too, the page is the same."""
    path = ROOT / "docs" / f"{name}.md"
    if request.config.getoption("--snapshot-update"):
        path.write_text(PAGES[name](), encoding="utf-8")
    accept = "pytest --snapshot-update accepts this"
    assert path.read_text(encoding="utf-8") == PAGES[name](), accept


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    """Each link within the repository names a file that is there, and a heading in it."""
    text = re.sub("```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        file, _, heading = target.partition("#")
        linked = path.parent / file if file else path
        assert linked.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}
            assert heading in anchors, target
