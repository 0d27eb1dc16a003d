"""A finished run -> what is kept of it: the record, and where every printed figure came from."""
