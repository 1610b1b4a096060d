"""Activities of the station and all that belongs to one: notices, attendance, guests, leave, reports, inspections, major events."""
