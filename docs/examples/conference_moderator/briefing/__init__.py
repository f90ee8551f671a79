"""A telephone conference in which one person has the say."""
