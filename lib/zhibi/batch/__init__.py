"""Many jobs, any `concurrent.futures.Executor` and a ledger -> a report for each organisation, none lost."""
