"""Any Word file and a profile -> the same words in official form: its own package, laid out anew in place."""
