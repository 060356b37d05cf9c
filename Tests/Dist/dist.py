"""What people download, in a bare Debian: the archive unpacked in /opt/usher, and the Debian package installed.

Run by scripts/test-dist, which makes the roots: USHER_TEST_ROOT has both, USHER_TEST_BARE nothing. Usage: dist.py PATH-OF-usher [WORD]
"""

import gzip
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pexpect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "EndToEnd"))

import _support  # noqa: E402
from _support import ROOT, TIMEOUT, Skip, check, main  # noqa: E402

BARE = Path(os.environ["USHER_TEST_ROOT"])
UNTOUCHED = Path(os.environ["USHER_TEST_BARE"])
DIST = ROOT / "dist"
PROGRAMS = ["/opt/usher/bin/usher", "/usr/bin/usher"]
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", "TERM": "xterm"}
CTRL_U = "\x15"
MEGABYTE = 1_000_000
GLIBC = re.compile(r"(lib(c|m|dl|pthread|rt|resolv|util)|ld-linux.*)\.so\.")
COMPLETIONS = {
    "bash": "bash-completion/completions/usher", "zsh": "zsh/vendor-completions/_usher",
    "fish": "fish/vendor_completions.d/usher.fish",
}


def bare(*command, code=0, folder="/root", replies=b"", **changes):
    """A command in the bare Debian: its output and error, after its exit code was checked."""
    process = subprocess.run(
        ["chroot", str(BARE), "/usr/bin/env", "-C", folder, *command], input=replies, capture_output=True, timeout=120,
        env={**ENVIRONMENT, **changes}, check=False,
    )
    output, error = process.stdout.decode(), process.stderr.decode()
    check(process.returncode == code, command, "exit", process.returncode, output[-1500:], error[-1500:])
    return output, error


def commands(command=None, path=()):
    """The program's commands as it describes them: the words that call each, and its description."""
    if command is None:
        command = json.loads(subprocess.run(
            [_support.USHER, "--experimental-dump-help"], capture_output=True, check=True, timeout=60,
        ).stdout)["command"]
    yield path, command
    for inner in command.get("subcommands", []):
        if inner["commandName"] != "help":
            yield from commands(inner, (*path, inner["commandName"]))


def options(command):
    """All names of each option and flag that help shows."""
    for argument in command.get("arguments", []):
        if argument["kind"] != "positional" and argument.get("shouldDisplay", True):
            for name in argument["names"]:
                yield ("--" if name["kind"] == "long" else "-") + name["name"]


class Server:
    """`usher serve` in the bare Debian, which shares the loopback interface."""

    def __init__(self, *command, root=BARE, user="0:0", **changes):
        self.log = []
        self.process = subprocess.Popen(
            ["chroot", f"--userspec={user}", str(root), *command], env={**ENVIRONMENT, **changes}, stderr=subprocess.PIPE, text=True,
        )
        for line in self.process.stderr:
            self.log.append(line)
            if line.startswith("usher listens at "):
                self.port = int(line.rsplit(":", 1)[1])
                return
        raise AssertionError("it does not listen: " + "".join(self.log))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        check(answer.status < 300, method, path, answer.status, text)
        return text

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        check(self.process.wait(timeout=TIMEOUT) == 0, self.process.returncode, self.log)


def case_sizes_and_sums(room):
    sums = dict(reversed(line.split()) for line in (DIST / "SHA256SUMS").read_text().splitlines())
    files = {path.name: path for path in DIST.iterdir() if path.name != "SHA256SUMS"}
    check(sums.keys() == files.keys() and len(files) == 2, sums, files)
    for name, path in files.items():
        check(hashlib.sha256(path.read_bytes()).hexdigest() == sums[name], name)
        size = path.stat().st_size / MEGABYTE
        print(f"  {name}: {size:.1f} MB")
        check(size <= 15, name, size)
    size = Path(_support.USHER).stat().st_size / MEGABYTE
    print(f"  the program: {size:.1f} MB")
    check(size <= 40, size)


