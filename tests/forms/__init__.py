"""The same article in other forms."""
