"""Tables that were recognised -> typed rows of the contract, each key once."""
