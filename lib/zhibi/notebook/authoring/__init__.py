"""What an author writes in cells -> blocks with their facts."""
