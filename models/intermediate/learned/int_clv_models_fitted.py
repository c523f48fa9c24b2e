"""How customers buy again and spend, learned from all customers by maximum likelihood.

BG/NBD (Fader, Hardie and Lee 2005, "Counting your customers the easy way"), its modification
MBG/NBD (Batislam, Denizel and Filiztekin 2007) and gamma-gamma (Fader and Hardie 2013). DuckDB
counts: what comes here is a row per kind of history. Only a fit imports scipy, which takes time.
"""

# Four parameters from fewer say more about chance than about customers.
MIN_CUSTOMERS = 200
MIN_CUSTOMERS_WHO_CAME_BACK = 50
# Of a parameter, times and amounts measured in their mean. Beyond, the likelihood is flat: where
# nobody leaves, b grows without end.
LOWEST, HIGHEST = 1e-3, 1e3

PARAMETERS = {
    "bg_nbd": ["r", "alpha_weeks", "a", "b"],
    "mbg_nbd": ["r", "alpha_weeks", "a", "b"],
    "gamma_gamma": ["p", "q", "v"],
}
COLUMNS = {
    "model_name": "varchar",
    "history_name": "varchar",
    "until_date": "date",
    "first_purchase_date": "date",
    "last_purchase_date": "date",
    "customers": "bigint",
    "parameter_r": "decimal(18, 6)",
    "parameter_alpha_weeks": "decimal(18, 6)",
    "parameter_a": "decimal(18, 6)",
    "parameter_b": "decimal(18, 6)",
    "parameter_p": "decimal(18, 6)",
    "parameter_q": "decimal(18, 6)",
    "parameter_v": "decimal(18, 6)",
    "log_likelihood": "decimal(18, 4)",
    "missing_reason": "varchar",
}
SUMMARY = """
    select
        history_name,
        any_value(until_date),
        min(first_purchase_date),
        max(last_purchase_date),
        count(*),
        count(case when repeat_days > 0 then 1 end),
        count(case when repeat_revenue_amount > 0 then 1 end)
    from histories
    group by history_name
    order by history_name
"""
PURCHASE_COUNTS = """
    select
        repeat_days,
        recency_days / 7.0 as recency_weeks,
        age_days / 7.0 as age_weeks,
        count(*) as customers
    from histories
    where history_name = '{name}'
    group by repeat_days, recency_days, age_days
    order by repeat_days, recency_days, age_days
"""
# Customers whose average is within one percent count as having that of all of them. Averages are
# decimals: a sum of doubles would depend on the order of the rows.
SPEND_COUNTS = """
    select
        valued_repeat_days as repeat_days,
        cast(
            sum(cast(repeat_revenue_amount / valued_repeat_days as decimal(28, 6))) as double
        ) / count(*) as average_spend,
        count(*) as customers
    from (
        select *, round(100 * ln(repeat_revenue_amount / valued_repeat_days)) as place
        from histories
        where history_name = '{name}' and repeat_revenue_amount > 0
    )
    group by valued_repeat_days, place
    order by valued_repeat_days, place
"""


def fit(negative_mean_log_likelihood, start):
    """What makes a likelihood greatest: (parameters, mean log-likelihood, None or why not).

    All parameters are positive; the search is over their logarithms.
    """
    import numpy as np
    from scipy.optimize import minimize

    def objective(logs):
        return negative_mean_log_likelihood(*np.exp(logs))

    # Somewhat wider: a search that ends outside was not stopped by chance.
    bounds = [(np.log(LOWEST / 10), np.log(HIGHEST * 10))] * len(start)
    near = minimize(objective, np.log(start), method="L-BFGS-B", bounds=bounds)
    best = minimize(
        objective,
        near.x,
        method="Nelder-Mead",
        bounds=bounds,
        options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 4000, "maxfev": 8000},
    )
    if not best.success or not np.isfinite(best.fun):
        return None, None, "the fit did not converge"
    found = np.exp(best.x)
    if found.min() < LOWEST or found.max() > HIGHEST:
        return None, None, "the fit ran to a limit: the data do not have what the model measures"
    return found.tolist(), float(-best.fun), None


