//! Slow clients and slow questions.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::harness::Site;

#[test]
fn who_does_not_finish_asking_is_not_waited_for() {
    let site = Site::with(|options| options.limits.client = Duration::from_millis(300));
    let mut stream = site.connect();
    stream.write_all(b"GET /events.json HTTP/1.1\r\nHost: localh").expect("sent");
    let begun = Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(site.get("/events.json").status, 200);
}

#[test]
fn many_who_hold_their_connections_do_not_keep_others_out_for_ever() {
    let site = Site::with(|options| {
        options.limits.client = Duration::from_millis(300);
        options.limits.connections = 4;
    });
    let held: Vec<_> = (0..4).map(|_| site.connect()).collect();
    assert_eq!(site.get("/events.json").status, 200);
    drop(held);
}

#[test]
fn a_question_that_takes_too_long_is_ended_and_the_next_one_answered() {
    let site = Site::with(|options| options.limits.answer = Duration::ZERO);
    for _ in 0..20 {
        let answer = site.get("/search.json?text=chad");
        assert!(matches!(answer.status, 200 | 503), "{answer:?}");
        if answer.status == 503 {
            assert!(answer.json()["detail"].as_str().is_some_and(|d| d.contains("longer than")));
        }
    }
}

#[test]
fn questions_beyond_what_can_be_answered_wait_for_their_turn() {
    let site = Site::with(|options| options.limits.readers = 1);
    let site = &site;
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..16).map(|_| scope.spawn(|| site.get("/events.json").status)).collect();
        assert!(asked.into_iter().all(|a| a.join().expect("asked") == 200));
    });
}
