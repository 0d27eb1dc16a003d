"""The official document: blocks, figures with origin, Word writer and Word reader (GB/T 9704-2012)."""
