"""What is measured, each as `python -m benchmarks.NAME`."""
