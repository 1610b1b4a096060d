"""A workflow as a table of moves, and all that is read off it: steps, pages, REST, diagrams."""
