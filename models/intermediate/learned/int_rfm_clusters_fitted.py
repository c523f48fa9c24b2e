"""Groups of customers who are alike in recency, frequency and money: k-means.

DuckDB counts: what comes here is a row per kind of customer. Only a fit imports scikit-learn, which
takes time.
"""

# As many as people can tell apart and act on.
CLUSTERS = 5
# Fewer say more about chance than about customers.
MIN_CUSTOMERS = 200
MOST_ROUNDS = 1000

VALUES = ["recency", "frequency", "monetary"]
COLUMNS = {
    "cluster_number": "integer",
    "as_of_date": "date",
    "earliest_last_purchase_date": "date",
    "latest_last_purchase_date": "date",
    "customers": "bigint",
    **{f"{value}_mean": "decimal(18, 6)" for value in VALUES},
    **{f"{value}_deviation": "decimal(18, 6)" for value in VALUES},
    **{f"{value}_center": "decimal(18, 6)" for value in VALUES},
    "mean_squared_distance": "decimal(18, 6)",
    "missing_reason": "varchar",
}
# As rfm_clusters takes them. Decimals add up to the same whatever their order.
LOGS = """
    select
        cast(round(ln(1 + recency_days), 6) as decimal(9, 6)) as recency,
        cast(round(ln(purchase_occasions), 6) as decimal(9, 6)) as frequency,
        cast(round(ln(1 + greatest(net_revenue_amount, 0)), 6) as decimal(9, 6)) as monetary
    from customers
"""
# Customers who differ by less than a tenth count as one point, in the middle of them.
POINTS = f"""
    select
        count(*) as customers,
        cast(sum(recency) as double) / count(*) as recency,
        cast(sum(frequency) as double) / count(*) as frequency,
        cast(sum(monetary) as double) / count(*) as monetary
    from ({LOGS})
    group by round(recency, 1), round(frequency, 1), round(monetary, 1)
    order by round(recency, 1), round(frequency, 1), round(monetary, 1)
"""


def starts(points, customers):
    """Two sets of centres to start from: seeds and the order of rows must not decide."""
    import numpy as np

    # The middle of each fifth of the points, from the least worth to the most.
    recency, frequency, monetary = points.T
    order = np.argsort(frequency + monetary - recency, kind="stable")
    fifths = [
        np.average(points[part], axis=0, weights=customers[part])
        for part in np.array_split(order, CLUSTERS)
    ]
    # The middle, then again and again the point that has most customers and is farthest away.
    apart = [np.average(points, axis=0, weights=customers)]
    while len(apart) < CLUSTERS:
        far = ((points[:, None, :] - np.array(apart)) ** 2).sum(axis=2).min(axis=1)
        apart.append(points[np.argmax(customers * far)])
    return [np.array(fifths), np.array(apart)]


def cluster(points, customers):
    """Centres of an array of points (rows, 3) that stand for so many customers each.

    The points are standardised, and in an order that the same data always have. Returns the centres
    (5, 3) from the most money to the least, the mean squared distance of a customer from the own
    centre, and None, or None, None and why not.
    """
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    # Several threads add up in an order of their own.
    with threadpool_limits(1):
        fits = [
            KMeans(CLUSTERS, init=start, n_init=1, max_iter=MOST_ROUNDS, tol=0).fit(
                points, sample_weight=customers
            )
            for start in starts(points, customers)
        ]
    found = min(fits, key=lambda one: one.inertia_)
    if found.n_iter_ == MOST_ROUNDS:
        return None, None, "the fit did not converge"
    centers = found.cluster_centers_.round(6)
    ranked = sorted(centers.tolist(), key=lambda center: (-center[2], -center[1], center[0]))
    return ranked, float(found.inertia_ / customers.sum()), None


def learn(customers):
    """Means, deviations, centres, mean squared distance, why not: of a relation of customers."""
    import numpy as np

    counts = customers.query("customers", POINTS).fetchnumpy()
    points = np.stack([counts[value] for value in VALUES], axis=1)
    if len(points) < CLUSTERS:
        return None, None, None, None, f"fewer than {CLUSTERS} kinds of customers"
    weights = counts["customers"].astype(float)
    means = np.average(points, axis=0, weights=weights)
    deviations = np.sqrt(np.average((points - means) ** 2, axis=0, weights=weights))
    # What all have alike tells nobody apart.
    deviations[deviations < 1e-6] = 1.0
    means, deviations = means.round(6), deviations.round(6)
    centers, distance, why_not = cluster((points - means) / deviations, weights)
    return means.tolist(), deviations.tolist(), centers, distance, why_not


def model(dbt, session):
    dbt.config(materialized="table")
    customers = dbt.ref("rfm_customers")
    *dates, count = customers.aggregate(
        "any_value(as_of_date), min(last_purchase_date), max(last_purchase_date), count(*)"
    ).fetchone()
    centers = why_not = None
    if count < MIN_CUSTOMERS:
        why_not = f"fewer than {MIN_CUSTOMERS} customers"
    else:
        means, deviations, centers, distance, why_not = learn(customers)
    if why_not:
        rows = [[None, *dates, count, *[None] * 3 * len(VALUES), None, why_not]]
    else:
        rows = [
            [number, *dates, count, *means, *deviations, *center, distance, None]
            for number, center in enumerate(centers, start=1)
        ]
    marks = ", ".join(f"({', '.join('?' * len(COLUMNS))})" for _ in rows)
    casts = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in COLUMNS.items())
    return session.sql(
        f"select {casts} from (values {marks}) as fits ({', '.join(COLUMNS)})"
        # Without customers nobody asks why there are no clusters.
        + " where customers > 0",
        params=[value for row in rows for value in row],
    )
