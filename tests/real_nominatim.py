"""A real Nominatim on loopback, with a PostgreSQL of its own that leaves no trace.

It knows the places of nominatim.osm and nothing else.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

EXTRACT = Path(__file__).parent / "nominatim.osm"
SUPERUSER = "nominatim"
HASTY = "fsync=off", "synchronous_commit=off", "full_page_writes=off"  # nothing here has to last
LANGUAGES = "en,sk,cs,ru,hu,de"  # a third of the import is names of countries


def missing():
    """Name the program that is missing here, if one is."""
    if not program():
        return "nominatim"
    if not shutil.which("osm2pgsql"):
        return "osm2pgsql"
    return None if postgresql("initdb") else "PostgreSQL's initdb"


def program():
    """Return the path of the program `nominatim`, if there is one."""
    return os.environ.get("STORYMAP_NOMINATIM") or shutil.which("nominatim")


def postgresql(name):
    """Return the path of one of PostgreSQL's programs; Debian keeps them off the PATH."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(kept[-1]) if kept else None)


@contextmanager
def running():
    """Import the extract and serve it; give the address."""
    with ExitStack() as stack:
        # not pytest's folder: its path may be too long for a socket, and closed to `postgres`
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nominatim-")))
        folder.chmod(0o755)
        sockets = stack.enter_context(_database(folder / "data"))
        project = folder / "project"
        project.mkdir()
        environment = os.environ | {
            "NOMINATIM_DATABASE_DSN": f"pgsql:dbname=nominatim;host={sockets};user={SUPERUSER}",
            "NOMINATIM_DATABASE_WEBUSER": SUPERUSER,
            "NOMINATIM_LANGUAGES": LANGUAGES,
        }
        _run(
            *(program(), "import", "--osm-file", EXTRACT),
            *("--offline", "--no-updates", "--threads", "2", "--osm2pgsql-cache", "50"),
            cwd=project,
            env=environment,
        )
        yield stack.enter_context(_served(project, environment))


@contextmanager
def _database(data):
    """Run a PostgreSQL that listens on a socket in the folder of its data and nowhere else."""
    owner = {}
    data.mkdir()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(data, "postgres", "postgres")
    place = {"cwd": data, **owner}
    settings = " ".join(f"-c {setting}" for setting in (*HASTY, "listen_addresses="))
    _run(
        *(postgresql("initdb"), "-D", data, "-U", SUPERUSER, "--auth=trust", "--no-sync"),
        *("--encoding=UTF8", "--locale=C.UTF-8"),
        **place,
    )
    control = postgresql("pg_ctl"), "-D", data, "-w"
    _run(*control, "-l", data / "log", "-o", f"-k {data} {settings}", "start", **place)
    try:
        yield data
    finally:
        _run(*control, "-m", "immediate", "stop", **place)


@contextmanager
def _served(project, environment):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with (
        (project / "log").open("w") as log,
        subprocess.Popen(
            [program(), "serve", "--server", host],
            cwd=project,
            env=environment,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _await(f"http://{host}/status", server, log.name)
            yield f"http://{host}"
        finally:
            server.terminate()


def _await(address, server, log, seconds=30):
    limit = time.monotonic() + seconds
    opener = build_opener(ProxyHandler({}))
    while True:
        assert server.poll() is None, Path(log).read_text()
        try:
            return opener.open(address).close()
        except OSError:
            assert time.monotonic() < limit, f"no answer from {address} within {seconds} s"
            time.sleep(0.05)


def _run(*command, **options):
    """Run a command; what it says is only of interest where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert not done.returncode, f"{command[0]}: {done.stdout}{done.stderr}"
