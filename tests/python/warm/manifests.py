"""dbt's parse of the project, read once for all commands with the same sources."""

import atexit
import os
import sys
from pathlib import Path

from ingest.settings import DEFAULT_SOURCES

PROJECT = Path(__file__).resolve().parents[3]
# Settings besides SOURCES that change the parse: such a command parses by itself.
OWN_SETTINGS = ("AS_OF_DATE", "IDENTITY_KEY", "REPORTING_CURRENCY")
COMMANDS = {"build", "compile", "run", "run-operation", "seed", "show", "test"}
# Options of dbt that change what is parsed, or how.
OWN_OPTIONS = ("--vars", "--project-dir", "--profiles-dir", "--profile", "--target", "--no-partial")


class Manifests:
    """The parses of the project by their sources; they name no warehouse folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_sources: dict[str, object] = {}

    def of(self, request: dict) -> object:
        """The parse for a dbt command; None where it needs another one, or parsing failed."""
        environment, arguments = request["environment"], request["arguments"]
        place = environment.get("DBT_PROJECT_DIR") or request["cwd"]
        if (
            Path(place).resolve() != PROJECT
            or Path(environment.get("DBT_PROFILES_DIR", "")) != PROJECT / "profiles"
            or any(map(environment.get, OWN_SETTINGS))
            or any(argument.startswith(OWN_OPTIONS) for argument in arguments)
            or not COMMANDS.intersection(arguments)
        ):
            return None
        sources = environment.get("SOURCES", DEFAULT_SOURCES)
        if sources not in self._by_sources:
            self._by_sources[sources] = self._parsed(environment)
        return self._by_sources[sources]

    def _parsed(self, environment: dict[str, str]) -> object:
        from dbt.cli.main import dbtRunner

        from warm.dbt_shortcuts import compile_templates

        kept = dict(os.environ)
        os.environ.clear()
        os.environ.update(
            environment
            | {
                "WAREHOUSE_DIR": str(self._folder),
                "DBT_PROJECT_DIR": str(PROJECT),
                "DBT_TARGET_PATH": str(self._folder / f"target_{len(self._by_sources)}"),
                "DBT_LOG_PATH": str(self._folder / "logs"),
                "DBT_LOG_LEVEL_FILE": "none",
            }
        )
        sys.argv = ["dbt"]
        parse = ["--quiet", "--no-write-json", "parse"]
        try:
            # Parsing starts threads, which a fork would wait for and never have: another process
            # parses, and this one reads what it wrote.
            parsing = os.fork()
            if not parsing:
                failed = not dbtRunner().invoke(parse).success
                atexit._run_exitfuncs()
                os._exit(failed)
            if os.waitpid(parsing, 0)[1]:
                return None
            parsed = dbtRunner().invoke(parse).result
        finally:
            os.environ.clear()
            os.environ.update(kept)
        compile_templates(parsed)
        return parsed
