"""Actions an assistant asks for -> answers it may see.

Only what lies in the workspace, personal data masked.
"""
