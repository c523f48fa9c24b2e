"""The sign of money, found out from a direction, a total or a running balance, and proved by it."""

from decimal import Decimal

from ingest.cleaning import sql_text
from ingest.exports.candidate import ExportCandidate
from ingest.exports.cells import numbers_of
from ingest.exports.layouts import Layout
from ingest.exports.proof import NOT_PROVED, PROVED, Proof
from ingest.run import Run

# How files that sign their amounts too call their direction.
IN_WORDS, OUT_WORDS = ("收入", "入账"), ("支出", "出账")


def prove_money(run: Run, layout: Layout, members: list[ExportCandidate]) -> dict[int, list[Proof]]:
    kind = next(iter(layout.amount), "signed")
    found: dict[int, list[Proof]] = {one.file_no: [] for one in members}
    if kind == "income_expense":
        _net_of_two_columns(run, members, found)
    elif kind in ("direction", "by_type"):
        _by_direction(run, layout, members, found)
    else:
        _signed(run, layout, members, found)
    if kind == "signed" and "direction" in layout.proofs:
        _signs_in_words(run, members, found)
    if layout.balance:
        for file_no, proof in _balances(run, members).items():
            found[file_no].append(proof)
    for candidate in members:
        found[candidate.file_no] += _against_totals(run, candidate)
    return found


def _net_of_two_columns(
    run: Run, members: list[ExportCandidate], found: dict[int, list[Proof]]
) -> None:
    """Amount = income less expense; the sign in which a file writes its expenses is found out."""
    for file_no, negative, positive, line in run.con.execute(f"""
        select
            _file_no, count(*) filter (where expense_amount < 0),
            count(*) filter (where expense_amount > 0),
            min(_line_number) filter (where expense_amount < 0)
        from scratch.typed where _file_no in {numbers_of(members)} group by _file_no
    """).fetchall():
        if negative and positive:
            found[file_no].append(
                Proof(
                    "sign",
                    NOT_PROVED,
                    f"{negative:,} expenses with a minus and {positive:,} without one, such as line"
                    f" {line}: as written, less income",
                )
            )
    # Of a file with both signs, the rarer one takes back an expense.
    run.con.execute(f"""
        update scratch.typed set amount = coalesce(income_amount, 0) + case
            when is_negative then coalesce(expense_amount, 0) else -coalesce(expense_amount, 0)
        end
        from (
            select
                _file_no as file_no,
                count(*) filter (where expense_amount < 0)
                    > count(*) filter (where expense_amount > 0) as is_negative
            from scratch.typed where _file_no in {numbers_of(members)} group by _file_no
        ) as signs
        where typed._file_no = signs.file_no
    """)


def _by_direction(
    run: Run, layout: Layout, members: list[ExportCandidate], found: dict[int, list[Proof]]
) -> None:
    """The sign comes from a word; where a file signs its amounts too, both must agree."""
    spec = layout.amount.get("direction") or layout.amount["by_type"]
    run.con.execute(f"""
        update scratch.typed set
            _problem = 'direction: ''' || coalesce(direction, '') || ''' is not known to the layout'
                || ' {layout.name}; add the word there',
            _problem_column = 'direction'
        where _file_no in {numbers_of(members)} and _problem is null and amount is null
            and written_amount is not null
    """)
    for file_no, rows, negative, against, line in run.con.execute(f"""
        select
            _file_no, count(*), count(*) filter (where written_amount < 0),
            count(*) filter (where written_amount * amount < 0),
            min(_line_number) filter (where written_amount * amount < 0)
        from scratch.typed
        where _file_no in {numbers_of(members)} and _problem is null group by _file_no
    """).fetchall():
        name = spec["column"]
        if negative and against:
            found[file_no].append(
                Proof(
                    "direction",
                    NOT_PROVED,
                    f"{against:,} of {rows:,} amounts against {name}",
                    f"line {line}: the sign of the amount contradicts {name}, and other amounts of"
                    " the file have a sign too; export the file again, unedited",
                )
            )
        else:
            how = "agrees with the signs" if negative else "gives the sign"
            found[file_no].append(Proof("direction", PROVED, f"{name} {how} of {rows:,} amounts"))
    run.con.execute(f"""
        update scratch.typed set amount = amount * abs(written_amount)
        where _file_no in {numbers_of(members)}
    """)


