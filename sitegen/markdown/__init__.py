"""Markdown to bodies: HTML whose references are filled in when a page is rendered."""
