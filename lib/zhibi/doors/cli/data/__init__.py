"""`zhibi data` -> workbooks to send out, what is wrong with those that came back, one out of many, and a database.

Each room loads what reads and writes data at the first call: its help waits for no pandas.
"""

# in the order in which the help lists their commands
from zhibi.doors.cli.data import exchange

# isort: split
from zhibi.doors.cli.data import checking

# isort: split
from zhibi.doors.cli.data import database, yearly
from zhibi.doors.cli.data.group import app

__all__ = ["app", "checking", "database", "exchange", "yearly"]
