"""The national rules -> what `zhibi rules` prints, and their page of the documentation."""
