//! The XML of PETRARCH.

use super::*;

#[test]
fn sentences_of_petrarch_are_reports() {
    let xml = "<?xml version='1.0' encoding='utf-8'?>\n<Sentences>\n<!-- ours -->\n\
        <Sentence date = \"20260303\" id =\"s1\" source = \"Delta Post\" sentence = \"True\">\n<Text>\nNorway thanked Iceland \n\
        &amp; Peru&#39;s   crews.\n</Text>\n<Parse>\n(ROOT (S (NP <&)))\n</Parse>\n</Sentence>\n\
        <Sentence date=\"20260304\" id=\"s2\"><Text><![CDATA[Iceland <thanked> Norway.]]></Text></Sentence></Sentences>";
    for (name, content) in
        [("a.xml", xml.as_bytes().to_vec()), ("a.xml.gz", gzip(xml)), ("a", xml.as_bytes().to_vec())]
    {
        let read: Vec<Document> = read(name, content).into_iter().map(Result::unwrap).collect();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].id, "s1");
        assert_eq!(read[0].text, "Norway thanked Iceland & Peru's crews.");
        assert_eq!(read[0].outlet.as_deref(), Some("Delta Post"));
        assert_eq!(read[0].publication.as_ref().unwrap().date.to_string(), "2026-03-03");
        assert_eq!(read[0].extra["sentence"], "True");
        assert_eq!((read[1].id.as_str(), read[1].text.as_str()), ("s2", "Iceland <thanked> Norway."));
    }
}

#[test]
fn elements_that_are_closed_too_early_do_no_harm() {
    let xml = "<Validation>\n####\n# Notes & remarks\n####\n<Environment></Environment>\n<Sentences>\n\
        <Sentence date=\"20260303\" id=\"s1\" evaluate=\"true\"/>\n<EventCoding noevents=\"True\" />\n<Text>\n\
        Norway thanked Iceland.\n</Text>\n<Sentence date=\"20260304\" id=\"s2\"/>\n<Text>\nTwo.\n</Text>\n</Validation>";
    let read: Vec<Document> = read("a.xml", xml).into_iter().map(Result::unwrap).collect();
    let told: Vec<(&str, &str)> = read.iter().map(|d| (d.id.as_str(), d.text.as_str())).collect();
    assert_eq!(told, [("s1", "Norway thanked Iceland."), ("s2", "Two.")]);
}

#[test]
fn sentences_in_an_encoding_of_old_and_cut_off_are_read_as_far_as_they_go() {
    let xml = b"<?xml version='1.0' encoding='ISO-8859-1'?><Sentences><Sentence id='1'><Text>The caf\xe9.</Text></Sentence><Sentence id='2'><Text>Two is cut";
    let read = read("a.xml", xml);
    assert_eq!(read[0].as_ref().unwrap().text, "The café.");
    assert_eq!(read[1].as_ref().unwrap().text, "Two is cut");
    assert_eq!(codes(&one("a.xml", "<Sentences>\n</Sentences>")), ["empty"]);
}

#[test]
fn a_text_that_never_ends_does_not_fill_the_memory() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.xml");
    fs::write(&file, format!("<Sentence id='1'><Text>{}", "Norway thanked. ".repeat(200_000))).unwrap();
    let options = ReadOptions { largest: 10_000, ..ReadOptions::default() };
    let error = path(file, options).next().unwrap().unwrap_err();
    assert!(error.what.contains("an element is longer than 10000 bytes"), "{error}");
}

#[test]
fn entities_that_multiply_are_not_followed() {
    let xml = "<!DOCTYPE x [<!ENTITY a \"Norway\"><!ENTITY b \"&a;&a;&a;\">]><Sentence id='1'><Text>&b; thanked Iceland.</Text></Sentence>";
    assert_eq!(one("a.xml", xml).text, "&b; thanked Iceland.");
}
