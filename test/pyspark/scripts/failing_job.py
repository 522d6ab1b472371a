"""A job that finds something wrong."""

raise ValueError("there is no such day")
