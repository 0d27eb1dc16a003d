"""Sentences -> shares, rates and ratios that are not what their own numbers make."""
