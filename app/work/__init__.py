"""The station's own work: plans, tasks from above, publicity, bulletins, working days and the parameters of the regulations."""
