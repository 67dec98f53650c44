"""Who may come in: users, passwords, sessions, throttled log-in.

In: a login and a secret. Out: a session, or a refusal in words.
Used by mainbreak. May import what operations may.
"""
