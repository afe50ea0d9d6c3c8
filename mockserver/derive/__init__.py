"""What follows from the model: functions of the declaration."""
