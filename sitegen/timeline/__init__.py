"""Link the content into one timeline: resolve names, reports and links, and derive what lists and pages need."""
