"""The preview on the editor's own machine."""
