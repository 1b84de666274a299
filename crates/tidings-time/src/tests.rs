//! The examples of the table of forms, and what depends on more than one form.

use jiff::civil::Date;
use tidings_text::Span;

use crate::{Timex, TimexKind, lexicon, publication, testing, timexes};

/// Wednesday, 18 March 2026.
fn published() -> Option<Date> {
    "2026-03-18".parse().ok()
}

fn found(text: &str, reference: Option<Date>) -> Vec<Timex> {
    timexes(text, &testing::sentences(text), reference)
}

/// `words = value = interval` of each expression.
fn lines(text: &str, reference: Option<Date>) -> Vec<String> {
    let line = |t: &Timex| {
        let interval = t.interval().unwrap_or_else(|| "-".to_owned());
        format!("{} = {} = {interval}", t.span.of(text), t.value)
    };
    found(text, reference).iter().map(line).collect()
}

#[test]
fn every_form_means_what_its_row_says() {
    let mut wrong = Vec::new();
    for cells in lexicon::rows(include_str!("../../../data/time/patterns.tsv")).skip(1) {
        let [pattern, rule, example, value, interval] = cells.as_slice() else {
            panic!("{cells:?} has not five cells");
        };
        let text = example.replace(['[', ']'], "");
        let got = lines(&text, published());
        match example.split_once('[').and_then(|(_, rest)| rest.split_once(']')) {
            Some((words, _)) => {
                let expected = format!("{words} = {value} = {interval}");
                if !got.contains(&expected) {
                    wrong.push(format!("{pattern} ({rule})\n  expected {expected}\n  found    {got:?}"));
                }
            }
            None if got.is_empty() => {}
            None => wrong.push(format!("{pattern} ({rule})\n  expected nothing\n  found    {got:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// text | expressions with value and interval; the tense decides, neighbours join, names are no dates.
const IN_CONTEXT: &[(&str, &[&str])] = &[
    // Tense.
    ("The council will vote on Friday.", &["Friday = 2026-03-20 = 2026-03-20"]),
    ("The council voted on Friday.", &["Friday = 2026-03-13 = 2026-03-13"]),
    ("The council will vote on Wednesday.", &["Wednesday = 2026-03-18 = 2026-03-18"]),
    ("The council would meet next Wednesday.", &["next Wednesday = 2026-03-25 = 2026-03-25"]),
    ("The council will vote in May.", &["May = 2026-05 = 2026-05"]),
    ("The council voted in May.", &["May = 2025-05 = 2025-05"]),
    ("The council will vote on 10 January.", &["10 January = 2027-01-10 = 2027-01-10"]),
    ("The fleet will return this summer.", &["this summer = 2026-SU = 2026-06/2026-08"]),
    ("The envoys will meet at the weekend.", &["the weekend = 2026-W12-WE = 2026-03-21/2026-03-22"]),
    ("The council meets on Friday.", &["Friday = 2026-03-20 = 2026-03-20"]),
    ("Council meets on Friday", &["Friday = 2026-03-13 = 2026-03-13"]),
    // The weekday settles the year.
    ("The council voted on Sunday, 5 May.", &["Sunday, 5 May = 2024-05-05 = 2024-05-05"]),
    // Joined.
    ("Shells fell at 5 p.m. on Tuesday.", &["5 p.m. on Tuesday = 2026-03-17T17:00 = 2026-03-17"]),
    ("Shells fell on Tuesday at 17:30.", &["Tuesday at 17:30 = 2026-03-17T17:30 = 2026-03-17"]),
    (
        "Shells fell on March 3, 2026, at 5 p.m.",
        &["March 3, 2026, at 5 p.m. = 2026-03-03T17:00 = 2026-03-03"],
    ),
    (
        "Shells fell on Monday and police left at noon.",
        &["Monday = 2026-03-16 = 2026-03-16", "noon = 2026-03-16T12:00 = 2026-03-16"],
    ),
    // Ranges.
    (
        "The camp was full from May to July 2024.",
        &["May = 2025-05 = 2024-05/2024-07", "July 2024 = 2024-07 = 2024-05/2024-07"],
    ),
    (
        "Two envoys held office between 2011 and 2013.",
        &["2011 = 2011 = 2011/2013", "2013 = 2013 = 2011/2013"],
    ),
    ("The border was closed in 2011-2013.", &["2011 = 2011 = 2011/2013", "2013 = 2013 = 2011/2013"]),
    (
        "The camp was full from November to January.",
        &["November = 2025-11 = 2025-11/2026-01", "January = 2026-01 = 2025-11/2026-01"],
    ),
    (
        "The council sat from Thursday to Monday.",
        &["Thursday = 2026-03-12 = 2026-03-12/2026-03-16", "Monday = 2026-03-16 = 2026-03-12/2026-03-16"],
    ),
    // Up to now.
    ("Clashes have spread since 2011.", &["2011 = 2011 = 2011-01-01/2026-03-18"]),
    ("Clashes have spread since Monday.", &["Monday = 2026-03-16 = 2026-03-16/2026-03-18"]),
    ("Clashes have spread since last October.", &["last October = 2025-10 = 2025-10-01/2026-03-18"]),
    ("The general has ruled for 18 years.", &["18 years = P18Y = 2008-03-18/2026-03-18"]),
    // From what was told before, over the end of a sentence.
    (
        "Troops left on 3 March. Police left a week later.",
        &["3 March = 2026-03-03 = 2026-03-03", "a week later = 2026-W11 = 2026-03-09/2026-03-15"],
    ),
    (
        "Shells struck the port on Monday, a day after talks began.",
        &["Monday = 2026-03-16 = 2026-03-16", "a day = P1D = -"],
    ),
    (
        "Talks began on Monday. A day earlier, shells struck the port.",
        &["Monday = 2026-03-16 = 2026-03-16", "A day earlier = 2026-03-15 = 2026-03-15"],
    ),
    (
        "The pact of 2019 lapsed. Two years later the port was shelled.",
        &["2019 = 2019 = 2019", "Two years later = 2021 = 2021"],
    ),
    ("A day earlier, shells struck the port.", &["A day earlier = 2026-03-17 = 2026-03-17"]),
    ("Two days later, shells struck the port.", &["Two days later = FUTURE_REF = -"]),
    (
        "Talks began in November. Three weeks later the border was closed.",
        &["November = 2025-11 = 2025-11", "Three weeks later = FUTURE_REF = 2025-11-17/2025-12-21"],
    ),
    (
        "The council met on Wednesday. Three weeks later the border was closed.",
        &["Wednesday = 2026-03-18 = 2026-03-18", "Three weeks later = FUTURE_REF = -"],
    ),
    // Rough numbers.
    (
        "About three weeks ago, shells struck the port.",
        &["About three weeks ago = 2026-W09 = 2026-02-23/2026-03-01"],
    ),
    ("More than ten years ago, shells struck the port.", &["More than ten years ago = 2016 = 2016"]),
    ("A few days ago, shells struck the port.", &["A few days ago = PAST_REF = 2026-03-15"]),
    ("Two or three years ago, the border was closed.", &["Two or three years ago = 2023 = 2023"]),
    (
        "Twenty-five miners died in the last couple of weeks.",
        &["the last couple of weeks = P2W = 2026-03-04/2026-03-18"],
    ),
    ("The dam fell 500 million years ago.", &["500 million years ago = PAST_REF = -"]),
    // Names of months and figures that are none.
    ("Rebels may return.", &[]),
    ("Protesters planned to march in the capital.", &[]),
    ("Rebels left March 4.", &["March 4 = 2026-03-04 = 2026-03-04"]),
    ("Some 2000 people left.", &[]),
    ("The army lost 1950 soldiers.", &[]),
    ("Aid of $2015 was held back.", &[]),
    ("The 2015 accord lapsed.", &["2015 = 2015 = 2015"]),
    ("He came second in the vote.", &[]),
    ("A quarter of the voters left.", &[]),
    ("Prices fell in the fall of 2024.", &["the fall of 2024 = 2024-FA = 2024-09/2024-11"]),
    ("It was the day after the attack.", &["the day = XXXX-XX-XX = -"]),
    ("The convoy left on February 30.", &[]),
    // Feasts.
    ("The truce will hold until Christmas Day.", &["Christmas Day = 2026-12-25 = 2026-12-25"]),
    ("Fighting stopped during Ramadan.", &["Ramadan = XXXX-XX-XX = -"]),
];

#[test]
fn context_decides() {
    let wrong: Vec<String> = IN_CONTEXT
        .iter()
        .filter(|(text, expected)| lines(text, published()) != *expected)
        .map(|(text, expected)| {
            format!("{text}\n  expected {expected:?}\n  found    {:?}", lines(text, published()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Without a day of publication nothing is guessed.
const WITHOUT_REFERENCE: &[(&str, &str)] = &[
    ("Rebels left on Thursday.", "Thursday = XXXX-WXX-4 = -"),
    ("Rebels left yesterday.", "yesterday = XXXX-XX-XX = -"),
    ("Rebels left last month.", "last month = XXXX-XX = -"),
    ("Rebels left on 9 August.", "9 August = XXXX-08-09 = -"),
    ("Rebels left in August.", "August = XXXX-08 = -"),
    ("Rebels left three days ago.", "three days ago = PAST_REF = -"),
    ("Rebels left last spring.", "last spring = XXXX-SP = -"),
    ("Rebels left earlier this week.", "earlier this week = XXXX-WXX = -"),
    ("Rebels left a day earlier.", "a day earlier = PAST_REF = -"),
    ("Miners died in the last two years.", "the last two years = P2Y = -"),
    ("Clashes have spread since 2011.", "2011 = 2011 = 2011"),
    ("Rebels left on 9 August 2024.", "9 August 2024 = 2024-08-09 = 2024-08-09"),
];

#[test]
fn without_a_day_of_publication_nothing_is_guessed() {
    for (text, expected) in WITHOUT_REFERENCE {
        assert_eq!(lines(text, None), [*expected], "{text}");
    }
}

#[test]
fn expressions_stand_in_order_and_never_overlap() {
    let text = "From Monday to Friday 5 June 2025, late in May last year and at 5 p.m. on Tuesday, 3 March, rebels left.";
    let found = found(text, published());
    assert!(found.len() >= 3);
    assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{found:#?}");
}

#[test]
fn odd_input_is_no_panic() {
    for text in [
        "",
        "99999999999999999999 years ago",
        "99999999 centuries ago",
        "31/31/2020",
        "Q9 25:99 1.5s 's",
        "mid-",
        "May",
    ] {
        let _ = lines(text, published());
        let _ = lines(text, Some(Date::MAX));
        let _ = lines(text, Some(Date::MIN));
    }
}

#[test]
fn kinds_are_told_apart() {
    let kind = |text| found(text, published()).first().map(|t| t.kind);
    assert_eq!(kind("Rebels left on Monday."), Some(TimexKind::Date));
    assert_eq!(kind("Rebels left on Monday night."), Some(TimexKind::Time));
    assert_eq!(kind("The siege lasted three months."), Some(TimexKind::Duration));
    assert_eq!(kind("The panel meets every week."), Some(TimexKind::Set));
}

fn inferred(text: &str, caption: &str) -> Option<(String, String)> {
    let start = text.find(caption).unwrap_or(0);
    let captions = [Span::new(start, start + caption.len())];
    let publication = publication::infer(text, &testing::sentences(text), &captions)?;
    Some((publication.date.to_string(), publication.explanation))
}

#[test]
fn a_caption_and_a_later_weekday_give_the_day_of_publication() {
    let caption = "Farmers blocked the bridge on Monday, 2 February 2026.";
    let text =
        format!("{caption}\n\nThe farmers left on Monday. The minister said on Wednesday that talks failed.");
    let (date, explanation) = inferred(&text, caption).unwrap();
    assert_eq!(date, "2026-02-04");
    assert!(explanation.contains("a caption gives Monday 2026-02-02"), "{explanation}");
    assert!(explanation.contains("Wednesday"), "{explanation}");
}

#[test]
fn days_to_come_do_not_date_a_report() {
    let caption = "Farmers blocked the bridge on 2 February 2026.";
    let text = format!(
        "{caption}\n\nThe farmers left on Tuesday. The council will vote on Thursday, 12 March 2026."
    );
    assert_eq!(inferred(&text, caption).unwrap().0, "2026-02-03");
}

#[test]
fn without_weekdays_the_latest_date_told_stands() {
    let text = "The bank failed on 5 May 2025. Its chairman resigned on 9 June 2025 and talks failed.";
    assert_eq!(inferred(text, "").unwrap().0, "2025-06-09");
}

#[test]
fn history_dates_no_report() {
    assert_eq!(inferred("The port was shelled on 5 May 1999. The pact of 2014 lapsed.", ""), None);
    assert_eq!(inferred("The port was shelled on Monday.", ""), None);
}
