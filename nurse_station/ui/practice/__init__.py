"""Practice on screen: the chooser, the trainee's window, the instructor's, the debrief. Never a patient's record."""
