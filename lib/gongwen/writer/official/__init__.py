"""The front and end of an official document (GB/T 9704-2012 clauses 7 and 10)."""
