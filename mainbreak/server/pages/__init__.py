"""The pages: plain files behind a role; what they show comes through the API."""