def _signs_in_words(
    run: Run, members: list[ExportCandidate], found: dict[int, list[Proof]]
) -> None:
    """A column that says 收入 or 支出 beside signed amounts proves them, if it agrees."""
    (ins, outs) = (", ".join(map(sql_text, words)) for words in (IN_WORDS, OUT_WORDS))
    for file_no, rows, told, against, line in run.con.execute(f"""
        with rows as (
            select
                _file_no, _line_number, amount,
                case when direction in ({ins}) then 1 when direction in ({outs}) then -1 end as sign
            from scratch.typed
            where _file_no in {numbers_of(members)} and _problem is null and amount <> 0
        )
        select
            _file_no, count(*), count(sign), count(*) filter (where sign * amount < 0),
            min(_line_number) filter (where sign * amount < 0)
        from rows group by _file_no
    """).fetchall():
        detail = f"the direction agrees with the signs of {told - against:,} of {rows:,} amounts"
        refusal = (
            f"line {line}: the sign of the amount contradicts its direction ({against:,} of"
            f" {rows:,} amounts do); export the file again, unedited"
        )
        result = PROVED if told == rows and not against else NOT_PROVED
        is_reversed = 2 * against > rows
        found[file_no].append(Proof("direction", result, detail, refusal if is_reversed else None))


def _signed(
    run: Run, layout: Layout, members: list[ExportCandidate], found: dict[int, list[Proof]]
) -> None:
    """Amounts as signed by the layout; parts must add up to their row's total."""
    files = numbers_of(members)
    total = (layout.amount.get("parts") or {}).get("total")
    # The total of a row's parts stands in income_amount of its first part.
    sign, told = "1", "income_amount"
    if isinstance(total, dict):
        outs = ", ".join(sql_text(str(word).lower()) for word in total["direction"]["out"])
        sign = f"case when lower(direction) in ({outs}) then -1 else 1 end"
        told = "abs(income_amount)"
    if total is None:
        run.con.execute(f"""
            update scratch.typed set amount = amount * written_amount where _file_no in {files}
        """)
        return
    _parts_of_total(run, layout, members, found, (sign, told))
    # A row without parts is a movement of its total.
    run.con.execute(f"""
        update scratch.typed set written_amount = income_amount, amount = {sign} * {told}
        where _file_no in {files} and written_amount is null
    """)


def _parts_of_total(
    run: Run,
    layout: Layout,
    members: list[ExportCandidate],
    found: dict[int, list[Proof]],
    total: tuple[str, str],
) -> None:
    """Prove that the parts of a row make its total, which is SQL for a sign and an amount."""
    (sign, told), files = total, numbers_of(members)
    # Of both ways to read the fees, a file is read in the one that makes its totals.
    wrong: dict[int, tuple] = {}
    for amount, how in (
        ("amount * written_amount", "fees taken off"),
        ("written_amount", "fees with their sign"),
    ):
        proved = []
        for file_no, rows, differing, *first in run.con.execute(f"""
            with rows as (
                select
                    _file_no, _line_number, coalesce(sum({amount}), 0) as parts,
                    coalesce(max({sign} * {told}), 0) as total
                from scratch.typed
                where _file_no in {files} and _problem is null and written_amount is not null
                group by _file_no, _line_number
            ),
            compared as (select *, parts <> total as differs from rows)
            select
                _file_no, count(*), count(*) filter (where differs),
                min(_line_number) filter (where differs),
                arg_min(parts, _line_number) filter (where differs),
                arg_min(total, _line_number) filter (where differs)
            from compared group by _file_no
        """).fetchall():
            if not differing:
                said = f"the amounts ({how}) make the total in {rows:,} rows"
                found[file_no].append(Proof("parts", PROVED, said))
                proved.append(file_no)
            elif file_no not in wrong or differing < wrong[file_no][0]:
                wrong[file_no] = (differing, rows, *first)
        if proved:
            numbers = f"({', '.join(map(str, proved))})"
            run.con.execute(f"""
                update scratch.typed set amount = {amount}
                where _file_no in {numbers} and written_amount is not null
            """)
            members = [one for one in members if one.file_no not in proved]
            files = numbers_of(members)
        if not members:
            return
    for candidate in members:
        if candidate.file_no in wrong:
            found[candidate.file_no].append(_not_adding_up(layout, *wrong[candidate.file_no]))


