"""From mentions to facts in the form of the contract."""
