"""The fast engine: each notebook runs in a fork of a process that has imported everything."""
