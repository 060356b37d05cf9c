"""Tests of scripts/bootstrap, scripts/check-imports and scripts/check-words.

Run by `make test`; alone: python3 -m unittest discover -s Tests/House
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

SWIFT = 'echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)"'
ALL = "libpcre2-dev libsqlite3-dev libedit-dev pkg-config make git python3 python3-venv"
SERVER = "libmd-dev libcurl4 libpq5"


class UnitTests(unittest.TestCase):
    """Runs scripts/unit-tests with a swift that is a small script."""

    def run_tests(self, body, idle="1"):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        swift = pathlib.Path(folder.name) / "swift"
        swift.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        swift.chmod(0o755)
        path = f"{folder.name}:{os.environ['PATH']}"
        return subprocess.run(
            [ROOT / "scripts/unit-tests"], env={**os.environ, "PATH": path, "USHER_TEST_IDLE_SECONDS": idle},
            capture_output=True, text=True, timeout=60, check=False,
        )

    def test_a_run_that_ends_has_its_own_code_and_lists_what_was_skipped(self):
        lines = ["◇ Test one() started.", "✔ Test one() passed after 0.1 seconds.", '➜ Test two() skipped: "no part"']
        body = "\n".join(f"echo '{line}'" for line in lines)
        result = self.run_tests(f"{body}\nexit 3")
        self.assertEqual(result.returncode, 3)
        self.assertTrue(result.stdout.endswith('Skipped:\n    Test two() skipped: "no part"\n'), result.stdout)

    def test_a_deadlock_is_ended_and_its_test_is_named(self):
        result = self.run_tests("echo '◇ Test stuck() started.'\nexec sleep 600")
        self.assertEqual(result.returncode, 1)
        self.assertIn("    stuck()\n", result.stderr)

    def test_a_loop_without_an_end_is_ended_and_its_test_is_named(self):
        result = self.run_tests("echo '◇ Test loops() started.'\nwhile :; do :; done", idle="0.5")
        self.assertEqual(result.returncode, 1)
        self.assertIn("    loops()\n", result.stderr)


class Bootstrap(unittest.TestCase):
    """Runs scripts/bootstrap on a machine that is made up of small scripts."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = pathlib.Path(folder.name) / "bin"
        self.bin.mkdir()
        self.log = pathlib.Path(folder.name) / "log"
        for name in ("sh", "sed", "grep", "head", "env", "id"):
            for source in ("/usr/bin", "/bin"):
                if os.path.exists(f"{source}/{name}"):
                    (self.bin / name).symlink_to(f"{source}/{name}")
                    break
        self.tool("swift", SWIFT)
        self.tool("id", "echo 0")
        for name in ("pkg-config", "make", "git", "python3"):
            self.tool(name, "true")

    def tool(self, name, body):
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def debian(self, installed=ALL, apt="true"):
        """apt-get notes what it is asked; dpkg-query knows the installed packages."""
        self.tool("apt-get", f'echo "apt-get $*" >>{self.log}\n{apt}')
        self.tool(
            "dpkg-query",
            f"shift 3\nstatus=0\nfor wanted; do case ' {installed} ' in\n"
            '*" $wanted "*) echo "installed:$wanted" ;;\n*) status=1 ;;\nesac; done\nexit $status',
        )

    def bootstrap(self, *arguments):
        return subprocess.run(
            [ROOT / "scripts/bootstrap", *arguments],
            env={"PATH": str(self.bin)},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    def asked(self):
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def test_nothing_missing_nothing_done(self):
        self.debian()
        result = self.bootstrap()
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertEqual(self.asked(), [])

    def test_it_is_quick_when_nothing_is_missing(self):
        # What takes long is starting programs: Swift and dpkg-query once each, and no Python.
        self.debian()
        for name in ("swift", "dpkg-query", "python3", "git", "make", "pkg-config"):
            body = (self.bin / name).read_text(encoding="utf-8").split("\n", 1)[1]
            self.tool(name, f"echo {name} >>{self.log}\n{body}")
        self.assertEqual(self.bootstrap().returncode, 0)
        self.assertEqual(sorted(self.asked()), ["dpkg-query", "swift"])

    def test_only_what_is_missing_is_installed(self):
        self.debian(installed=ALL.replace("libedit-dev", ""))
        self.assertEqual(self.bootstrap().returncode, 0)
        self.assertEqual(len(self.asked()), 1)
        self.assertTrue(self.asked()[0].endswith("--no-install-recommends libedit-dev"), self.asked())

    def test_a_tool_from_elsewhere_is_not_asked_for(self):
        self.debian(installed="libpcre2-dev libsqlite3-dev libedit-dev")
        self.assertEqual(self.bootstrap().returncode, 0)
        self.assertEqual(self.asked(), [])

    def test_tests_need_servers_and_a_browser_as_well(self):
        self.debian(installed=f"{ALL} {SERVER}")
        self.assertEqual(self.bootstrap("tests").returncode, 0)
        self.assertTrue(self.asked()[0].endswith(" libpq-dev postgresql nginx ngircd chromium"), self.asked())
        self.tool("initdb", "true")
        self.tool("nginx", "true")
        self.tool("ngircd", "true")
        self.assertEqual(self.bootstrap("tests").returncode, 0)
        self.assertTrue(self.asked()[-1].endswith(" libpq-dev chromium"), self.asked())
        for browser in ("chromium", "chromium-browser", "google-chrome"):
            self.tool(browser, "true")
            self.assertEqual(self.bootstrap("tests").returncode, 0)
            self.assertTrue(self.asked()[-1].endswith(" libpq-dev"), self.asked())
            (self.bin / browser).unlink()

    def test_a_build_with_the_server_needs_libmd_and_two_libraries_that_are_loaded(self):
        self.debian(installed=ALL)
        self.assertEqual(self.bootstrap("server").returncode, 0)
        self.assertTrue(self.asked()[0].endswith(f"--no-install-recommends {SERVER}"), self.asked())

    def test_the_headers_of_curl_are_installed_where_there_are_none(self):
        self.debian(installed=f"{ALL} {SERVER}")
        self.tool("pkg-config", '[ "$2" != libcurl ]')
        self.assertEqual(self.bootstrap("tests").returncode, 0)
        self.assertIn(" libcurl4-openssl-dev ", self.asked()[0])

    def test_downloads_need_archives_and_what_tries_them(self):
        self.debian(installed=f"{ALL} {SERVER}")
        self.tool("lintian", "true")
        self.assertEqual(self.bootstrap("dist").returncode, 0)
        wanted = " libbsd-dev libncurses-dev binutils pigz debootstrap mandoc"
        self.assertTrue(self.asked()[0].endswith(wanted), self.asked())

    def test_a_server_that_was_installed_does_not_run_as_a_service(self):
        self.debian(installed=f"{ALL} {SERVER} libpq-dev postgresql")
        self.tool("systemctl", f'echo "systemctl $*" >>{self.log}')
        self.assertEqual(self.bootstrap("tests").returncode, 0)
        self.assertEqual(self.asked()[1:], [f"systemctl --quiet disable --now {name}" for name in ("nginx", "ngircd")])
        # One that was there before is somebody's.
        self.log.unlink()
        self.debian(installed=f"{ALL} {SERVER} libpq-dev postgresql nginx ngircd chromium")
        self.assertEqual(self.bootstrap("tests").returncode, 0)
        self.assertEqual(self.asked(), [])

    def test_a_missing_tool_is_installed(self):
        (self.bin / "git").unlink()
        self.debian(installed="libpcre2-dev libsqlite3-dev libedit-dev")
        self.assertEqual(self.bootstrap().returncode, 0)
        self.assertTrue(self.asked()[0].endswith(" git"), self.asked())

    def test_lists_are_fetched_only_when_the_first_try_fails(self):
        flag = self.log.with_name("updated")
        self.debian(
            installed="",
            apt=f"case $1 in update) : >{flag} ;; *) [ -e {flag} ] || exit 100 ;; esac",
        )
        result = self.bootstrap()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([line.split()[1] for line in self.asked()], ["install", "update", "install"])

    def test_a_failing_install_is_said(self):
        self.debian(installed="", apt="exit 100")
        result = self.bootstrap()
        self.assertEqual(result.returncode, 1)
        self.assertIn("could not install libpcre2-dev libsqlite3-dev libedit-dev", result.stderr)

    def test_sudo_is_used_by_others_than_root(self):
        self.debian(installed="")
        self.tool("id", "echo 1000")
        self.tool("sudo", f'echo "sudo $*" >>{self.log}\n"$@"')
        self.assertEqual(self.bootstrap().returncode, 0)
        self.assertTrue(self.asked()[0].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get"), self.asked())

    def test_without_sudo_the_command_is_named(self):
        self.debian(installed="")
        self.tool("id", "echo 1000")
        result = self.bootstrap()
        self.assertEqual(result.returncode, 1)
        self.assertIn("apt-get install libpcre2-dev", result.stderr)

    def test_swift_must_be_there_and_new_enough(self):
        self.debian()
        for body, message in (
            ('echo "Swift version 6.1.2 (swift-6.1.2-RELEASE)"', "Swift 6.1 is too old"),
            ('echo "Apple Swift version 5.10 (swiftlang-5.10)"', "Swift 5.10 is too old"),
            ("exit 1", "does not say which version"),
        ):
            self.tool("swift", body)
            result = self.bootstrap()
            self.assertEqual(result.returncode, 1)
            self.assertIn(message, result.stderr)
        for version in ("6.2", "6.3.1", "6.10-dev", "7.0"):
            self.tool("swift", f'echo "Swift version {version}"')
            self.assertEqual(self.bootstrap().returncode, 0, version)
        (self.bin / "swift").unlink()
        self.assertIn("Swift is not installed", self.bootstrap().stderr)

    def test_another_system_is_told_what_to_install(self):
        self.tool("pkg-config", '[ "$2" != libedit ]')
        result = self.bootstrap()
        self.assertEqual(result.returncode, 1)
        self.assertIn("missing: libedit\n", result.stderr)
        self.tool("pkg-config", "true")
        self.assertEqual(self.bootstrap().returncode, 0)


class Guards(unittest.TestCase):
    """Runs the guards on trees of one file."""

    def guard(self, script, path, text):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True)
            (pathlib.Path(folder) / "Sources").mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            result = subprocess.run(
                [sys.executable, ROOT / "scripts" / script, folder],
                capture_output=True,
                text=True,
                timeout=20,
                check=False,
            )
        self.assertEqual(result.returncode, 1 if result.stderr else 0, result.stderr)
        return [line.split(": error: ")[0] for line in result.stderr.splitlines()]

    def test_imports(self):
        for path, text, found in (
            ("Sources/Dialogue/A.swift", "import Intents\npublic import Diagnostics\n", []),
            ("Sources/Dialogue/A.swift", "import Intents\nimport Foundation\n", ["Sources/Dialogue/A.swift:2:1"]),
            ("Sources/Intents/A.swift", "internal import struct Foundation.Date\n", ["Sources/Intents/A.swift:1:1"]),
            ("Sources/Intents/A.swift", "@preconcurrency import Logging\n", ["Sources/Intents/A.swift:1:1"]),
            ("Sources/Intents/A.swift", "  @_spi(Some) public import Yams\n", ["Sources/Intents/A.swift:1:1"]),
            ("Sources/Intents/Deep/A.swift", "import Dialogue\n", ["Sources/Intents/Deep/A.swift:1:1"]),
            ("Sources/Actions/A.swift", "import CPCRE2\n", ["Sources/Actions/A.swift:1:1"]),
            ("Sources/repl/A.swift", "import CLibedit\n", ["Sources/repl/A.swift:1:1"]),
            ("Sources/Actions/A.swift", 'let cell = """\nimport boto3\n"""\nimport Yams\n', []),
            ("Sources/Intents/A.swift", "// import Foundation\nlet important = 1\n", []),
            ("Sources/Nonsense/A.swift", "", ["Sources/Nonsense"]),
        ):
            with self.subTest(path=path, text=text):
                self.assertEqual(self.guard("check-imports", path, text), found)

    def test_words(self):
        for path, text, found in (
            ("Sources/Actions/A.swift", "let a = try! f()\n", ["Sources/Actions/A.swift:1:9"]),
            ("Tests/ATests/A.swift", "fatalError(\"no\")\n", ["Tests/ATests/A.swift:1:1"]),
            ("Sources/Actions/A.swift", "// never fatalError( here\n", []),
            ("Sources/Dialogue/A.swift", "let now = Date()\n", ["Sources/Dialogue/A.swift:1:11"]),
            ("Sources/Actions/A.swift", "let now = Date()\n", []),
            ("Sources/Intents/A.swift", "print(text)\n", ["Sources/Intents/A.swift:1:1"]),
            ("Sources/Intents/A.swift", "footprint(text); a.print(b)\n", []),
            ("Sources/repl/A.swift", "print(text)\n", []),
            ("Sources/Actions/A.swift", 'let cell = """\nprint(1)\n"""\nlet text = "print(1)" + "try! f()"\n', []),
            ("Sources/Actions/A.swift", 'let a = "x"; print(a)\n', ["Sources/Actions/A.swift:1:14"]),
            ("Sources/Actions/A.swift", "// TODO: later\n", ["Sources/Actions/A.swift:1:4"]),
            ("docs/a.md", "TODO: write\n", ["docs/a.md:1:1"]),
            ("Sources/Actions/A.swift", "final class A: @unchecked Sendable {}\n", ["Sources/Actions/A.swift:1:16"]),
            ("Sources/Actions/A.swift", "// SAFETY: never changes.\nfinal class A: @unchecked Sendable {}\n", []),
        ):
            with self.subTest(path=path, text=text):
                self.assertEqual(self.guard("check-words", path, text), found)


class Adapters(unittest.TestCase):
    """What an adapter of a chat service costs: docs/channels.md says so."""

    def test_each_is_small_and_the_document_says_how_small(self):
        said = (ROOT / "docs" / "channels.md").read_text()
        for name in ("Slack", "Matrix", "IRC"):
            lines = [
                line for file in (ROOT / "Sources" / "ChatOps" / name).rglob("*.swift")
                for line in file.read_text().splitlines() if line.strip() and not line.strip().startswith("//")
            ]
            self.assertLess(len(lines), 250, name)
            self.assertIn(f"{name} {len(lines)}", said)


if __name__ == "__main__":
    unittest.main()
