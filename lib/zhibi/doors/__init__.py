"""Command line, nbconvert, papermill and IPython: arguments -> calls of the rooms below."""
