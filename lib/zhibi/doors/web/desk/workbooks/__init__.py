"""Workbooks, rosters and ledgers of the workspace -> what is wrong with them, and the copies made of them."""
