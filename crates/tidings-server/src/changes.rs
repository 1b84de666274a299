//! News: whoever listens is told when the ledger has changed, whichever process changed it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use tidings_ledger::Standing;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::desk::Desk;
use crate::problem::Problem;

/// How often the ledger is looked at while somebody listens.
const LOOK: Duration = Duration::from_secs(1);

/// The last change that was seen.
#[derive(Clone, Debug)]
pub struct News(Arc<watch::Sender<Standing>>);

impl Default for News {
    fn default() -> Self {
        Self(Arc::new(watch::channel(Standing::default()).0))
    }
}

/// Looks for changes as long as the server runs.
pub async fn look(desk: Desk) {
    loop {
        tokio::time::sleep(LOOK).await;
        if desk.news().0.receiver_count() == 0 {
            continue;
        }
        // A ledger that is busy is looked at again.
        if let Ok(standing) = desk.ask(|ledger| Ok(ledger.standing()?)).await {
            desk.news().0.send_if_modified(|last| {
                let changed = *last != standing;
                last.clone_from(&standing);
                changed
            });
        }
    }
}

/// One who listens.
struct Listener {
    news: watch::Receiver<Standing>,
    told: Option<Standing>,
    _place: OwnedSemaphorePermit,
}

/// Each change of the ledger, as it is made: server-sent events named `revision`, the first of them at once.
#[utoipa::path(get, path = "/changes", tag = "news", responses(
    (status = 200, description = "Events named `revision`", content_type = "text/event-stream", body = Standing),
    (status = 503, body = Problem),
))]
pub async fn changes(State(desk): State<Desk>, places: axum::Extension<Places>) -> Response {
    let Ok(place) = places.0.0.clone().try_acquire_owned() else {
        return Problem::busy("too many listen already").into_response();
    };
    let standing = match desk.ask(|ledger| Ok(ledger.standing()?)).await {
        Ok(standing) => standing,
        Err(problem) => return problem.into_response(),
    };
    let listener = Listener { news: desk.news().0.subscribe(), told: None, _place: place };
    Sse::new(told(listener, standing)).keep_alive(KeepAlive::default()).into_response()
}

/// Room for those who listen.
#[derive(Clone, Debug)]
pub struct Places(Arc<Semaphore>);

impl Places {
    /// For so many.
    pub fn new(count: usize) -> Self {
        Self(Arc::new(Semaphore::new(count)))
    }
}

fn told(listener: Listener, now: Standing) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((listener, Some(now)), |(mut listener, first)| async move {
        let standing = match first {
            Some(standing) => standing,
            None => next(&mut listener).await?,
        };
        listener.told = Some(standing.clone());
        let data = serde_json::to_string(&standing).unwrap_or_default();
        let event = Event::default().event("revision").id(standing.revision.to_string()).data(data);
        Some((Ok(event), (listener, None)))
    })
}

/// The next change that the listener was not told of; none when the server ends.
async fn next(listener: &mut Listener) -> Option<Standing> {
    loop {
        listener.news.changed().await.ok()?;
        let standing = listener.news.borrow_and_update().clone();
        if listener.told.as_ref() != Some(&standing) {
            return Some(standing);
        }
    }
}
