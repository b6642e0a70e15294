"""Index of the admin pages of the app."""
