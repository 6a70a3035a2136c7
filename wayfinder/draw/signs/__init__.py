"""Signs as they are printed: a face and a map become a drawing in millimetres, and that a file."""
