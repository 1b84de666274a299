"""Codes articles on a Spark cluster: spark-submit examples/spark_job.py ARTICLES OUT

ARTICLES is JSONL or Parquet with the columns id, text, date (and title, outlet, url, if they are there); OUT becomes
Parquet, one row an event, by day of publication. Without a cluster it runs on two processes of this machine.
"""

import os
import sys

from pyspark.sql import SparkSession

import tidings.spark


def main(articles: str, out: str) -> None:
    builder = SparkSession.builder.appName("tidings").config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    if not os.environ.get("SPARK_ENV_LOADED"):  # not by spark-submit
        builder = builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.getOrCreate()
    read = spark.read.parquet if articles.endswith(".parquet") else spark.read.json
    events = tidings.spark.code(read(articles).repartition(4))
    events.write.mode("overwrite").partitionBy("published").parquet(out)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
