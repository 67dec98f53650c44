"""When crews arrive, and whether their phones say that they have.

In: visits, fixes, the plan and the streets. Out: arrival times with their range, and arrivals that
a crew is asked about. Imports what operations/ may import.
"""