def fit_purchases(repeat_days, recency_weeks, age_weeks, customers, may_leave_at_once):
    """r, alpha (weeks), a and b of BG/NBD, or of MBG/NBD, whose customers may leave at once.

    Arrays of equal length, a row per kind of history and how many customers have it. Returns
    (parameters, log-likelihood, None or why not).
    """
    import numpy as np
    from scipy.special import gammaln

    unit = np.average(age_weeks, weights=customers) or 1.0
    recency, age = recency_weeks / unit, age_weeks / unit
    counts, place = np.unique(repeat_days, return_inverse=True)
    # After how many purchases the customer could have left.
    chances = counts + may_leave_at_once

    def negative(r, alpha, a, b):
        bought = gammaln(r + counts) - gammaln(r) + r * np.log(alpha)
        stayed = gammaln(a + b) + gammaln(b + chances) - gammaln(b) - gammaln(a + b + chances)
        left = np.full(len(counts), -np.inf)
        could = chances > 0
        left[could] = np.log(a) - np.log(b + chances[could] - 1)
        power = (r + counts)[place]
        alive = -power * np.log(alpha + age)
        gone = left[place] - power * np.log(alpha + recency)
        logs = (bought + stayed)[place] + np.logaddexp(alive, gone)
        return -np.average(logs, weights=customers)

    found, mean, why_not = fit(negative, [0.5, 0.5, 1.0, 2.0])
    if why_not:
        return None, None, why_not
    r, alpha, a, b = found
    # The likelihood of weeks, not of the unit: a purchase each takes its share of it.
    shift = -np.log(unit) * np.average(repeat_days, weights=customers)
    return [r, float(alpha * unit), a, b], float((mean + shift) * customers.sum()), None


def fit_spend(repeat_days, average_spend, customers):
    """p, q and v of gamma-gamma, v in the currency; arrays and result as in fit_purchases."""
    import numpy as np
    from scipy.special import gammaln

    unit = np.average(average_spend, weights=customers * repeat_days)
    spend = average_spend / unit

    def negative(p, q, v):
        times = p * repeat_days
        logs = (
            gammaln(times + q)
            - gammaln(times)
            - gammaln(q)
            + q * np.log(v)
            + (times - 1) * np.log(spend)
            + times * np.log(repeat_days)
            - (times + q) * np.log(v + repeat_days * spend)
        )
        return -np.average(logs, weights=customers)

    found, mean, why_not = fit(negative, [2.0, 2.0, 1.0])
    if not why_not and found[1] <= 1:
        why_not = "the mean spend has no limit: a few customers spend most"
    if why_not:
        return None, None, why_not
    p, q, v = found
    return [p, q, float(v * unit)], float((mean - np.log(unit)) * customers.sum()), None


def too_few(customers, came_back):
    """Why there is no fit, before anything is imported; None when there may be one."""
    if customers < MIN_CUSTOMERS:
        return f"fewer than {MIN_CUSTOMERS} customers"
    if came_back < MIN_CUSTOMERS_WHO_CAME_BACK:
        return f"fewer than {MIN_CUSTOMERS_WHO_CAME_BACK} customers who came back"
    return None


def fit_model(histories, name, model_name):
    """One row of the result after the counts: parameters by name, log-likelihood, why not."""
    of_spend = model_name == "gamma_gamma"
    query = (SPEND_COUNTS if of_spend else PURCHASE_COUNTS).format(name=name)
    counts = histories.query("histories", query).fetchnumpy()
    arrays = [counts[column].astype(float) for column in counts]
    if of_spend:
        return fit_spend(*arrays)
    return fit_purchases(*arrays, may_leave_at_once=model_name == "mbg_nbd")


def model(dbt, session):
    dbt.config(materialized="table")
    histories = dbt.ref("clv_histories")
    rows = []
    for *counted, customers, came_back, spenders in histories.query(
        "histories", SUMMARY
    ).fetchall():
        for model_name, names in PARAMETERS.items():
            of_spend = model_name == "gamma_gamma"
            # Only who came back tells of spend.
            learned_from = spenders if of_spend else customers
            why_not = too_few(customers, spenders if of_spend else came_back)
            found = log_likelihood = None
            if not why_not:
                found, log_likelihood, why_not = fit_model(histories, counted[0], model_name)
            values = dict(zip(names, found or [None] * len(names), strict=True))
            rows.append(
                [model_name, *counted, learned_from]
                + [values.get(column.removeprefix("parameter_")) for column in list(COLUMNS)[6:13]]
                + [log_likelihood, why_not]
            )
    marks = ", ".join(f"({', '.join('?' * len(COLUMNS))})" for _ in rows or [1])
    casts = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in COLUMNS.items())
    return session.sql(
        f"select {casts} from (values {marks}) as fits ({', '.join(COLUMNS)})"
        + ("" if rows else " limit 0"),
        params=[value for row in rows or [[None] * len(COLUMNS)] for value in row],
    )
