"""What pages and files show, read in one unit of work: console, phone, public, documents.

In: a unit of work, the ground. Out: values and documents without more than the reader may see.
Used by mainbreak and mobile_api. May import what operations may.
"""
