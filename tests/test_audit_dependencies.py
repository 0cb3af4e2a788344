import pytest

from tools.audit_dependencies import LOCKED, ROOT, npm_answer, python_answer, told

KNOWN = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-2026-1"}]}
FINE = {"name": "b", "version": "2", "vulns": []}
STRANGE = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (None, "SKIPPED: Python: nobody answered, so NOTHING is known"),
        ({"dependencies": [FINE]}, "Python: 1 packages audited, 0 faults known"),
        (
            {"dependencies": [KNOWN, FINE]},
            "Python: 2 packages audited, 1 faults known\n  a 1: PYSEC-2026-1",
        ),
        (
            {"dependencies": [STRANGE, STRANGE]},
            (
                "SKIPPED: 2 packages of which the registry tells nothing\n"
                "Python: 0 packages audited, 0 faults known"
            ),
        ),
    ],
)
def test_an_audit_of_python_packages_never_passes_in_silence(report, said):
    """pip-audit itself is content where it knows of no package at all."""
    assert told(python_answer(report)) == said


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ({"message": "405"}, "SKIPPED: web: nobody answered, so NOTHING is known"),
        (
            {
                "vulnerabilities": {"a": {"severity": "high"}},
                "metadata": {"dependencies": {"total": 9}},
            },
            "web: 9 packages audited, 1 faults known\n  a: high",
        ),
    ],
)
def test_an_audit_of_npm_packages_never_passes_in_silence(report, said):
    """An answer without packages is that of an error."""
    assert told(npm_answer("web", report)) == said


def test_every_lock_file_is_audited():
    """A folder with one more is not forgotten."""
    found = ROOT.glob("*/*/package-lock.json")
    assert {path.parent.relative_to(ROOT).as_posix() for path in found} | {LOCKED[0]} == {*LOCKED}
