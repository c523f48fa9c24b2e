"""The second engine: the same models on Apache Spark, and whether they make the same marts."""
