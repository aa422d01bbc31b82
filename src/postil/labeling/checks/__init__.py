"""The parts of `labeling.checker`, one file a subject."""
