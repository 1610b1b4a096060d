"""The inspection round of the archive rooms (S11-4): made on a phone, its faults followed until re-checked, its month on one sheet."""
