import subprocess
import sys
from pathlib import Path

from storymap import checks
from storymap.problems import Problem, Severity

ROOT = Path(__file__).parent.parent
WARNING = Problem("a", 1, 1, "so so", severity=Severity.WARNING)
ERROR = Problem("a", 1, 1, "wrong")


def test_warnings_stop_a_build_only_when_they_count():
    """Errors always do."""
    assert not checks.blocking((WARNING,), strict=False)
    assert checks.blocking((WARNING,), strict=True)
    assert checks.blocking((WARNING, ERROR), strict=False)
    assert not checks.blocking((), strict=True)


def test_what_makes_a_page_is_not_imported():
    """A check does without, and takes half the time."""
    code = (
        "import sys; from pathlib import Path; from storymap import checks;"
        "assert not checks.check(Path('places'));"
        "sys.exit(bool({'folium', 'jinja2', 'storymap.page'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0
