"""What is the article? Files, pages, links and pasted text become an `Article`, with warnings where something was lost."""
