"""One branch and its year -> what its annual review tells, tabulates and says of itself."""
