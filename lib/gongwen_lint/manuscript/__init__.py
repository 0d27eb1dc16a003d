"""A file of any supported kind -> a manuscript: paragraphs with their role and their place."""
