"""Practice on screen: chooser, trainee's window, instructor's window, debrief. Never a patient's record."""
