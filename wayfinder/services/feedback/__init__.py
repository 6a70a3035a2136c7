"""What people report: taken without who they are, answered where they stood."""
