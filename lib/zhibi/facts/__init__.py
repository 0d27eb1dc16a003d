"""Cells and facts -> facts: every figure is made here and keeps its origin."""
