"""The expected value of every filled column of a fact, from the raw rows of a public source.

Source and fact → a query on the raw tables that gives the fact's rows of that source: each column
that docs/fact_matrix.md marks, written from what the publisher says, not from the models.
"""

import ties_olist
import ties_online_retail
import ties_tmall

TIES = ties_online_retail.TIES | ties_olist.TIES | ties_tmall.TIES
