"""The organisations of a county and their rows, as the reports see them."""
