"""Names people write -> codes that stay the same."""
