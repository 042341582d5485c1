"""What is heard: alarm bursts made in code, and the speaker that plays them. No screen; it decides no alarm."""
