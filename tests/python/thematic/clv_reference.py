"""BG/NBD, MBG/NBD and gamma-gamma a second way: one customer at a time, as the papers write them.

Times are in weeks; `first` is 1 for MBG/NBD, whose customers may leave after the first purchase,
and 0 for BG/NBD.
"""

import random
from math import exp, inf, lgamma, log

from scipy.special import betaln, hyp2f1


def purchases_log_likelihood(x, t_x, age, r, alpha, a, b, first) -> float:
    """Of a customer with x repeat purchases, the last t_x after the first, seen for so long."""
    made = lgamma(r + x) - lgamma(r) + r * log(alpha)
    stayed = betaln(a, b + x + first) - betaln(a, b) - (r + x) * log(alpha + age)
    left = -inf
    if x + first:
        left = betaln(a + 1, b + x + first - 1) - betaln(a, b) - (r + x) * log(alpha + t_x)
    return made + log(exp(stayed) + exp(left))


def alive(x, t_x, age, r, alpha, a, b, first) -> float:
    """P(alive)."""
    if not x + first:
        return 1.0
    return 1 / (1 + a / (b + x + first - 1) * ((alpha + age) / (alpha + t_x)) ** (r + x))


def expected_purchases(x, t_x, age, r, alpha, a, b, first, weeks) -> float:
    """E[purchases in the weeks to come], with the hypergeometric function."""
    y = x + first
    share = weeks / (alpha + age + weeks)
    series = hyp2f1(r + x, b + y, a + b + y - 1, share)
    present = (a + b + y - 1) / (a - 1) * (1 - (1 - share) ** (r + x) * series)
    return present * alive(x, t_x, age, r, alpha, a, b, first)


def spend_log_likelihood(x, average, p, q, v) -> float:
    """Of a customer whose x repeat days brought so much on average."""
    return (
        lgamma(p * x + q)
        - lgamma(p * x)
        - lgamma(q)
        + q * log(v)
        + (p * x - 1) * log(average)
        + p * x * log(x)
        - (p * x + q) * log(x * average + v)
    )


def simulate(rng: random.Random, r, alpha, a, b, first, days: int) -> list[int]:
    """Days after the first purchase on which one random customer buys again, up to `days`."""
    rate, leaves = rng.gammavariate(r, 1 / alpha) / 7, rng.betavariate(a, b) if a else 0.0
    bought: list[int] = []
    at = 0.0
    if first and rng.random() < leaves:
        return bought
    while (at := at + rng.expovariate(rate)) < days:
        # A day is one purchase.
        if int(at) and int(at) not in bought:
            bought.append(int(at))
        if rng.random() < leaves:
            break
    return bought
