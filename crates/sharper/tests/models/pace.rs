//! While the model writes: an item is with the student long before the answer ends, and the house adds hardly anything
//! to the model's own time. The times are printed; only the order of things is asserted.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sharper_domain::TaskKind;
use sharper_llm::testing::Act;

use crate::house::{CELLS, House, Setup, end, make, request};
use crate::wire::{Asked, answer, ending, passes, pieces};
use crate::writer::Writer;

/// How long the model rests after each card. So few and long pauses that a timer's own lateness is small beside them.
const REST: Duration = Duration::from_millis(250);
/// Cards that are asked for.
const CARDS: u32 = 6;

/// When the model begins to answer each call.
type Begun = Arc<Mutex<Vec<Instant>>>;

/// A stream that rests after each object.
fn resting(asked: &Asked, text: &str) -> Act {
    let items = text.split_inclusive("},").fold(Act::stream_head(), |act, item| {
        let act = pieces(item).iter().fold(act, |act, piece| act.delta(piece));
        act.pause(REST)
    });
    ending(items, asked, text)
}

#[test]
fn an_item_is_with_the_student_long_before_the_model_has_written_the_last() {
    let writer = Writer::of(CELLS);
    let begun: Begun = Arc::default();
    let model = Arc::clone(&begun);
    let house = House::with(&Setup::default(), move |asked| {
        let act = if asked.is_judging() {
            answer(asked, &passes(asked))
        } else {
            resting(asked, &writer.write(asked))
        };
        model.lock().unwrap().push(Instant::now());
        act
    });
    let client = house.client();
    let posted = Instant::now();
    let body = request(TaskKind::FlashcardGeneration, "ana", "From my notes, please.", CELLS);
    let accepted = client.post("/api/ai/process-stream", &body).expect_status(200).json();
    let mut shown: Vec<Instant> = Vec::new();
    let mut ended = None;
    for event in client.stream(accepted["stream_url"].as_str().unwrap(), None) {
        match event.json()["type"].as_str() {
            Some("item") => shown.push(Instant::now()),
            Some("complete") => ended = Some(Instant::now()),
            _ => {}
        }
    }
    let begun = begun.lock().unwrap();
    let ended = ended.expect("it completes");
    assert_eq!((shown.len(), begun.len()), (CARDS as usize, 2));
    let rests = REST * CARDS;
    println!("first card, from the model's first byte: {:?}", shown[0] - begun[0]);
    let each: Vec<Duration> =
        (0..CARDS).map(|card| (shown[card as usize] - begun[0]).saturating_sub(REST * card)).collect();
    println!("each card, after it was written (the timer's lateness is in it): {each:?}");
    println!("from the post to the model's first byte: {:?}", begun[0] - posted);
    println!(
        "from the author's end to the judge's first byte: {:?}",
        (begun[1] - begun[0]).saturating_sub(rests)
    );
    println!("from the judge's first byte to the end: {:?}", ended - begun[1]);
    println!("in all, beside the model's rests of {rests:?}: {:?}", (ended - posted).saturating_sub(rests));
    assert!(shown[0] < begun[0] + rests, "the first is shown before the answer ends");
    assert!(
        shown[0] < begun[1] && shown[CARDS as usize - 1] < begun[1],
        "all are shown before they are judged"
    );
}

#[test]
fn beside_the_model_the_house_takes_hardly_any_time() {
    let house = House::good();
    let mut took: Vec<Duration> = (0..12)
        .map(|number| {
            let begun = Instant::now();
            let body = request(TaskKind::FlashcardGeneration, &format!("user-{number}"), "Please.", CELLS);
            let end = end(&make(&house.client(), &body));
            assert_eq!(end["metadata"]["model_calls"], 2, "{end}");
            begun.elapsed()
        })
        .collect();
    took.sort();
    println!(
        "a set of a model that takes no time, from the post to its end: median {:?}, all {took:?}",
        took[6]
    );
}
