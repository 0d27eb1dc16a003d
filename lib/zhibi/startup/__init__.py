"""What must be set before libraries are imported."""
