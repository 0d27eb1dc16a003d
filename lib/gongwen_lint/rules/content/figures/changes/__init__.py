"""Sentences -> increases and decreases that are not what their own numbers make."""
