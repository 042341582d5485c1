"""What a clinic sets: one TOML file, checked, its comments kept. No Qt, no ports, no patient."""
