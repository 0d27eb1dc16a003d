"""The Model Context Protocol over stdin and stdout.

An assistant calls what the command line calls, with the same words.
"""
