"""A checker for official documents: any manuscript -> findings and repairs."""
