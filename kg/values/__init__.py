"""Words of the genre turned into values: numbers, dates, places."""
