"""Files of rows: told by their content, kept outside the web root, opened for who may open the row."""
