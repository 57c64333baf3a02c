"""sitegen turns news reports into an annotated timeline and publishes it as a static site."""

__version__ = "0.1.0"