def _not_adding_up(
    layout: Layout, differing: int, rows: int, line: int, parts: Decimal, total: Decimal
) -> Proof:
    detail = f"{differing:,} of {rows:,} rows do not add up"
    return Proof(
        "parts",
        NOT_PROVED,
        detail,
        f"line {line}: the amounts of the row add up to {parts:.2f}, not to its total"
        f" {total:.2f}"
        f" ({detail}); the file was edited, or a column is missing from the layout {layout.name}",
    )


def _balances(run: Run, members: list[ExportCandidate]) -> dict[int, Proof]:
    """Whether each balance follows from the one before, in the file's order or its reverse.

    Each currency has a balance of its own.
    """
    found = {}
    for file_no, rows, forward, line, backward, line_back, gap, gap_back in run.con.execute(f"""
        with rows as (
            select
                _file_no, _line_number, max(currency) as currency, sum(amount) as amount,
                max(balance_after) as balance
            from scratch.typed where _file_no in {numbers_of(members)} and _problem is null
            group by _file_no, _line_number
        ),
        steps as (
            select
                *,
                balance - lag(balance) over file_rows - amount as forward_gap,
                lag(balance) over file_rows - balance - lag(amount) over file_rows as backward_gap
            from rows where balance is not null
            window file_rows as (partition by _file_no, currency order by _line_number)
        )
        select
            _file_no, count(*),
            count(*) filter (where forward_gap <> 0),
            min(_line_number) filter (where forward_gap <> 0),
            count(*) filter (where backward_gap <> 0),
            min(_line_number) filter (where backward_gap <> 0),
            arg_min(forward_gap, _line_number) filter (where forward_gap <> 0),
            arg_min(backward_gap, _line_number) filter (where backward_gap <> 0)
        from steps group by _file_no
    """).fetchall():
        if rows < 2:
            found[file_no] = Proof("balance", NOT_PROVED, "one balance alone proves nothing")
            continue
        broken = min(forward, backward)
        if broken == 0:
            order = "downwards" if forward == 0 else "upwards"
            found[file_no] = Proof(
                "balance", PROVED, f"the balance follows from row to row in {rows:,} rows, {order}"
            )
            continue
        at, missing = (line, gap) if forward <= backward else (line_back, gap_back)
        found[file_no] = Proof(
            "balance",
            NOT_PROVED,
            f"the balance does not follow at {broken:,} of {rows:,} rows",
            f"the running balance does not follow at line {at}: {missing:+.2f} is missing before it"
            f" ({broken:,} such places in {rows:,} rows). A row was taken out, an amount changed,"
            " or the export is filtered or sorted; export the whole period again",
        )
    return found


def _against_totals(run: Run, candidate: ExportCandidate) -> list[Proof]:
    """The totals that the file tells, compared with its rows; the difference is kept."""
    found = []
    sums = {
        "rows": "count(distinct _line_number)",
        "income": "sum(amount) filter (where amount > 0)",
        "expense": "-sum(amount) filter (where amount < 0)",
        "amount": "sum(amount)",
        "written_amount": "sum(written_amount)",
        "income_amount": "sum(income_amount)",
        "expense_amount": "sum(abs(expense_amount))",
        "cost_amount": "sum(cost_amount)",
    }
    for role, text in candidate.statement.totals.items():
        told = _decimal(text)
        if role in candidate.export_layout.parts and candidate.header.position(role) is not None:
            sums[role] = f"sum(written_amount) filter (where part_name = {sql_text(role)})"
        if told is None or role not in sums:
            continue
        (summed,) = run.con.execute(
            f"select coalesce({sums[role]}, 0) from scratch.typed"
            " where _file_no = ? and _problem is null",
            [candidate.file_no],
        ).fetchone()
        # Some totals of expenses have a minus.
        is_expense = role in ("expense", "expense_amount")
        difference = (abs(told) if is_expense else told) - Decimal(str(summed))
        if difference == 0:
            found.append(Proof("total", PROVED, f"{role} is the file's total {told}"))
        else:
            found.append(
                Proof(
                    "total",
                    NOT_PROVED,
                    f"{role} is {summed}, the file's total {told}:"
                    f" {difference:+.2f} in the total alone",
                )
            )
    return found


def _decimal(text: str) -> Decimal | None:
    bare = "".join(character for character in text if character.isdigit() or character in "-.")
    try:
        return Decimal(bare)
    except ArithmeticError:
        return None
