"""Every threshold of the suites, with its reason. A brand that differs changes it here."""

# Clocks of exporting systems run a little ahead of ours; a day ahead is a wrong date.
FUTURE_HOURS = 24

# Marketplaces and counters sell to people without an account; a file without nearly any has lost
# the column.
MIN_ACCOUNT_SHARE = 0.5

# An order is paid after it is placed; single rows with clocks apart are harmless, a swapped column
# is not.
MIN_PAID_AFTER_CREATED_SHARE = 0.99

# Gifts cost nothing. When most lines do, the price column is not the price.
MAX_FREE_LINE_SHARE = 0.5

# Of orders that are no tests, brands see 70–99 % paid. Below this a status or payment time is lost.
MIN_VALID_SHARE = 0.3

# A month's refunds above its revenue mean that a refund file landed without its orders, or cents as
# yuan.
MAX_MONTHLY_REFUND_SHARE = 1.0

# Double 11 sells 30 times a usual day; a hundred times the median day is a wrong unit.
MAX_DAY_TO_MEDIAN_DAY = 100

# Identity that breaks puts all orders on one customer: nobody buys half of everything.
MAX_CUSTOMER_REVENUE_SHARE = 0.5

# Scores of many customers spread; one segment that holds nearly all means that a score is constant.
# With few customers one segment may.
MAX_SEGMENT_SHARE = 0.95
MIN_CUSTOMERS_FOR_SEGMENT_SHARE = 200
