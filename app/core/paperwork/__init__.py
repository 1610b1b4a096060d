"""Official forms as Word documents: declared by areas, downloaded from pages, their templates replaceable."""
