"""Archives: filed documents, volumes, loans and the safety checks of the archive room."""
