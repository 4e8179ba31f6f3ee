"""Charts of countries."""
