"""What the command line prints and which code it exits with."""
