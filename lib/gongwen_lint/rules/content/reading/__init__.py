"""A sentence -> what its numbers mean: of what they are told, when they hold, what they are a part of. Rules ask here."""
