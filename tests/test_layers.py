"""The layers of the package: who may import whom, read from the source with `ast`."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "storymap"
ORDER = (  # a module imports only from those before it; a folder counts as one
    *("problems", "text", "contrast", "geometry", "dates", "prose"),
    *("model", "translation"),
    "reading",
    "exchange",
    "editing",
    "geocoding",
    "atlas",
    *("audit", "checks"),
    *("interface", "whereabouts"),
    *("axis", "overlays", "scenes"),
    *("exonyms", "lettering", "map_words", "metadata"),
    *("assets", "writing"),
    *(
        "bundle",
        "chart",
        "qr",
        "street",
        "further",
        "document",
        "folium_map",
        "static_map",
        "page",
        "overview",
        "lesson",
        "retelling",
    ),
    *("pulling", "printing", "forks"),
    *("pipeline", "processes", "many", "__init__", "preview", "cli", "__main__"),
)
COMPANIONS = {  # part of the interface of what is asked for
    "markupsafe": "jinja2",
    "pydantic-core": "pydantic",
}
FILES = sorted(PACKAGE.rglob("*.py"))


def layer(file):
    """Name what a file belongs to: the module or the folder right below the package."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(source):
    """List every import of a source as a dotted name, wherever it stands in the file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def own_layer(name):
    """Name the layer that an import of the package reaches."""
    first = name.split(".")[1] if "." in name else "__init__"
    return first if (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").exists() else "__init__"


def within(name, *packages):
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


ids = {"ids": lambda file: str(file.relative_to(PACKAGE))}


def test_every_import_is_seen():
    """Imports inside functions and conditions count, names of a package one by one."""
    source = "import a.b\ndef f():\n    from c import d, e\nif f:\n    import g as h\n"
    assert sorted(imported(source)) == ["a.b", "c.d", "c.e", "g"]


def test_every_module_has_its_place():
    """The order names each module and each folder of the package that holds code."""
    assert {layer(file) for file in FILES} <= set(ORDER)


@pytest.mark.parametrize("file", FILES, **ids)
def test_a_module_imports_from_above(file):
    """No import goes down the order, not even a late one."""
    above = ORDER[: ORDER.index(layer(file))]
    reached = {
        own_layer(name)
        for name in imported(file.read_text(encoding="utf-8"))
        if within(name, "storymap")
    }
    assert reached - {layer(file)} <= set(above)


@pytest.mark.parametrize("file", FILES, **ids)
@pytest.mark.parametrize(
    ("packages", "home"),
    [(("folium", "branca"), "folium_map"), (("geopy.geocoders",), "geocoding")],
    ids=["folium", "geocoders"],
)
def test_a_big_dependency_has_one_door(file, packages, home):
    """Only `folium_map` knows folium and branca, only `geocoding` knows geopy's services."""
    if layer(file) != home:
        names = imported(file.read_text(encoding="utf-8"))
        assert not [name for name in names if within(name, *packages)]


@pytest.mark.parametrize("file", FILES, **ids)
def test_only_the_command_line_prints(file):
    """No other module writes to stdout or stderr."""
    if file == PACKAGE / "cli" / "speech.py":
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Name) and node.id == "print"), node.lineno
        assert not (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"})


def test_every_dependency_is_asked_for():
    """What the package imports stands in pyproject.toml, and what stands there is imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.match(r"[\w.-]+", line)[0].lower() for line in project["dependencies"]}
    tops = {
        name.split(".")[0] for file in FILES for name in imported(file.read_text(encoding="utf-8"))
    }
    outside = tops - set(sys.stdlib_module_names) - {"storymap"}
    owners = packages_distributions()
    needed = {owners[top][0].lower().replace("_", "-") for top in outside}
    assert {COMPANIONS.get(name, name) for name in needed} == asked