def case_the_archive(room):
    [path] = DIST.glob("*.tar.gz")
    top = path.name.removesuffix(".tar.gz")
    check(re.fullmatch(rf"usher-\d+\.\d+\.\d+-linux-{os.uname().machine}", top), top)
    with tarfile.open(path) as archive:
        members = archive.getmembers()
    check([m.name for m in members] == sorted(m.name for m in members), "the names are not sorted")
    check({m.name.split("/")[0] for m in members} == {top}, top)
    check({(m.uid, m.gid) for m in members} == {(0, 0)} and len({m.mtime for m in members}) == 1, "owners or times")
    names = {m.name.removeprefix(top + "/") for m in members if m.isfile()}
    check(names == {
        "LICENSE", "README.md", "THIRD-PARTY-LICENSES", "bin/usher", "share/man/man1/usher.1",
        "share/bash-completion/completions/usher", "share/zsh/site-functions/_usher",
        "share/fish/vendor_completions.d/usher.fish",
    }, names)
    licenses = (BARE / "opt/usher/THIRD-PARTY-LICENSES").read_text()
    for project in ["hummingbird", "swift-nio", "swift ====", "libpcre2-dev", "libedit-dev", "libmd-dev"]:
        check(f"==== {project}" in licenses, project)


def case_it_needs_glibc_alone(room):
    needed = subprocess.run(["readelf", "-d", _support.USHER], capture_output=True, text=True, check=True).stdout
    libraries = re.findall(r"\(NEEDED\).*\[(.*)\]", needed)
    print("  " + " ".join(libraries))
    check(all(GLIBC.match(library) for library in libraries) and libraries, libraries)
    # What was loaded later would find these instead of its own.
    exported = subprocess.run(
        ["nm", "-D", "--defined-only", _support.USHER], capture_output=True, text=True, check=True,
    ).stdout
    foreign = re.findall(r" (EVP_\w+|sqlite3_\w+|pcre2_\w+|el_\w+)$", exported, re.M)
    check(not foreign, foreign[:5], len(foreign))


def case_version(room):
    for program in PROGRAMS:
        version, _ = bare(program, "--version")
        check(re.fullmatch(r"usher \d+\.\d+\.\d+( \([0-9a-f]{7,}\))?\n", version), version)


def case_chat_asks_its_first_question(room):
    for program in PROGRAMS:
        said, _ = bare(program, "chat", "--offline")
        check("What" in said and "?" in said, said)


def case_a_flow_of_ones_own(room):
    for index, program in enumerate(PROGRAMS):
        folder = f"/root/flow{index}"
        (BARE / folder[1:]).mkdir()
        checked, _ = bare(program, "check", folder=folder)
        check(checked.startswith("model-evaluation: "), checked)
        bare(program, "init", "lunch", folder=folder)
        bare(program, "check", "--prompts", "prompts", "--flow", "lunch", folder=folder)
        tested, _ = bare(program, "test", "--prompts", "prompts", "transcripts", folder=folder)
        check(tested == "1 passed, 0 failed\n", tested)


def case_serve(room):
    for program in PROGRAMS:
        with Server(program, "serve", "--port", "0", "--store", "memory", "--offline") as server:
            server.ask("GET", "/healthz")
            session = json.loads(server.ask("POST", "/v1/sessions", {}))
            check(session["rest"]["state"] == "waiting", session)
            server.stop()


def case_what_serve_loads_later_is_named(room):
    """The bare Debian has no libpq: it says so instead of failing at its start."""
    _, error = bare(PROGRAMS[0], "serve", "--port", "0", "--store", "postgresql://usher@127.0.0.1:1/usher", code=1)
    check("libpq" in error, error)


