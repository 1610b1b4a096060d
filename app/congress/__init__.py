"""The people's congress in session: sittings, attendance, speeches, motions and the station's services."""
