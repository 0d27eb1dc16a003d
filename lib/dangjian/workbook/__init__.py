"""The county workbook: its sheets and settings, its checks, and how its names are masked."""
