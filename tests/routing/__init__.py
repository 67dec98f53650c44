"""The street network: build, artifact, snapping, times and routes."""
