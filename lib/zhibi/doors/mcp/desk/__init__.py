"""Actions an assistant asks for -> answers it may see: only what lies in the workspace, personal data masked."""
