//! Connections: how many, and for how long a slow client is waited for.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use crate::format;
use crate::options::Limits;

/// How often it is asked whether to stop.
const STOP: Duration = Duration::from_millis(100);

/// How long those who are being answered are waited for at the end.
const LAST: Duration = Duration::from_secs(3);

/// Answers until `stop` says so.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Fn() -> bool) {
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    loop {
        let arrived = tokio::select! {
            arrived = accept(&listener, &room) => arrived,
            () = stopped(&stop) => break,
        };
        let Some((stream, place)) = arrived else { continue };
        let connection = graceful.watch(converse(stream, router.clone(), limits));
        tokio::spawn(async move {
            // A client that goes away or is too slow ends its own connection only.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(LAST, graceful.shutdown()).await;
}

async fn stopped(stop: &impl Fn() -> bool) {
    while !stop() {
        tokio::time::sleep(STOP).await;
    }
}

/// The next client, when there is room for one.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = room.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(_) => {
            // Too many open files, or a client that left: not to be tried again at once.
            tokio::time::sleep(STOP).await;
            None
        }
    }
}

type Io = TokioIo<std::pin::Pin<Box<TimeoutStream<TcpStream>>>>;

fn converse(
    stream: TcpStream,
    router: Router,
    limits: Limits,
) -> http1::Connection<
    Io,
    TowerToHyperService<
        tower::util::BoxCloneService<
            hyper::Request<hyper::body::Incoming>,
            axum::response::Response,
            std::convert::Infallible,
        >,
    >,
> {
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.client));
    let service = router.map_request(|request: hyper::Request<hyper::body::Incoming>| {
        let request: Request = request.map(axum::body::Body::new);
        format::strip(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.client)
        .max_buf_size(limits.address.max(8 << 10) * 4)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service.boxed_clone()))
}
