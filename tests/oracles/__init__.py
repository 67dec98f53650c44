"""Second opinions: each written from the rules alone, sharing no code with what it checks."""
