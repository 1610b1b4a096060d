"""How the built-in forms are drawn: a function for each, named after its key; by what they are about."""
