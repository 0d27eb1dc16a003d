"""Raw sheets and a contract -> typed frames, or what is wrong with which cell."""
