"""Cells with one answer -> the workbook with these cells written anew, and nothing else."""
