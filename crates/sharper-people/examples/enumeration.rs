//! How long a wrong sign-in and a forgotten password take, for an address with an account and for one without: medians
//! and tenth percentiles over so many trials of each, in the order of chance. `cargo run --release -p sharper-people --example enumeration`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it measures, and says what it saw")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use sharper_domain::{Clock, Secret, Timestamp};
use sharper_people::{NewAccount, People, PeopleSettings, SignInForm};
use sharper_post::{Post, PostSettings};
use sharper_store::{Store, StoreSettings};

const TRIALS: usize = 500;
const KNOWN: &str = "ada@example.org";
const UNKNOWN: &str = "eve@example.org";

/// Each look at it is a minute later, so that the throttle never says no.
struct Leaping(AtomicI64);

impl Clock for Leaping {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(60, Ordering::Relaxed)).unwrap()
    }
}

/// The median and the tenth percentile, which other work on the machine reaches less, in milliseconds.
fn middle_and_low(mut times: Vec<Duration>) -> [f64; 2] {
    times.sort_unstable();
    [times.len() / 2, times.len() / 10].map(|place| times[place].as_secs_f64() * 1000.0)
}

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join(format!("enumeration-{}", std::process::id()));
    let settings = StoreSettings { data_dir: folder.clone(), ..StoreSettings::default() };
    let store = Store::open(&settings).await.unwrap();
    let (post, _delivery) = Post::new(&PostSettings::default()).unwrap();
    let clock = Arc::new(Leaping(AtomicI64::new(1_790_000_000)));
    let people = People::new(PeopleSettings::default(), store, clock, post).await.unwrap();
    let new = NewAccount {
        email: KNOWN.to_owned(),
        password: Secret::exact("lighthouse-mango-47"),
        under_13: false,
        guardian_email: None,
        device: String::new(),
        address: String::new(),
    };
    people.register(new).await.unwrap();
    let (mut sign_in, mut reset) = ([vec![], vec![]], [vec![], vec![]]);
    for _ in 0..2 * TRIALS {
        // By chance and not by turns, so that nothing that comes in turns is taken for a difference.
        let n = usize::from(uuid::Uuid::new_v4().as_bytes()[0] & 1);
        let email = [KNOWN, UNKNOWN][n];
        let began = Instant::now();
        let form = SignInForm { email, password: "another-mango-47", device: "", address: "" };
        people.sign_in(form).await.unwrap_err();
        sign_in[n].push(began.elapsed());
    }
    for _ in 0..2 * TRIALS {
        let n = usize::from(uuid::Uuid::new_v4().as_bytes()[0] & 1);
        let email = [KNOWN, UNKNOWN][n];
        let began = Instant::now();
        people.ask_reset(email, "").await.unwrap();
        reset[n].push(began.elapsed());
    }
    for (what, [known, unknown]) in [("wrong sign-in", sign_in), ("forgotten password", reset)] {
        let (known, unknown) = (middle_and_low(known), middle_and_low(unknown));
        println!("{what}, median and tenth percentile in ms: known {known:.3?}, unknown {unknown:.3?}");
    }
    let _ = std::fs::remove_dir_all(folder);
}
