"""The faces over HTTP: a folder each, thin; `app.create_app` is the only wiring.

Nothing is imported here: the server sets the folder of the metrics before anything reads it.
"""
