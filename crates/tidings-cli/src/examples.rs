//! Examples at the end of the help of the questions to a ledger.

pub const EVENTS: &str = "\
EXAMPLES
  tidings events --ledger news.db --actor NOR --with ISL       between two countries, both directions
  tidings events --ledger news.db --status alleged --from 2026-11-01
  tidings events --ledger news.db --format parquet --out events.parquet";

pub const EVENT: &str = "\
EXAMPLES
  tidings event 0dd0300ca08306ee:96 --ledger news.db            for reading
  tidings event 0dd0300ca08306ee:96 --ledger news.db --format jsonl | jq .course
  tidings event 0dd0300ca08306ee:96 --ledger news.db --as-of 2026-11-03";

pub const REPORTS: &str = "\
EXAMPLES
  tidings reports --ledger news.db --outlet 'Island Post' --type ASSAULT
  tidings reports --ledger news.db --format jsonl               with the whole record of each";

pub const CLAIMS: &str = "\
EXAMPLES
  tidings claims --ledger news.db --target GHA                  what is said against Ghana
  tidings claims --ledger news.db --status denied --format csv";

pub const CONTRADICTIONS: &str = "\
EXAMPLES
  tidings contradictions --ledger news.db
  tidings contradictions --ledger news.db --actor TGO --format jsonl    with all accounts and their words";

pub const COMMITMENTS: &str = "\
EXAMPLES
  tidings commitments --ledger news.db --actor YEM
  tidings commitments --ledger news.db --status proposed";

pub const COMMITMENT: &str = "\
EXAMPLES
  tidings commitment e49c5d73a2aac6b2:c101 --ledger news.db";

pub const ACTORS: &str = "\
EXAMPLES
  tidings actors --ledger news.db --text gov                    by the beginning or a part of the name
  tidings actors --ledger news.db --type ASSAULT --from 2026-01-01      who takes part in these events";

pub const ACTOR: &str = "\
EXAMPLES
  tidings actor GHA --ledger news.db
  tidings actor GHA-army --ledger news.db --by week --from 2026-01-01";

pub const DYAD: &str = "\
EXAMPLES
  tidings dyad GHA TGO --ledger news.db --by week
  tidings dyad GHA TGO --ledger news.db --format csv > series.csv";

pub const SERIES: &str = "\
EXAMPLES
  tidings series --ledger news.db --source NOR --target ISL --by month
  tidings series --ledger news.db --split status --normalise --format csv";

pub const NETWORK: &str = "\
EXAMPLES
  tidings network --ledger news.db --from 2026-01-01
  tidings network --ledger news.db --level actor --format gexf --out network.gexf";

pub const MAP: &str = "\
EXAMPLES
  tidings map --ledger news.db --quad 4
  tidings map --ledger news.db --format geojson --out map.geojson";

pub const DOCUMENTS: &str = "\
EXAMPLES
  tidings documents --ledger news.db --outlet 'Island Post'
  tidings documents --ledger news.db --type PROTEST             those that tell a protest";

pub const DOCUMENT: &str = "\
EXAMPLES
  tidings document 0dd0300ca08306ee --ledger news.db
  tidings document 0dd0300ca08306ee --ledger news.db --format jsonl | jq .records";

pub const SEARCH: &str = "\
EXAMPLES
  tidings search 'border post' Aflao --ledger news.db
  tidings search 'shell*' --ledger news.db --actor TGO --from 2026-11-01";

pub const REVIEWS: &str = "\
EXAMPLES
  tidings reviews --ledger news.db
  tidings reviews --ledger news.db --format csv > reviews.csv";
