"""The web application: the same engine in a browser, one app for each step of the method."""
