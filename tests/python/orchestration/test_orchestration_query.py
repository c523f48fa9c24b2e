"""What `make query` asks, and what it says when it cannot."""

import os
import subprocess

import duckdb
import pytest

from ingest.settings import PROJECT_DIR
from orchestration.__main__ import main


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    """Ask a warehouse whose working file has raw rows, and whose published file has a mart."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    for folder, table in (("build", "raw.orders"), ("published", "subject.fct_orders")):
        (tmp_path / folder).mkdir()
        with duckdb.connect(str(tmp_path / folder / "warehouse.duckdb")) as con:
            con.execute(f"create schema {table.split('.')[0]}")
            con.execute(f"create table {table} as select 'from {folder}' as origin")

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = main(["query", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


def test_the_published_file_is_asked(ask):
    code, out, _ = ask("from subject.fct_orders")
    assert code == 0 and "from published" in out


def test_the_working_file_is_asked_when_it_is_named(ask):
    code, out, _ = ask("--working", "--", "-- a comment\nfrom raw.orders")
    assert code == 0 and "from build" in out


def test_who_asks_the_published_file_for_raw_rows_is_sent_to_the_working_file(ask):
    code, _, err = ask("from raw.orders")
    assert code == 2 and err.startswith("error: ")
    assert 'make query WORKING=1 SQL="select …"' in err


def test_who_misspells_a_table_of_the_working_file_is_sent_nowhere(ask):
    code, _, err = ask("--working", "from raw.order")
    assert code == 2 and err.startswith("error: ") and "WORKING" not in err


@pytest.mark.parametrize("nothing", ["", "  "])
def test_no_query_is_an_error(ask, nothing):
    assert ask(nothing) == (2, "", 'error: there is no query: make query SQL="select …"\n')


@pytest.mark.parametrize("place", ["command line", "environment"])
def test_make_hands_a_query_on_as_it_was_written(tmp_path, place):
    """A $ is make's own sign, which would take the next character away."""
    (tmp_path / "python").write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    (tmp_path / "python").chmod(0o755)
    sql = "-- cost\nselect 'a$', '$5', \"b c\" where x ~ 'com$'"
    command = ["make", "-s", "-o", ".venv/.installed", "query", f"BIN={tmp_path}", "WORKING=1"]
    done = subprocess.run(
        [*command, f"SQL={sql}"] if place == "command line" else command,
        cwd=PROJECT_DIR,
        env=os.environ | ({"SQL": sql} if place == "environment" else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"-m|orchestration|query|--working|--|{sql}|"
