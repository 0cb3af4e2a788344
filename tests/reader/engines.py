"""Firefox and WebKit, the real ones, spoken to as Playwright's page is.

Of that page they know what `Reader` and the tests that run in every engine ask for. Neither reaches
a network: all that they would fetch goes to a proxy that fetches nothing.
"""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, Timer

from conftest import Reader
from selenium.webdriver import ActionChains, Remote, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.service import Service
from websocket import create_connection

FIREFOX = ("firefox-esr", "firefox")
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"
SCREEN = "1600x1200x24"
UNSHOWN = "Security Error: Content at moz-nullprincipal"
"""what Firefox 140 says, and 153 does not, of the step that a frame's address cannot show there"""
WALKED = "document.title.startsWith('walked')"
MIDDLE = """async (selector) => {
    const element = document.querySelector(selector)
    element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    const limit = performance.now() + 5000
    for (let before = ''; performance.now() < limit; ) {
        const { x, y, width, height } = element.getBoundingClientRect()
        const middle = [Math.round(x + width / 2), Math.round(y + height / 2)]
        const still = before === `${middle}`
        if (still && element.contains(document.elementFromPoint(...middle))) return middle
        before = `${middle}`
        await new Promise(requestAnimationFrame)
    }
    throw new Error(`nobody could click on ${selector}`)
}"""
CALL = """async () => {
    const value = %s
    return JSON.stringify(await (typeof value === 'function' ? value(%s) : value)) ?? 'null'
}"""


class MissingError(Exception):
    """An engine is not installed; the text says what to install."""

    firefox = "no Firefox is installed (Debian: firefox-esr)"
    webkit = "no WebKitGTK is installed (Debian: webkit2gtk-driver, xvfb)"


class Proxy:
    """A proxy on this computer that fetches nothing and remembers what it was asked for."""

    def __init__(self):
        self.requests = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with suppress(OSError):  # closed
            while True:
                connection, _ = self._socket.accept()
                with closing(connection):
                    connection.settimeout(1)
                    self.requests.append(connection.recv(500).split(b"\r\n")[0].decode())

    def close(self):
        """Hear nobody any longer."""
        self._socket.close()


def call(script, argument):
    """Return a script, expression or function as Playwright takes it, as a function's text."""
    return CALL % (script, json.dumps(argument))


def end(process):
    """End a program, and wait until it has."""
    process.terminate()
    process.communicate(timeout=20)


def code(key):
    """Return the character by which WebDriver knows a key that has a name."""
    name = re.sub("(?<!^)([A-Z])", r"_\1", key).upper()
    return key if len(key) == 1 else getattr(Keys, name)


# --- Firefox ------------------------------------------------------------------------------------


