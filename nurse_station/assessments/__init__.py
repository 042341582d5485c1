"""What the nurse finds: scales as tables, and when each check is due. It decides no treatment."""
