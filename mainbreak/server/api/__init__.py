"""The JSON API: one file a subject, each a function from the home to its router."""
