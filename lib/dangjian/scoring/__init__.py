"""Organisations judged by rules and by the county scheme: verdicts, points, ranks."""
