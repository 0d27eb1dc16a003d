"""A table of the manuscript as a grid of cells -> which sums and columns of it do not come out."""