class Firefox:
    """A running Firefox, led by WebDriver BiDi, which it speaks by itself."""

    def __init__(self, *, dark_and_still=False):
        program = next(filter(None, map(shutil.which, FIREFOX)), None)
        if program is None:
            raise MissingError(MissingError.firefox)
        with ExitStack() as ends:
            self._start(program, ends, dark_and_still=dark_and_still)
            self.close = ends.pop_all().close

    def _start(self, program, ends, *, dark_and_still):
        profile = ends.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
        preferences = {
            "layout.css.prefers-color-scheme.content-override": 0 if dark_and_still else 1,
            "ui.prefersReducedMotion": int(dark_and_still),
        }
        (Path(profile) / "user.js").write_text(
            "".join(f'user_pref("{name}", {value});\n' for name, value in preferences.items())
        )
        process = subprocess.Popen(
            [program, "--headless", "--profile", profile, "--remote-debugging-port=0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        ends.callback(end, process)
        address = next(filter(None, (re.search(r"ws://\S+", s) for s in process.stderr)))
        self._socket = create_connection(f"{address[0]}/session", suppress_origin=True, timeout=60)
        ends.callback(self._socket.close)
        self._count = 0
        self.requests, self.complaints = [], []
        # its own traffic goes there too, so what pages ask for is heard of in `_take_note`
        nobody = {"proxyType": "manual", "httpProxy": "127.0.0.1:9", "sslProxy": "127.0.0.1:9"}
        self.command("session.new", capabilities={"alwaysMatch": {"proxy": nobody}})
        self.command("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def command(self, method, **params):
        """Return a command's result, and take note of what Firefox tells meanwhile."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv())).get("id") != self._count:
            self._take_note(answer["params"])
        assert answer["type"] == "success", answer
        return answer["result"]

    def _take_note(self, event):
        if "request" in event:
            address = event["request"]["url"]
            if event["context"] and not address.startswith(("file:", "data:", "blob:", "about:")):
                self.requests.append(address)
        elif event["level"] == "error":
            self.complaints.append(event["text"])

    @contextmanager
    def page(self, size):
        """Give a page in a tab of its own."""
        width, height = size
        tab = self.command("browsingContext.create", type="tab")["context"]
        viewport = {"width": width, "height": height}
        self.command("browsingContext.setViewport", context=tab, viewport=viewport)
        yield FirefoxPage(self, tab)
        self.command("browsingContext.close", context=tab)

    def walk(self, page):
        """Return what a page that drives itself complains of until it has walked."""
        with self.page((1280, 800)) as tab:
            tab.goto(page.as_uri())
            Reader(tab).wait(WALKED, seconds=30)
        said, self.complaints = self.complaints, []
        return [complaint for complaint in said if not complaint.startswith(UNSHOWN)]


class FirefoxPage:
    """A tab of Firefox, as far as it is like Playwright's page."""

    def __init__(self, firefox, tab):
        self._firefox, self._tab = firefox, tab
        self.keyboard = self

    def goto(self, address):
        """Open an address, and wait until it is loaded."""
        self._command("browsingContext.navigate", url=address, wait="complete")

    def evaluate(self, script, argument=None):
        """Return what an expression or function gives, as Playwright takes them."""
        answer = self._command(
            "script.callFunction",
            functionDeclaration=call(script, argument),
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def press(self, key):
        """Press a key, by a letter or by the name that scripts know it by."""
        actions = [{"type": kind, "value": code(key)} for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keyboard", "actions": actions})

    def click(self, selector):
        """Click on the middle of an element, as soon as it holds still there and is not covered."""
        x, y = self.evaluate(MIDDLE, selector)
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        actions = [{"type": "pointerMove", "x": x, "y": y}, *press]
        self._perform({"type": "pointer", "id": "mouse", "actions": actions})

    def screenshot(self):
        """Return what is in sight, as PNG."""
        return base64.b64decode(self._command("browsingContext.captureScreenshot")["data"])

    def _perform(self, source):
        self._command("input.performActions", actions=[source])

    def _command(self, method, **params):
        if method != "script.callFunction":
            params["context"] = self._tab
        return self._firefox.command(method, **params)


# --- WebKit -------------------------------------------------------------------------------------


class WebKit:
    """WebKit: the small browser that comes with WebKitGTK, on a screen of its own.

    It runs anew for each page, since it keeps what earlier pages took: 1.3 GB after nine of them.
    It keeps its console to itself while it is driven: only `walk` tells of complaints.
    """

    def __init__(self, *, dark_and_still=False):
        driver = shutil.which("WebKitWebDriver")
        browser = next(Path("/").glob(MINI_BROWSERS.lstrip("/")), None)
        screen = shutil.which("Xvfb")
        if not (driver and browser and screen):
            raise MissingError(MissingError.webkit)
        with ExitStack() as ends:
            self._start(driver, str(browser), screen, ends, dark_and_still=dark_and_still)
            self.close = ends.pop_all().close

    def _start(self, driver, browser, screen, ends, *, dark_and_still):
        folder = ends.enter_context(TemporaryDirectory())
        settings = Path(folder) / "gtk-3.0" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text(f"[Settings]\ngtk-enable-animations={int(not dark_and_still)}\n")
        xvfb = subprocess.Popen(
            [screen, "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        ends.callback(end, xvfb)
        display = f":{xvfb.stdout.readline().strip()}"
        self._environment = os.environ | {"DISPLAY": display, "XDG_CONFIG_HOME": folder}
        self._program = browser
        self._proxy = ends.enter_context(closing(Proxy()))
        self.requests, self.complaints = self._proxy.requests, []
        self._options = WebKitGTKOptions()
        self._options.binary_location = self._program
        address = self._proxy.address
        self._options.set_capability(
            "proxy", {"proxyType": "manual", "httpProxy": address, "sslProxy": address}
        )
        # or the window has a tool bar, which is wider than a phone
        for argument in ["--automation", "--full-screen", *["--dark-mode"] * dark_and_still]:
            self._options.add_argument(argument)
        self._service = Service(driver, env=self._environment)
        self._service.start()
        ends.callback(self._service.stop)

    @contextmanager
    def page(self, size):
        """Give a window of that size."""
        with Remote(self._service.service_url, options=self._options) as driver:
            driver.set_window_size(*size)
            yield WebKitPage(driver)

    def walk(self, page):
        """Return what a page that drives itself complains of until it has walked."""
        said = []
        to_stdout = "--enable-write-console-messages-to-stdout=true"
        with subprocess.Popen(
            [self._program, to_stdout, f"--proxy={self._proxy.address}", page.as_uri()],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as browser:
            timer = Timer(30, browser.kill)
            timer.start()
            for line in browser.stdout:
                if "CONSOLE LOG walked" in line:
                    break
                if "CONSOLE" in line:
                    said.append(line.strip())
            else:
                said.append("it was not walked through in 30 seconds")
            timer.cancel()
            browser.terminate()
        return said


class WebKitPage:
    """The window of WebKit, as far as it is like Playwright's page."""

    def __init__(self, driver):
        self._driver = driver
        self.keyboard = self

    def goto(self, address):
        """Open an address, and wait until it is loaded."""
        self._driver.get(address)

    def evaluate(self, script, argument=None):
        """Return what an expression or function gives, as Playwright takes them."""
        return json.loads(self._driver.execute_script(f"return ({call(script, argument)})()"))

    def press(self, key):
        """Press a key, by a letter or by the name that scripts know it by."""
        ActionChains(self._driver).send_keys(code(key)).perform()

    def click(self, selector):
        """Click on the middle of an element, as soon as it holds still there and is not covered."""
        self.evaluate(MIDDLE, selector)
        self._driver.find_element(By.CSS_SELECTOR, selector).click()

    def screenshot(self):
        """Return what is in sight, as PNG."""
        return self._driver.get_screenshot_as_png()
