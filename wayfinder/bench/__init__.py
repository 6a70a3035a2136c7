"""The benchmark: peers side by side in one run on the same graphs and costs."""
