"""A batch request, an executor and a ledger -> a report for each organisation."""
