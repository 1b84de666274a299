//! A batch of articles in, a batch of events out: columns, types, and what becomes of articles that cannot be coded.

use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{
    Array, ArrayRef, Date32Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray,
};
use arrow_schema::DataType;
use tidings::Engine;
use tidings_batches::{Coder, Subject};

static ENGINE: LazyLock<Arc<Engine>> =
    LazyLock::new(|| Arc::new(Engine::new().expect("the embedded model loads")));

fn coder() -> Coder {
    Coder::new(ENGINE.clone()).expect("a coder")
}

fn batch<const N: usize>(columns: [(&str, ArrayRef); N]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true)))
        .expect("a batch")
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

/// The cells of a text column; missing is "-".
fn column(batch: &RecordBatch, name: &str) -> Vec<String> {
    let column = batch.column_by_name(name).unwrap_or_else(|| panic!("a column {name}")).as_string::<i32>();
    column.iter().map(|cell| cell.unwrap_or("-").to_owned()).collect()
}

const CHARGE: &str = "Norway condemned Denmark on Monday.";
const GERMAN: &str = "Der norwegische Außenminister dankte am Montag seinem Amtskollegen in Reykjavik und sagte, die \
    Boote würden noch vor dem Winter zurückgeschickt. Die Fischer protestierten gegen den Beschluss der Regierung.";

#[test]
fn each_event_is_a_row_with_the_id_of_its_article() {
    let articles = batch([
        ("id", texts(&["a", "b", "c"])),
        ("text", texts(&[CHARGE, "It rained.", "Iceland thanked Norway. Norway thanked Iceland."])),
    ]);
    let events = coder().code(&articles).expect("coded");
    assert_eq!(column(&events, "document_id"), ["a", "c", "c"]);
    assert_eq!(column(&events, "source"), ["Norway", "Iceland", "Norway"]);
    assert_eq!(column(&events, "event_type")[0], "ACCUSE");
    assert_eq!(column(&events, "error"), ["-", "-", "-"]);
}

#[test]
fn texts_of_any_arrow_type_give_the_same_events() {
    let plain = coder().code(&batch([("text", texts(&[CHARGE]))])).expect("coded");
    let others: [ArrayRef; 3] = [
        Arc::new(LargeStringArray::from_iter_values([CHARGE])),
        Arc::new(StringViewArray::from_iter_values([CHARGE])),
        Arc::new(
            [CHARGE].into_iter().collect::<arrow_array::DictionaryArray<arrow_array::types::Int32Type>>(),
        ),
    ];
    for other in others {
        assert_eq!(coder().code(&batch([("text", other)])).expect("coded"), plain);
    }
}

#[test]
fn the_day_of_publication_may_be_text_a_day_or_a_time() {
    // 2016-08-11 was a Thursday: Monday before it was the 8th.
    let days: [ArrayRef; 3] = [
        texts(&["11 August 2016"]),
        Arc::new(Date32Array::from(vec![17_024])),
        Arc::new(TimestampMicrosecondArray::from(vec![17_024 * 86_400_000_000 + 3_600_000_000])),
    ];
    for day in days {
        let events = coder().code(&batch([("text", texts(&[CHARGE])), ("date", day)])).expect("coded");
        assert_eq!(column(&events, "event_date"), ["2016-08-08"]);
        let published = events.column_by_name("published").expect("a column").as_primitive::<Date32Type>();
        assert_eq!(published.value(0), 17_024);
    }
}

#[test]
fn an_article_that_cannot_be_coded_is_a_row_with_its_error_and_the_others_are_coded() {
    let text: ArrayRef = Arc::new(StringArray::from(vec![None, Some(GERMAN), Some(""), Some(CHARGE)]));
    let articles = batch([("id", texts(&["none", "german", "empty", "good"])), ("text", text)]);
    let events = coder().code(&articles).expect("coded");
    let errors = column(&events, "error");
    assert_eq!(errors.len(), 4);
    assert!(errors[0].contains("none: the text is missing"), "{errors:?}");
    assert!(errors[1].contains("'de'") && errors[2].contains("no text"), "{errors:?}");
    assert_eq!(errors[3], "-");
    assert_eq!(column(&events, "source"), ["-", "-", "-", "Norway"]);
    assert_eq!(column(&events, "document_id")[1..], ["german", "empty", "good"]);
}

