"""What a call becomes and what a caller is told: place, number, incident, words.

In: what was said, the ground. Out: candidates, the incident it belongs to, sentences.
Used by take_call, place_ticket and answer_caller. May import what operations may.
"""
