"""Who did or said what to whom, when, where, how certain, and on whose word.

>>> import tidings
>>> report = tidings.code("Norway condemned Denmark on Monday.", date="2016-08-11")
>>> report.events[0]
<Event E01: Norway → Denmark, ACCUSE-disapprove, asserted, 2016-08-08>

`code` is for texts in memory, `code_batches` for Arrow tables and streams of any length, `Ledger` for questions to a
ledger that `tidings add` has filled; `tidings.spark` and `tidings.ray` run the same function on a cluster. Nothing goes
over the network. The engine is loaded once in a process, when the first article comes.
"""

from __future__ import annotations

from ._arrow import Batches, Table
from ._code import code, code_batches
from ._ledger import Ledger
from ._records import Commitment, Event, Party, Quote, Report
from ._tidings import Error, __version__

__all__ = [
    "Batches",
    "Commitment",
    "Error",
    "Event",
    "Ledger",
    "Party",
    "Quote",
    "Report",
    "Table",
    "__version__",
    "code",
    "code_batches",
]
