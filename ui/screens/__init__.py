"""Pages of several screens: what a screen gives its page, and the page that leads from one to another."""
