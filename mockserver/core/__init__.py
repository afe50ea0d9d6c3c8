"""Values and pure functions: the vocabulary, the tenant, commands, errors. Standard library only."""
