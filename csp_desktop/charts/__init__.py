"""Charts as data: each builds a scene of six primitives, painted the same on screen and on paper."""
