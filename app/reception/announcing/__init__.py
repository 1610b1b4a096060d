"""The announcement of a reception: posted in time, and anew when another deputy is on duty (S7-3)."""