def case_the_service(room):
    unit = BARE / "usr/lib/systemd/system/usher.service"
    settings = dict(re.findall(r"^(ExecStart|Environment)=(.*)$", unit.read_text(), re.M))
    environment = dict(part.split("=", 1) for part in settings["Environment"].split())
    (BARE / "var/lib/usher").mkdir(exist_ok=True)
    with Server(*settings["ExecStart"].split(), USHER_SERVER_PORT="0", **environment) as server:
        server.ask("GET", "/readyz")
        server.ask("POST", "/v1/sessions", {})
        server.stop()
    check((BARE / "var/lib/usher/server.sqlite").is_file(), list((BARE / "var/lib/usher").iterdir()))
    check(not list((BARE / "etc/systemd").rglob("usher.service")), "it is enabled")
    if not shutil.which("systemd-analyze"):
        raise Skip("no systemd-analyze")
    # A copy that starts something which is there.
    copy = room.folder / "usher.service"
    copy.write_text(unit.read_text().replace("/usr/bin/usher", "/bin/true").replace("Documentation=man:usher(1)\n", ""))
    said = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, timeout=60, check=False)
    check(said.returncode == 0 and "usher.service" not in said.stderr, said.stderr)


def instructions(path):
    """The instructions of a Containerfile: a word in capitals and what stands behind it."""
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            yield line.split(maxsplit=1)


def case_the_image(room):
    """The steps of packaging/Containerfile in a bare Debian, and what its container does."""
    steps = list(instructions(ROOT / "packaging/Containerfile"))
    check([word for word, _ in steps].count("RUN") == 1 and steps[0] == ["FROM", "debian:bookworm-slim"], steps)
    steps = dict(steps)
    image = room.folder / "image"
    subprocess.run(["cp", "-a", str(UNTOUCHED), str(image)], check=True)
    pattern, target = steps["COPY"].split()
    [package] = ROOT.glob(pattern)
    shutil.copy(package, image / target[1:])
    made = subprocess.run(
        ["chroot", str(image), "/bin/sh", "-c", steps["RUN"]], capture_output=True, text=True, timeout=600, check=False,
        env={**ENVIRONMENT, "DEBIAN_FRONTEND": "noninteractive",
             **{name: os.environ[name] for name in ("http_proxy", "https_proxy") if name in os.environ}},
    )
    if made.returncode == 100 and re.search("Failed to fetch|Unable to locate|Temporary failure", made.stderr):
        raise Skip("the packages of Debian cannot be reached from inside of it")
    check(made.returncode == 0, made.stdout[-1500:], made.stderr[-1500:])

    subprocess.run(["mount", "-t", "proc", "proc", image / "proc"], check=True)
    try:
        use_image(image, steps)
    finally:
        subprocess.run(["umount", image / "proc"], check=True)


def use_image(image, steps):
    """What people do with the image."""
    environment = dict(part.split("=", 1) for part in steps["ENV"].split())
    user = next(line.split(":")[2:4] for line in (image / "etc/passwd").read_text().splitlines() if steps["USER"] in line)
    check(user[0] == steps["USER"] != "0", user)
    program, command, folder = json.loads(steps["ENTRYPOINT"]), json.loads(steps["CMD"]), steps["WORKDIR"]

    def container(*arguments):
        return subprocess.run(
            ["chroot", "--userspec=" + ":".join(user), str(image), "/usr/bin/env", "-C", folder, *program, *arguments],
            capture_output=True, text=True, timeout=60, env={**ENVIRONMENT, **environment}, check=False,
        )

    refused = container(*command)
    check(refused.returncode == 1 and "tokens.json" in refused.stderr, refused)
    token = container("token", "add", "--tokens", "tokens.json", "ann").stdout.strip()
    check(token, "no token")
    with Server(*program, *command, root=image, user=":".join(user), USHER_SERVER_PORT="0", **environment) as server:
        server.ask("GET", "/healthz")
        session = json.loads(server.ask("POST", "/v1/sessions", {}, Authorization=f"Bearer {token}"))
        check(session["rest"]["state"] == "waiting", session)
        server.stop()
    check((image / "var/lib/usher/server.sqlite").is_file(), "it keeps its sessions elsewhere")
    # libpq is there and is loaded: what is missing is the database.
    away = container("serve", "--port", "0", "--store", "postgresql://usher@127.0.0.1:1/usher")
    check(away.returncode == 1 and "onnection refused" in away.stderr, away)


