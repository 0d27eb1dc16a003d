"""What the workbench can do, each as the command line does it.

Plain values in, plain values out.
"""
