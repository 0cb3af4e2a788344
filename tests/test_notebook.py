import json
import os
import re
import subprocess
import sys
from html import unescape

import pytest
from conftest import ROOT, Reader


def test_a_notebook_is_given_the_page_in_a_frame(minimal):
    """The frame has the story's title, a height, and scripts without the notebook's rights."""
    html = minimal._repr_html_()
    assert re.fullmatch(r'<iframe( [a-z]+="[^"<>]*")+></iframe>', html)
    frame = {name: unescape(value) for name, value in re.findall(' ([a-z]+)="([^"]*)"', html)}
    assert frame == {
        "title": minimal.model.title,
        "srcdoc": minimal.to_html(),
        "width": "100%",
        "height": "640",
        "style": "border: 0",
        "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox",
        "allow": "fullscreen",
    }


def test_story_map_and_root_show_the_same(minimal):
    """Whatever of the three ends a cell, the output is one."""
    story_map = minimal.to_folium()
    shown = minimal._repr_html_()
    assert story_map._repr_html_() == story_map.get_root()._repr_html_() == shown


def test_no_picture_is_taken_of_the_map(minimal):
    """A notebook that asks for every form gets no PNG, which would take a browser."""
    assert minimal.to_folium()._repr_png_() is None


@pytest.fixture
def frame(minimal, open_page, tmp_path):
    """The page inside a notebook's, with its map complete."""
    notebook = tmp_path / "notebook.html"
    html = f"<!doctype html><body>{minimal._repr_html_()}"
    notebook.write_text(html, encoding="utf-8")
    reader = open_page(notebook, outcome=None)
    (frame,) = reader.page.main_frame.child_frames
    Reader(frame).settled()
    return frame


def test_the_page_works_in_a_notebook(frame):
    """In a frame with no origin of its own the map starts, and the steps can be walked."""
    assert frame.evaluate("self.origin") == "null"
    frame.click("#sm-next")
    assert frame.evaluate("window.storymap.state().index") == 0


def test_links_stay_in_the_frame(frame, minimal):
    """A link to a step leads there; the address of such a frame is the notebook's own."""
    step = minimal.model.events[-1].id
    frame.evaluate("(step) => document.querySelector(`a[href='#${step}']`).click()", step)
    Reader(frame).wait(f"window.storymap.state().step === '{step}'")
    assert frame.url == f"about:srcdoc#{step}"


@pytest.fixture
def exported(tmp_path):
    """A notebook that shows the project's own story, run and exported by Jupyter's own program."""
    source = f"import storymap\nstorymap.load({str(ROOT / 'places')!r})"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": source}
    notebook = tmp_path / "lesson.ipynb"
    notebook.write_text(
        json.dumps(
            {
                "cells": [cell | {"execution_count": None}],
                "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        )
    )
    own = {f"{name}DIR": str(tmp_path) for name in ("IPYTHON", "JUPYTER_CONFIG_", "JUPYTER_DATA_")}
    subprocess.run(
        [
            *(sys.executable, "-m", "nbconvert", "--execute", "--to", "html", notebook),
            # what every such export loads from other computers, stories or not
            *("--HTMLExporter.mathjax_url=", "--HTMLExporter.require_js_url="),
        ],
        env=os.environ | own | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return notebook.with_suffix(".html")


def test_an_exported_notebook_has_the_whole_story(exported, open_page, interhelpo):
    """Its steps can be walked and linked to, and nothing but the file is asked for."""
    reader = open_page(exported, outcome=None)
    (frame,) = reader.page.main_frame.child_frames
    story = Reader(frame)
    story.settled()
    frame.click("#sm-next")
    assert story.step() == interhelpo.events[0].id
    frame.evaluate("location.hash = 'founding'")
    story.wait("window.storymap.state().step === 'founding'")