def case_the_manual_has_every_command_and_option(room):
    page = (ROOT / "packaging/usher.1").read_text()
    check("\t" not in page, "a tab")
    # The part of each command begins with .Ss and its words; options are .Fl NAME, with a dash more where it is long.
    parts = {}
    for part in re.split(r"^\.S[sh] ", page, flags=re.M)[1:]:
        title, _, text = part.partition("\n")
        parts[title.strip('"')] = text
    missing = []
    for path, command in commands():
        title = " ".join(("usher", *path))
        text = parts.get(title if path else "OPTIONS")
        if text is None:
            missing.append(title)
            continue
        items = "\n".join(line for line in text.splitlines() if line.startswith(".It "))
        shown = {"-" + name for name in re.findall(r"\bFl (\S+)", items)}
        # These two are the same everywhere.
        wanted = set(options(command)) - ({"--version", "--help", "-h"} if path else set())
        missing += [f"{title} {option}" for option in sorted(wanted - shown)]
        missing += [f"{title} {option}: there is none" for option in sorted(shown - wanted)]
    check(not missing, missing)


def case_the_manual_is_right(room):
    if not shutil.which("mandoc"):
        raise Skip("no mandoc")
    page = ROOT / "packaging/usher.1"
    said = subprocess.run(["mandoc", "-T", "lint", "-W", "style", page], capture_output=True, text=True, check=False)
    check(said.stdout == "", said.stdout)
    installed = gzip.decompress((BARE / "usr/share/man/man1/usher.1.gz").read_bytes())
    check(installed == page.read_bytes(), "the package has another page")


def case_bash_completes(room):
    for script in ["opt/usher/share/", "usr/share/"]:
        child = pexpect.spawn(
            "chroot", [str(BARE), "/bin/bash", "--norc", "--noprofile", "-i"], env={**ENVIRONMENT, "PS1": "ready> "},
            encoding="utf-8", timeout=TIMEOUT, dimensions=(40, 200),
        )
        child.delaybeforesend = None
        try:
            child.expect("ready> ")
            child.send(f"cd /root; PATH=$PATH:/opt/usher/bin; . /{script}{COMPLETIONS['bash']}\r")
            child.expect("ready> ")
            for typed, completed in [("usher te", "usher test "), ("usher chat --off", "usher chat --offline ")]:
                # Ctrl-U takes away what was typed before.
                child.send(CTRL_U + typed + "\t")
                child.expect_exact(completed)
        finally:
            child.close(force=True)


def case_zsh_and_fish_read_their_completions(room):
    zsh, fish = (BARE / "usr/share" / COMPLETIONS[shell] for shell in ("zsh", "fish"))
    check(zsh.read_text().startswith("#compdef usher\n"), zsh)
    missing = [shell for shell in ("zsh", "fish") if not shutil.which(shell)]
    if shutil.which("zsh"):
        subprocess.run(["zsh", "-n", zsh], check=True, timeout=60)
    if shutil.which("fish"):
        said = subprocess.run(
            ["fish", "--no-config", "-c", f"source {fish}; complete -C 'usher te'"], capture_output=True, text=True, check=True,
            timeout=60, env={**ENVIRONMENT, "PATH": os.environ["PATH"], "HOME": str(room.folder)},
        ).stdout
        check(said.startswith("test"), said)
    if missing:
        raise Skip("no " + " and no ".join(missing))


def case_lintian(room):
    if not shutil.which("lintian"):
        raise Skip("no lintian")
    [package] = DIST.glob("*.deb")
    said = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", package],
        capture_output=True, text=True, timeout=300, check=False,
    )
    check(said.returncode == 0, said.stdout, said.stderr)


def case_the_package_can_go(room):
    """The last case: the package is removed, and with `purge` its settings too."""
    listed, _ = bare("dpkg", "--listfiles", "usher")
    files = [line for line in listed.splitlines() if (BARE / line[1:]).is_file()]
    check("/usr/bin/usher" in files and "/etc/usher/usher.yaml" in files, files)
    bare("dpkg", "--verify", "usher")
    bare("dpkg", "--remove", "usher")
    check([f for f in files if (BARE / f[1:]).exists()] == ["/etc/usher/usher.yaml"], files)
    bare("dpkg", "--purge", "usher")
    check(not (BARE / "etc/usher").exists(), "settings are left")


if __name__ == "__main__":
    sys.exit(main(globals()))
