"""Files and databases -> plain grids of raw cells."""
