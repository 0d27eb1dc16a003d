"""What the workbench can do, each as the command line does it: plain values in, plain values out."""
