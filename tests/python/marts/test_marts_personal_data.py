"""No phone, e-mail address, name or street of the raw rows is in any published file."""

import re

import duckdb
import pytest
from personal_data import PersonalData

HASH = re.compile(r"[0-9a-f]{32}")
# Raw column → what it holds.
PERSONAL_COLUMNS = {
    "phones": [("accounts", "phone"), ("orders", "receiver_phone")],
    "e_mails": [("accounts", "email")],
    "names": [("orders", "receiver_name"), ("partners", "name")],
    "streets": [("accounts", "address"), ("orders", "receiver_address")],
}


@pytest.fixture(scope="module")
def personal_data(sample_brand) -> PersonalData:
    return PersonalData(
        **{
            kind: [
                value
                for table, column in columns
                for (value,) in sample_brand.working_query(
                    f"select distinct {column} from raw.{table} where {column} is not null"
                )
            ]
            for kind, columns in PERSONAL_COLUMNS.items()
        }
    )


def test_the_sample_has_personal_data_to_look_for(personal_data, sample_brand):
    assert len(personal_data.phones) > 500
    assert len(personal_data.masked_phones) > 20
    assert len(personal_data.e_mails) > 50
    assert sum(map(len, personal_data.strings.values())) > 1_000
    # In texts, too: where the raw ones hold none, the redacted ones prove nothing.
    texts = sample_brand.working_query(
        "select text from raw.ticket_messages union all select text from raw.reviews"
    )
    assert sum(bool(personal_data.found_in(text)) for (text,) in texts if text) > 20


def test_no_published_column_holds_personal_data(personal_data, sample_brand):
    leaks = []
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        columns = con.execute(
            "select schema_name, table_name, column_name from duckdb_columns()"
            " where not internal and schema_name <> 'information_schema'"
            " and data_type not in ('BOOLEAN', 'DATE', 'TIMESTAMP')"
        ).fetchall()
        assert len(columns) > 500
        for schema, table, column in columns:
            values = con.execute(
                f'select distinct cast("{column}" as varchar) from {schema}.{table}'
                f' where "{column}" is not null'
            ).fetchall()
            leaks += [
                f"{schema}.{table}.{column}: {sorted(found)} in {value!r}"
                for (value,) in values
                # The letters of a hash may match by chance.
                if not HASH.fullmatch(value) and (found := personal_data.found_in(value))
            ]
    assert not leaks, f"{len(leaks)} leaks:\n" + "\n".join(leaks[:20])


@pytest.mark.parametrize(
    "text",
    [
        "13800001234",
        "call 138 0000 1234 please",
        "138-0000-1234",
        "+86 138 0000 1234",
        "008613800001234",
        "１３８００００１２３４",
        "+86－１３８－００００－１２３４",
        "my number:13800001234。",
        "138****9999",
        "138 **** 9999",
        "(202) 555-0143",
        "+1 202.555.0143",
        "write to Ann.Lee@Example.com",
        "王子涵",
        "收件人：王 子 涵",
        "EMMA  miller",
        "Ｅｍｍａ Ｍｉｌｌｅｒ",
        "送到青云路12号",
        "青云路１２号金色家园3栋",
        "at 12 Maple St, please",
    ],
)
def test_the_finder_finds_personal_data_in_other_spellings(text):
    known = PersonalData(
        phones=["+86 13800001234", "138****9999", "+1 (202) 555-0143"],
        e_mails=["ann.lee@example.com"],
        names=["王子涵", "Emma Miller", "王**"],
        streets=["青云路12号金色家园3栋2单元501室", "12 Maple St Apt 3"],
    )
    assert known.found_in(text)


@pytest.mark.parametrize(
    "text", ["13800001235", "王子", "Emma", "青云路13号", "12 Maple", "order 2024070112", "", "***"]
)
def test_the_finder_ignores_harmless_text(text):
    known = PersonalData(
        phones=["+86 13800001234", "138****9999"],
        e_mails=["ann.lee@example.com"],
        names=["王子涵", "Emma Miller", "王**"],
        streets=["青云路12号金色家园3栋2单元501室", "12 Maple St Apt 3"],
    )
    assert not known.found_in(text)
