"""A PostgreSQL server for tests and benchmarks: one that is there, or one of our own that is thrown away."""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path


@contextlib.contextmanager
def postgresql():
    """The address of a server that lets us make databases, or None; one that we started is ended afterwards."""
    address = os.environ.get("TEST_DATABASE_URL") or server_on_localhost()
    if address:
        yield address
    elif folder := binaries():
        with throw_away_cluster(folder) as address:
            yield address
    else:
        yield None


def server_on_localhost():
    """The address of the server on localhost, if it lets in postgres or ourselves without a password."""
    import psycopg

    for role in dict.fromkeys(("postgres", pwd.getpwuid(os.getuid()).pw_name)):
        address = f"postgres://{role}@localhost:5432/postgres"
        with contextlib.suppress(psycopg.Error), psycopg.connect(address, connect_timeout=3) as connection:
            may = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            if connection.execute(may).fetchone()[0]:
                return address
    return None


def binaries():
    """The folder of PostgreSQL's programs, the newest first, or None."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda folder: float(folder.split("/")[-2]))
    if found := shutil.which("initdb"):
        folders.append(os.path.dirname(os.path.realpath(found)))
    return next((folder for folder in reversed(folders) if os.access(f"{folder}/initdb", os.X_OK)), None)


@contextlib.contextmanager
def throw_away_cluster(folder):
    """A server of our own in a temporary folder, on a free port, ended by its process id. Gives its address."""
    user = server_user()
    home = tempfile.mkdtemp(prefix="newsroom-postgres-")
    server = None
    try:
        if user:
            os.chown(home, user["user"], user["group"])
        data = f"{home}/data"
        subprocess.run(
            [f"{folder}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=home,
            **user,
        )
        port = free_port()
        # Of what is thrown away, nothing needs to reach the disk.
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": home,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = open(f"{home}/log", "wb")  # noqa: SIM115 - the server's, to its end
        server = subprocess.Popen([f"{folder}/postgres", "-D", data, *words], stderr=log, cwd=home, **user)
        wait_for(server, port, f"{home}/log")
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's “fast” shutdown
            server.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def server_user():
    """PostgreSQL refuses to run as root: whom it runs as instead, in subprocess's words."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(server, port, log, patience=30):
    import psycopg

    deadline = time.monotonic() + patience
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{Path(log).read_text(errors='replace')}")
