"""Every threshold of the suites, with its reason. A brand that differs changes it here.

"Sample" is the sample brand at scale 1: 10,561 files of 730 days, two Double 11 and three 618 in
them. "Online Retail" is the public one: 305 real daily files. What was measured on both is said
beside each threshold: a limit that stops a run lies beyond everything that was seen on good files,
one that warns is now and then reached by a remarkable day.
"""

# --- rows ---

# Clocks of exporting systems run a little ahead of ours; a day ahead is a wrong date.
FUTURE_HOURS = 24

# Shares of fewer rows than these say nothing: one odd row of ten is a tenth.
MIN_ROWS_FOR_SHARE = 50

# Fewer odd rows than these are mistakes, or oddities, of single rows, however small their file is:
# they are shown and stop nothing.
FEW_ROWS = 10

# Rows that are odd one by one: a line of nothing, a refund below nothing, a cancellation that
# sells. When most of a file's are, a sign or a column is another's.
MAX_ODD_ROW_SHARE = 0.5

# Discounts and fees that come as lines: an order of one product may bring several. Beyond four of
# five lines, the price column is not the price.
MAX_DISCOUNT_LINE_SHARE = 0.8

# Single clocks run wrong. Days and months that changed places, or a wrong year, put whole days into
# the future, which are a good part of a file.
MAX_FUTURE_SHARE = 0.05

# Marketplaces and counters sell to people without an account; a file without nearly any has lost
# the column.
MIN_ACCOUNT_SHARE = 0.5

# An order is paid after it is placed; single rows with clocks apart are harmless, a swapped column
# is not.
MIN_PAID_AFTER_CREATED_SHARE = 0.99

# Gifts cost nothing. When most lines do, the price column is not the price.
MAX_FREE_LINE_SHARE = 0.5

# So many rows at most are accepted by number: of more, the batch is.
MAX_ACCEPTED_ROWS = 100_000

# --- batches, beside the days before ---

# Four weeks: each weekday four times, and one month of pay days and bills.
REFERENCE_DAYS = 28

# What 28 days say has to stand on something: a median of a weekday on three of its four days, a
# share on three files (those of weekly exports) and two hundred rows. Below that there is no
# reference yet, and every batch passes.
MIN_REFERENCE_BATCHES = 3
MIN_REFERENCE_ROWS = 200

# On fewer rows chance alone halves a day.
MIN_USUAL_ROWS = 30

# Of the usual rows of the weekday. Seen at least: Sample 0.27 (messages of tickets, a month after
# Double 11), Online Retail 0.11 (22 December). A twentieth is a file that was cut off.
LOW_VOLUME_WARNS = 0.3
LOW_VOLUME_FAILS = 0.05

# Seen at most: Sample 12.7 (payments, 11 November) and 3.5 outside festivals, Online Retail 2.6.
# More never stops a run: good days must not.
HIGH_VOLUME_WARNS = 5

# Points of share above the 28 days. Seen at most: Sample 0.022, with bad lines on purpose. Landing
# refuses a file above its source's `reject_limit`, 5 % unless declared otherwise; a source that is
# allowed more still may not jump.
REJECT_RISE_WARNS = 0.03
REJECT_RISE_FAILS = 0.10

# Rows that happened more than a week before their file's day. Sample sends rows up to six days
# late and repeats some for thirty: seen at most 0.08 above the 28 days. A file of which half is old
# holds another day under this day's name.
LATE_AFTER_DAYS = 7
LATE_RISE_WARNS = 0.2
LATE_RISE_FAILS = 0.5

# Rise of the share of empty values. Seen at most: Sample 0.62 (campaigns of advertising), Online
# Retail 0.73 (customers, 30 August): columns that are empty now and then. What stops a run is a
# column that was nearly always filled and is now nearly always empty: seen at most 0.38 and never.
NULL_RISE_WARNS = 0.5
NULL_FILLED_BEFORE = 0.9
NULL_FILLED_FAILS = 0.05

# Share of rows that would have to change their value to match the 28 days (total variation). Seen
# at most: Sample 0.62 (stages of payments, in the presale of Double 11), Online Retail 0.24
# (countries). A renamed code or a lost column makes nearly 1.
DRIFT_WARNS = 0.5
DRIFT_FAILS = 0.8

# Factor between medians, up or down. Seen: Sample 0.21 (payments, while deposits are paid) to 3.7
# (quantities that are ordered from suppliers), Online Retail 0.20 to 3. Cents as yuan make 100.
AMOUNT_FACTOR_WARNS = 5
AMOUNT_FACTOR_FAILS = 10

# --- marts ---

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

# Days of marts that are looked at again: those that late rows still change.
RECENT_DAYS = 7

# Shops elsewhere close their day, and send it, later than the others: a shop's days are judged up
# to the last one that it has orders of, or up to so many days before the last one of all shops.
LATE_SHOP_DAYS = 2

# Orders and revenue of a day beside the usual ones of its weekday, whatever files brought them:
# also a day whose files never came. Limits as for batches (LOW_VOLUME_…, HIGH_VOLUME_…); a day's
# revenue per order in another unit is AMOUNT_FACTOR_….

# Share of customers that would have to change their segment to match a month before. Seen at most:
# Sample 0.23 and, in the second month of its life, 0.47 (stages). Half of everybody never moves.
SEGMENT_SHIFT_WARNS = 0.5
SEGMENT_SHIFT_FAILS = 0.8

# Ids that are written in another way match hardly ever; a history of orders that begins later than
# its parcels leaves a part of them without. A few hundred may be an experiment.
UNMATCHED_FAILS = 0.5
MIN_UNMATCHED_FAILS = 200
