"""Any Word file and a profile -> the same words in official form.

Its own package, laid out anew in place.
"""
