"""The Model Context Protocol over stdin and stdout: an assistant calls what the command line calls, with the same words."""
