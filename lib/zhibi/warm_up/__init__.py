"""A notebook and a profile -> a warmed-up process.

Everything imported, caches filled, cells compiled.
"""
