"""Public-security work reports as a knowledge graph of claims."""
