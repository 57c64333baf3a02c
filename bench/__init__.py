"""How quick sitegen is beside other generators, on one made-up timeline: `python -m bench --help`, and README.md."""
