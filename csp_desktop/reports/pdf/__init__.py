"""The PDF writer: tagged for screen readers (PDF/UA), fonts embedded, the same bytes for the same report."""
