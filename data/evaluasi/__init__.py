"""What the official forms (E.81, E.79) are made of: performance (K) and money (Rp), by the columns of the forms."""
