//! Folders, patterns, and where each item is from.

use super::*;

#[test]
fn folders_in_a_folder_are_read_too_and_hidden_files_are_not() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("2026/03")).unwrap();
    for name in ["2026/03/b.txt", "2026/a.txt", ".hidden.txt"] {
        fs::write(folder.path().join(name), REPORT).unwrap();
    }
    let ids: Vec<String> =
        path(folder.path().to_owned(), ReadOptions::default()).map(|d| d.unwrap().id).collect();
    assert_eq!(ids, ["b", "a"]);
}

#[test]
fn a_pattern_names_files() {
    let folder = TempDir::new().unwrap();
    for name in ["b.txt", "a.txt", "c.jsonl"] {
        fs::write(folder.path().join(name), r#"{"text":"Norway thanked Iceland."}"#).unwrap();
    }
    let ids = |pattern: &str| -> Vec<String> {
        path(folder.path().join(pattern), ReadOptions::default()).map(|d| d.unwrap().id).collect()
    };
    assert_eq!(ids("*.txt"), ["a-1", "b-1"]);
    assert_eq!(ids("[bc].*"), ["b-1", "c-1"]);
    for (pattern, what) in [("*.warc", "there is no such file"), ("[a.txt", "is no pattern of files")] {
        let error = path(folder.path().join(pattern), ReadOptions::default()).next().unwrap().unwrap_err();
        assert!(error.what.starts_with(what) && !error.hint.is_empty(), "{error}");
    }
}

/// Two files of three items each, the second item of each a fault.
fn two_files() -> (TempDir, Vec<PathBuf>) {
    let folder = TempDir::new().unwrap();
    let lines = |n: usize| {
        format!("{{\"id\":\"{n}-0\",\"text\":\"One.\"}}\nbroken\n{{\"id\":\"{n}-2\",\"text\":\"Three.\"}}\n")
    };
    let files: Vec<PathBuf> = (0..2).map(|n| folder.path().join(format!("{n}.jsonl"))).collect();
    files.iter().enumerate().for_each(|(n, file)| fs::write(file, lines(n)).unwrap());
    (folder, files)
}

#[test]
fn each_item_says_where_it_is_from() {
    let (_folder, files) = two_files();
    let all: Vec<Item> = items(files.clone(), ReadOptions::default()).collect();
    let places: Vec<(usize, u64)> = all
        .iter()
        .map(|item| {
            (
                files.iter().position(|f| f.display().to_string() == item.place.input).unwrap(),
                item.place.number,
            )
        })
        .collect();
    assert_eq!(places, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]);
    assert!(all.iter().all(|item| item.bytes > 0));
}

#[test]
fn reading_goes_on_at_any_place_as_if_it_had_not_stopped() {
    let (_folder, files) = two_files();
    let options = ReadOptions { ids_by_input: true, ..ReadOptions::default() };
    let show = |item: Item| format!("{:?}", item.read(&ReadOptions::default()));
    let places: Vec<Place> = items(files.clone(), options.clone()).map(|item| item.place).collect();
    let all: Vec<String> = items(files.clone(), options.clone()).map(show).collect();
    for (number, place) in places.iter().enumerate() {
        let rest = items(files.clone(), options.clone()).starting_at(place).unwrap();
        assert_eq!(rest.map(show).collect::<Vec<_>>(), all[number..], "{place:?}");
    }
    let gone = Place { input: "gone.jsonl".to_owned(), number: 1 };
    let error = items(files, options).starting_at(&gone).err().unwrap();
    assert_eq!(error.what, "is not among the inputs any more");
}

#[test]
fn what_is_named_twice_is_read_once() {
    let (folder, files) = two_files();
    let found = inputs(&[files[1].clone(), folder.path().to_owned()]);
    let names: Vec<PathBuf> = found.into_iter().map(|i| i.unwrap().path().unwrap().to_owned()).collect();
    assert_eq!(names, [files[1].clone(), files[0].clone()]);
}

#[test]
fn when_an_input_has_become_shorter_nothing_of_the_next_one_is_lost() {
    let (_folder, files) = two_files();
    let options = ReadOptions { ids_by_input: true, ..ReadOptions::default() };
    let name = |n: usize| files[n].display().to_string();
    for (number, first) in [(2, (name(0), 2)), (3, (name(1), 0)), (99, (name(1), 0))] {
        let place = Place { input: name(0), number };
        let mut rest = items(files.clone(), options.clone()).starting_at(&place).unwrap();
        let Place { input, number } = rest.next().unwrap().place;
        assert_eq!((input, number), first);
    }
}
