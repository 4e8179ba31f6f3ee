"""Charts of timeline."""
