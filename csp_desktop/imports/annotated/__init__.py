"""The parts of an annotated workbook: what is said on its cells, its list, and its owner's sheets written anew."""
