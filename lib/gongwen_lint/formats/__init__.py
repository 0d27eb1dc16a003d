"""Findings and rules as pages and as SARIF."""