#[test]
fn what_the_input_says_of_the_language_is_heard_where_the_words_are_too_few_to_tell() {
    let articles = batch([("text", texts(&[CHARGE, CHARGE])), ("language", texts(&["nb-NO", "en-GB"]))]);
    let events = coder().code(&articles).expect("coded");
    assert!(column(&events, "error")[0].contains("'nb'"));
    assert_eq!(column(&events, "source"), ["-", "Norway"]);
}

#[test]
fn columns_may_have_other_names_and_a_missing_one_is_told_with_those_there() {
    let articles = batch([("body", texts(&[CHARGE]))]);
    let told = coder().code(&articles).expect_err("no text").to_string();
    assert!(told.contains("no column `text`") && told.contains("hint: the columns are: body"), "{told}");
    let renamed = coder().reading("text", "body").expect("a role");
    assert_eq!(renamed.code(&articles).expect("coded").num_rows(), 1);
    assert!(coder().reading("headline", "body").expect_err("no role").to_string().contains("title"));
    let absent = coder().reading("text", "body").and_then(|c| c.reading("date", "day")).expect("roles");
    assert!(absent.code(&articles).expect_err("no day").to_string().contains("`day`"));
}

#[test]
fn a_column_of_the_wrong_type_is_an_error_that_names_it() {
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let told = coder().code(&batch([("text", numbers.clone())])).expect_err("numbers").to_string();
    assert!(
        told.contains("`text`") && told.contains("Int64") && told.contains("hint: it must be text"),
        "{told}"
    );
    let numbered = batch([("id", numbers), ("text", texts(&[CHARGE]))]);
    assert_eq!(column(&coder().code(&numbered).expect("coded"), "document_id"), ["1"]);
}

#[test]
fn an_empty_batch_gives_an_empty_batch_with_all_columns() {
    let events = coder().code(&batch([("text", texts(&[]))])).expect("coded");
    assert_eq!(events.num_rows(), 0);
    assert_eq!(events.schema(), coder().schema());
}

#[test]
fn every_table_has_types_that_spark_reads() {
    for subject in [Subject::Events, Subject::Documents, Subject::Quotes, Subject::Commitments] {
        let coder = coder().about(subject).expect("a table");
        for field in coder.schema().fields() {
            let plain =
                [DataType::Utf8, DataType::Int64, DataType::Float64, DataType::Boolean, DataType::Date32];
            assert!(plain.contains(field.data_type()), "{field}");
        }
        assert!(coder.schema().column_with_name("error").is_some());
    }
    assert!(coder().about(Subject::Errors).is_err());
}

#[test]
fn every_table_can_be_asked_for() {
    let text = "Norway must withdraw its boats under the 1976 treaty, Iceland's foreign minister said on Monday. \
                \"We will not accept any further delay by our neighbours,\" she said in Reykjavik.";
    let articles = batch([("id", texts(&["a"])), ("text", texts(&[text]))]);
    let rows = |subject| coder().about(subject).and_then(|c| c.code(&articles)).expect("coded");
    let documents = rows(Subject::Documents);
    assert_eq!(column(&documents, "document_id"), ["a"]);
    assert_eq!(documents.column_by_name("n_chars").expect("a column").len(), 1);
    let quotes = rows(Subject::Quotes);
    assert!(column(&quotes, "text")[0].starts_with("We will not accept"), "{quotes:?}");
    assert!(rows(Subject::Commitments).num_rows() <= 1);
}

#[test]
fn the_same_batch_gives_the_same_batch_however_it_is_cut() {
    let articles = batch([("text", texts(&[CHARGE, GERMAN, "Iceland thanked Norway."]))]);
    let whole = coder().code(&articles).expect("coded");
    let parts: Vec<RecordBatch> =
        (0..3).map(|row| coder().code(&articles.slice(row, 1)).expect("coded")).collect();
    let joined = arrow_select::concat::concat_batches(&coder().schema(), &parts).expect("joined");
    assert_eq!(joined, whole);
}
