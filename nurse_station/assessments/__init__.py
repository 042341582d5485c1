"""What the nurse finds: scales as tables, and when each check is due. Scores only; it decides no treatment."""
