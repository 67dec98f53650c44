"""From what a caller says to places: addresses, roads, crossings, landmarks, numbers, pins.

In: a network's premises, named places, roads; then texts and tickets. Out: candidates with chances.
``gazetteer`` is the door. A text runs writing -> numbers -> names -> reader -> answers; the town's
own names come in through grammar -> sites -> lexicon; what is in Latin script through latin_book.
May import what gis may; imported by the front door of gis.
"""
