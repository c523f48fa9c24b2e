"""Write the files that the platforms of the sample brand would give, a folder per shop."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from ingest.sample_brand import files, generator, landing_folder
from ingest.sample_brand.landing_folder import Owner
from ingest.sample_brand.options import PLATFORM_FILES, Options, SampleBrandError
from ingest.sample_brand.platform_files.forms import FORMS, Form

# What the generator exports and the platforms' files are made of.
EXPORTS = (
    "export_products",
    "account_history",
    "export_accounts",
    "export_orders",
    "export_order_lines",
    "refunds",
    "export_refunds",
    "settlements",
    "export_settlements",
    "parcels",
    "export_shipments",
)
# Columns of the tables `file_…` that are no column of the file.
HELPERS = {"platform", "shop_id", "file_part", "sort_key", "cents"}
# What the platforms know, and then a file each.
PLATFORM = (
    "refunds",
    "orders",
    "lines",
    "refund_lines",
    "entries",
    "taobao_orders",
    "taobao_order_items",
    "alipay_wallet",
    "jd_orders",
    "jd_settlement",
    "pinduoduo_orders",
    "pinduoduo_settlement",
    "douyin_orders",
    "douyin_after_sales",
    "douyin_settlement",
    "shopify_orders",
    "shopify_payments",
    "shopify_payouts",
    "amazon_orders",
    "amazon_settlement",
    "amazon_returns",
)


def write_platform_files(
    options: Options, say: Callable[[str], None] = print, threads: int | None = None
) -> int:
    """Write `<platform>/<shop_id>/…` into `options.landing_dir`; return the number of files.

    0: the same sample stands there already. The same options give the same bytes. Raises
    SampleBrandError when the folder has other files or cannot be written.
    """
    options = replace(options, form=PLATFORM_FILES)
    target = options.landing_dir
    owner = landing_folder.owner_of(options)
    if owner is Owner.USER:
        raise SampleBrandError(f"{target} has files of yours; give another --target")
    if owner is Owner.SAME_SAMPLE:
        say(f"the same files already stand in {target}")
        return 0
    work = landing_folder.start_over(options)
    try:
        return _write(options, work, say, threads)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise SampleBrandError(
            f"the files could not be written in {work}: {error}; free some space there, or give a "
            "smaller scale"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(options: Options, work: Path, say: Callable[[str], None], threads: int | None) -> int:
    started = time.monotonic()
    root = work / "exports"
    root.mkdir()
    with generator.working_database(options, work, threads) as connection:
        generator.tell_story(connection, options)
        generator.run(connection, EXPORTS)
        generator.run(connection, tuple(f"platform_{name}" for name in PLATFORM))
        count = 0
        for form in FORMS:
            written = _write_form(connection, form, root)
            say(f"{form.layout}: {written:,} files")
            count += written
    landing_folder.put_in_place(options, root)
    say(f"{count:,} files in {options.landing_dir}, {time.monotonic() - started:.0f} s")
    return count


def _write_form(connection: duckdb.DuckDBPyConnection, form: Form, root: Path) -> int:
    """Write a file for each shop and part; return how many."""
    found = connection.execute(
        f"select distinct platform, shop_id, file_part from file_{form.layout} order by all"
    ).fetchall()
    for platform, shop_id, part in found:
        folder = root / platform / shop_id
        folder.mkdir(parents=True, exist_ok=True)
        rows = (
            f"select * from file_{form.layout}"
            f" where platform = '{platform}' and shop_id = '{shop_id}' and file_part = '{part}'"
        )
        above, below = [], []
        if form.around:
            told = connection.execute(form.around.format(rows=rows, part=part)).fetchone()
            above, below = told or ([], [])
        path = folder / form.name.format(part=part)
        _copy_rows(connection, form, rows, path)
        body = path.read_text(encoding="utf-8")
        lines = "".join(f"{line}\n" for line in above) + body
        lines += "".join(f"{line}\n" for line in below)
        path.write_bytes(lines.replace("\n", "\r\n").encode(form.encoding))
    return len(found)


def _copy_rows(connection: duckdb.DuckDBPyConnection, form: Form, rows: str, path: Path) -> None:
    """The header and the rows as DuckDB writes them: UTF-8, a line feed after each."""
    held = {name for name, *_ in connection.execute(f"describe file_{form.layout}").fetchall()}
    unknown = held - HELPERS - set(form.header)
    assert not unknown, f"not in the header of {form.layout}: {unknown}"
    values = ", ".join(
        f'{_value(form, name) if name in held else "null"} as "{name}"' for name in form.header
    )
    quoting = {"all": ", force_quote *", "never": ", quote '', escape ''"}.get(form.quote, "")
    connection.execute(
        f"""
        copy (select {values} from ({rows}) order by sort_key) to '{files.quoted(path)}'
        (format csv, header, delimiter '{form.delimiter}'{quoting})
        """
    )


def _value(form: Form, name: str) -> str:
    """SQL for a value as the platform writes it; empty ones have nothing after them."""
    return f"nullif(\"{name}\"::varchar, '') || '{form.after}'" if form.after else f'"{name}"'
