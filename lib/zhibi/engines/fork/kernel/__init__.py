"""Cells -> what a Jupyter kernel would answer, without a kernel: IPython, its compiler and its streams in this process."""
