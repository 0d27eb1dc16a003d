"""Tables as people make them -> a workbook of the contract that remembers whose rows they were."""
