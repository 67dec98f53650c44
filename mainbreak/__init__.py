"""The front door: settings, bootstrap, command line, web app.

In: the environment, the command line, HTTP. Out: text for people, JSON for programs, exit codes.
May import everything; nobody imports it.
"""
