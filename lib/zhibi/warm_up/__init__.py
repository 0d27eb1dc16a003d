"""A notebook and a profile -> a warmed-up process: everything imported, caches filled, cells compiled."""
