"""What Doorstep is made of and how it is installed: checks for `make audit`. Nothing here runs at night."""
