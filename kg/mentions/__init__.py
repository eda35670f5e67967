"""Labelled spans of text, and the cascade of rules that finds them."""
