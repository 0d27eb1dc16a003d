"""Tables of characters, words and usual slips: data of `homophones`."""
