"""What `make connect` prints is what one can use: the lines for Python and SQLAlchemy are run."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import sqlalchemy

from orchestration.__main__ import main
from orchestration.connections import connections
from orchestration.project import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A published file of one table, in a folder with a blank in its name."""
    warehouse = replace(Warehouse(), folder=tmp_path / "our brand")
    warehouse.published.mkdir(parents=True)
    with duckdb.connect(str(warehouse.published_file)) as con:
        con.execute("create schema thematic; create table thematic.rfm_customers as select 7 as n")
    warehouse.published_file.chmod(0o444)
    return warehouse


def line_below(said: str, program: str) -> str:
    lines = said.splitlines()
    return lines[lines.index(program) + 1].strip()


def test_the_line_for_python_reads_a_mart(warehouse):
    with eval(line_below(connections(warehouse), "Python")) as con:
        assert con.sql("select n from thematic.rfm_customers").fetchall() == [(7,)]


def test_the_address_for_sqlalchemy_reads_and_does_not_write(warehouse):
    engine = sqlalchemy.create_engine(line_below(connections(warehouse), "SQLAlchemy, Superset"))
    with engine.connect() as con:
        assert con.execute(sqlalchemy.text("select n from thematic.rfm_customers")).all() == [(7,)]
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only"):
            con.execute(sqlalchemy.text("create table thematic.mine as select 1 as n"))


def test_every_program_gets_the_place_of_this_warehouse(warehouse):
    said = connections(warehouse)
    for program in ("DuckDB", "R", "DBeaver, JDBC", "Metabase", "Power BI, Excel"):
        assert str(warehouse.published) in line_below(said, program)


def test_before_the_first_build_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    assert main(["connect"]) == 2
    assert "nothing is published" in capsys.readouterr().err
