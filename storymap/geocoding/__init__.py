"""Where the places of a story lie, asked of gazetteers; nothing here runs during a build."""
