"""The page in frames of other sites' own scripts, which give it the height that it asks for.

The scripts of H5P, Datawrapper and Canvas cannot be installed; for these there are listeners that
do what they document.
"""

import os
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sites import fits, served, until

import hatch_build
from storymap import pipeline

TESTS = Path(__file__).parent.parent
FRAME = '<iframe title="Story" src="index.html{}" width="500" frameborder="0"{}></iframe>'
SIDE_BY_SIDE = "<style>body { margin: 0; display: flex } div { flex: 1 }</style>"
"""browsers do not draw frames that are out of sight, which then know no heights"""
SANDBOX = ' sandbox="allow-scripts"'
LISTEN = """
    addEventListener("message", ({ source, data, origin }) => {
        const frames = [...document.querySelectorAll("iframe")]
        const frame = frames.find((each) => each.contentWindow === source)
        if (frame && data) { %s }
    })"""


@dataclass(frozen=True)
class Host:
    """Another site that frames the story."""

    scripts: tuple = ()
    """files of its own script"""
    first: str = ""
    """script that runs before the frame is there"""
    then: str = ""
    """script that runs when it is"""
    after: str = ""
    """what it puts behind the page's address"""
    attributes: str = ""
    frames: bool = True
    """whether the frame is in its page, and not made by its script"""


def listener(does):
    return Host(first=LISTEN % does, after="?height=auto")


HOSTS = {
    "iframe-resizer 4": Host(
        ("iframe-resizer/js/iframeResizer.js",), then="iFrameResize({ checkOrigin: false })"
    ),
    "iframe-resizer 5": Host(
        ("@iframe-resizer/parent/index.umd.js",),
        then="iframeResize({ license: 'GPLv3', checkOrigin: false })",
    ),
    "open-iframe-resizer": Host(
        ("@open-iframe-resizer/core/dist/index.umd.cjs",),
        then="iframeResizer.initialize({}, 'iframe')",
        after="?height=auto",  # it asks no page of its own origin, but measures it
    ),
    "pym": Host(
        ("pym.js/dist/pym.v1.js",),
        then="""
            new pym.Parent("open", "index.html", {})
            new pym.Parent("sandboxed", "index.html", { sandbox: "allow-scripts" })""",
        frames=False,
    ),
    "WordPress": Host(
        ("wp-embed.js",),
        after="#?secret=secret@",
        attributes=' class="wp-embedded-content" security="restricted" data-secret="secret@"',
    ),
    "H5P": listener(
        """
        if (data.context === "h5p" && data.action === "hello") {
            frame.style.width = "100%"
            source.postMessage({ context: "h5p", action: "hello" }, origin)
        }
        if (data.context === "h5p" && data.action === "resize")
            frame.style.height = data.scrollHeight + "px"
        """
    ),
    "Datawrapper": listener(
        """
        for (const height of Object.values(data["datawrapper-height"] ?? {}))
            frame.style.height = height + "px"
        """
    ),
    "Canvas": listener(
        'if (data.subject === "lti.frameResize") frame.style.height = data.height + "px"'
    ),
    "a page of one's own": listener(
        """
        if (data.storymap === 1 && data.event === "height")
            frame.style.height = data.height + "px"
        """
    ),
}


@dataclass
class Site:
    """A server on this computer, and the folder that it serves."""

    folder: Path
    address: str


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small story beside the scripts of other sites."""
    hatch_build.install_packages(TESTS / "hosts")
    folder = tmp_path_factory.mktemp("site")
    pipeline.build(TESTS / "stories" / "good" / "harbour", folder)
    for package in (TESTS / "hosts" / "node_modules").iterdir():
        (folder / package.name).symlink_to(package)
    with served(folder) as address:
        yield Site(folder, address)


@pytest.fixture(scope="module")
def wordpress(site):
    """WordPress's own script beside the others; STORYMAP_WORDPRESS names the file."""
    script = os.environ.get("STORYMAP_WORDPRESS")
    if not script:
        pytest.skip("no WordPress is there; STORYMAP_WORDPRESS may name its wp-embed.js")
    shutil.copy(script, site.folder / "wp-embed.js")


@pytest.fixture
def open_host(site, open_page, request):
    """A function that opens a page of another site, by its name.

    It returns the reader of it, and the story's frames: one as it is, one in a sandbox.
    """

    def open_host(name):
        if name == "WordPress":
            request.getfixturevalue("wordpress")
        host = HOSTS[name]
        frames = "".join(
            FRAME.format(host.after, host.attributes + sandbox).replace("@", str(number))
            for number, sandbox in enumerate(("", SANDBOX))
        )
        scripts = "".join(f'<script src="{script}"></script>' for script in host.scripts)
        (site.folder / "host.html").write_text(
            f"<!doctype html><html lang=en><title>Host</title>{SIDE_BY_SIDE}"
            f"<script>{host.first}</script>{scripts}"
            f"{frames if host.frames else '<div id=open></div><div id=sandboxed></div>'}"
            f"<script>{host.then}</script>",
            encoding="utf-8",
        )
        reader = open_page(site.address, "host.html", outcome=None, size=(1040, 900))
        until(lambda: len(reader.page.frames) == 3)
        _, *frames = reader.page.frames
        for frame in frames:
            until(partial(frame.evaluate, "document.documentElement?.dataset.storymap === 'ready'"))
        return reader, frames

    return open_host


@pytest.mark.parametrize("name", HOSTS)
def test_the_frame_gets_the_height_of_the_page(open_host, name):
    """On the cover, and on a step, which needs another; in a sandbox as without."""
    _, frames = open_host(name)
    for frame in frames:
        until(partial(fits, frame))
        cover = frame.evaluate("innerHeight")
        frame.evaluate("window.storymap.goTo('order')")
        until(partial(fits, frame, unlike=cover))


def test_a_frame_never_grows_by_itself(open_host):
    """Thirty changes of its width end in the height for the last, told no more than once each."""
    reader, (_, frame) = open_host("Datawrapper")
    until(partial(fits, frame))
    reader.evaluate("""() => {
        window.told = []
        const sandboxed = document.querySelectorAll("iframe")[1]
        addEventListener("message", ({ source, data }) => {
            if (source === sandboxed.contentWindow && data["datawrapper-height"]) told.push(data)
        })
    }""")
    for width in range(320, 920, 20):
        reader.evaluate("width => document.querySelectorAll('iframe')[1].width = width", width)
        reader.page.wait_for_timeout(30)
    until(partial(fits, frame))
    reader.page.wait_for_timeout(500)
    assert fits(frame)
    assert 1 <= reader.evaluate("told.length") <= 30


def test_who_does_not_ask_is_told_no_height(open_page, site):
    """A frame of a fixed height stays as it is, and the whole story is in it."""
    (site.folder / "host.html").write_text(
        "<!doctype html><html lang=en><title>Host</title><script>window.said = [];"
        "addEventListener('message', ({ data }) => said.push(data.event))</script>"
        + FRAME.format("", ' height="480"'),
        encoding="utf-8",
    )
    reader = open_page(site.address, "host.html", outcome=None, size=(640, 900))
    reader.wait("said.includes('ready')")
    frame = reader.page.frames[1]
    frame.evaluate("window.storymap.goTo(2)")
    reader.wait("said.includes('step')")
    reader.page.wait_for_timeout(300)
    assert reader.evaluate("said") == ["ready", "step"]
    assert frame.evaluate("innerHeight") == 480
    assert not frame.evaluate("document.documentElement.classList.contains('sm-fitted')")
