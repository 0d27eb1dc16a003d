"""Last year's report and its workbook -> a notebook in her own words that prints this year's."""
