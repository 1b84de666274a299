"""Codes articles with Ray Data: python examples/ray_data.py ARTICLES OUT

ARTICLES is JSONL or Parquet with the columns id, text, date (and title, outlet, url, if they are there); OUT becomes
a folder of Parquet, one row an event. On a cluster, `ray.init()` finds it by RAY_ADDRESS.
"""

import sys

import ray

import tidings.ray


def main(articles: str, out: str) -> None:
    ray.init(include_dashboard=False, log_to_driver=False)
    read = ray.data.read_parquet if articles.endswith(".parquet") else ray.data.read_json
    tidings.ray.code(read(articles)).write_parquet(out)
    ray.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
