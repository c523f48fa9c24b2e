"""What the amounts of a file mean, proved by the file itself.

What it proves stands in raw.load_log; a file that contradicts its layout is refused, with the lines
that show it.
"""

from ingest.exports.candidate import ExportCandidate
from ingest.exports.money_proofs import prove_money
from ingest.exports.order_proofs import prove_orders
from ingest.exports.proof import NOT_PROVED, PROVED
from ingest.run import Run, warn


def prove(run: Run, candidates: list[ExportCandidate]) -> dict[int, str]:
    """Give money its sign, and prove what can be proved; refusals by file number.

    Fills `amount` in scratch.typed and each candidate's statement.
    """
    refusals: dict[int, str] = {}
    # Of a file with rows that do not fit, these are what its totals lack.
    lacking = {
        number
        for (number,) in run.con.execute(
            "select distinct _file_no from scratch.typed where _problem is not null"
        ).fetchall()
    }
    by_layout: dict[str, list[ExportCandidate]] = {}
    for candidate in candidates:
        by_layout.setdefault(candidate.export_layout.name, []).append(candidate)
    for members in by_layout.values():
        layout = members[0].export_layout
        found = prove_money(run, layout, members) if layout.kind == "money" else {}
        if layout.kind == "orders":
            found = prove_orders(run, layout, members)
        for candidate in members:
            proofs = found.get(candidate.file_no, [])
            refusal = next((one.refusal for one in proofs if one.refusal), None)
            if refusal is not None:
                refusals[candidate.file_no] = refusal
            statement = candidate.statement
            statement.proof = ", ".join(one.name for one in proofs) or None
            # A total that differs outweighs what else holds.
            differing = [one for one in proofs if one.name == "total" and one.result == NOT_PROVED]
            differs = bool(differing)
            if differs and refusal is None and candidate.file_no not in lacking:
                said = "; ".join(one.detail for one in differing)
                warn(
                    run,
                    f"{candidate.file.name}: {said}. If rows were taken out, an amount changed, or"
                    " the export is filtered, export the whole period again",
                )
            is_proved = not differs and any(one.result == PROVED for one in proofs)
            statement.result = PROVED if is_proved else NOT_PROVED
            statement.detail = "; ".join(one.detail for one in proofs) or "nothing in it proves it"
    return refusals
