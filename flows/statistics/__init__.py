"""Statistics that may leave the house: nobody can work out a small count from them."""
