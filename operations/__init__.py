"""What happens: one use case per file, each a function that reads like the job it does.

A use case stands here; what several of them need lies in the folders beside: ``calling``,
``incidents``, ``reporting``, ``replanning``, ``showing``, ``access``.
In: an open unit of work, the injected clock, files or values. Out: values; events are stored.
May import: gis, routing, dispatch, maps, storage, gateways, data and domain - siblings that
never meet each other meet here, by value. Imported by mobile_api and mainbreak.
"""
