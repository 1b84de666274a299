//! The reference of the addresses, from the OpenAPI description that the server writes.

use std::fmt::Write as _;

use serde_json::Value;

use crate::run::Result;

/// The page.
pub fn page(description: &str) -> Result<String> {
    let description: Value =
        serde_json::from_str(description).map_err(|e| format!("the description: {e}"))?;
    let paths = description["paths"].as_object().ok_or("the description has no paths")?;
    let mut out = String::from("# Addresses of `tidings serve`\n\n");
    let _ = writeln!(out, "{}\n", text(&description["info"]["description"]));
    out.push_str("This page is made from the [OpenAPI description](openapi.json), which the server has at ");
    out.push_str("`/openapi.json` and `tidings serve --openapi` prints.\n");
    for (path, item) in paths {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if operation["responses"].is_object() {
                self::operation(&mut out, &method.to_uppercase(), path, operation);
            }
        }
    }
    out.push_str("\n## Objects\n");
    for (name, schema) in description["components"]["schemas"].as_object().into_iter().flatten() {
        let _ = write!(out, "\n### {name}\n\n");
        if schema["description"].is_string() {
            let _ = writeln!(out, "{}\n", text(&schema["description"]));
        }
        let values = kind(schema);
        if schema["properties"].is_object() {
            table(&mut out, ["field", "value", "meaning"], &fields(schema));
        } else if !values.is_empty() {
            let _ = writeln!(out, "{values}\n");
        }
    }
    Ok(out)
}

fn operation(out: &mut String, method: &str, path: &str, operation: &Value) {
    let _ = write!(out, "\n## {method} {path}\n\n");
    for words in [&operation["summary"], &operation["description"]] {
        if words.is_string() {
            let _ = writeln!(out, "{}\n", text(words));
        }
    }
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<[String; 3]> = parameters.iter().map(parameter).collect();
    table(out, ["parameter", "value", "meaning"], &rows);
    for (media, body) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ = writeln!(out, "Body ({media}): {}\n", kind(&body["schema"]));
    }
    let answers: Vec<[String; 3]> = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(code, answer)| {
            let content: Vec<(&String, &Value)> =
                answer["content"].as_object().into_iter().flatten().collect();
            let forms: Vec<String> = content.iter().map(|(form, _)| format!("`{form}`")).collect();
            let what = content.first().map(|(_, body)| kind(&body["schema"])).unwrap_or_default();
            [
                code.clone(),
                forms.join(", "),
                format!("{} {what}", text(&answer["description"])).trim().to_owned(),
            ]
        })
        .collect();
    table(out, ["answer", "form", "meaning"], &answers);
}

fn parameter(parameter: &Value) -> [String; 3] {
    let needed = if parameter["required"] == true { " (required)" } else { "" };
    let name = format!("`{}`{needed}", text(&parameter["name"]));
    [name, kind(&parameter["schema"]), text(&parameter["description"])]
}

/// The fields of an object.
fn fields(schema: &Value) -> Vec<[String; 3]> {
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let all = schema["properties"].as_object().into_iter().flatten();
    all.map(|(name, field)| {
        let needed = if required.iter().any(|r| r == name) { " (required)" } else { "" };
        [format!("`{name}`{needed}"), kind(field), text(&field["description"])]
    })
    .collect()
}

/// The type of a value, or what it may be.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    let list = |values: &[Value], each: &dyn Fn(&Value) -> String| {
        let shown: Vec<String> = values.iter().map(each).filter(|t| !t.is_empty() && t != "null").collect();
        shown.join(", ")
    };
    if let Some(values) = schema["enum"].as_array() {
        return list(values, &|v| format!("`{}`", text(v)));
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(schemas) = schema[several].as_array() {
            return list(schemas, &kind);
        }
    }
    let name = match &schema["type"] {
        // `null` only says that it may be left out.
        Value::Array(types) => list(types, &text),
        one => text(one),
    };
    if name == "array" { format!("list of {}", kind(&schema["items"])) } else { name }
}

fn table(out: &mut String, head: [&str; 3], rows: &[[String; 3]]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "| {} |\n|---|---|---|", head.join(" | "));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.each_ref().map(|cell| cell.replace('|', "\\|")).join(" | "));
    }
    out.push('\n');
}

/// On one line; what is no text is none.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_address_has_its_parameters_and_answers() {
        let description = r##"{"info": {"description": "News."}, "paths": {"/events.json": {"get": {
            "summary": "Events", "parameters": [
                {"name": "by", "required": true, "description": "a | b", "schema": {"$ref": "#/components/schemas/By"}},
                {"name": "type", "schema": {"type": ["array", "null"], "items": {"type": "string"}}}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}},
            "responses": {"200": {"description": "They", "content": {"text/csv": {}}}}}}},
            "components": {"schemas": {"By": {"enum": ["day", "week"]}, "New": {"required": ["x"], "properties":
                {"x": {"type": "integer", "description": "How many"}}}}}}"##;
        let page = super::page(description).expect("a page");
        for line in [
            "News.",
            "## GET /events.json",
            "| `by` (required) | [By](#by) | a \\| b |",
            "Body (application/json): [New](#new)",
            "`day`, `week`",
            "| `type` | list of string |  |",
            "| `x` (required) | integer | How many |",
            "| 200 | `text/csv` | They |",
        ] {
            assert!(page.lines().any(|l| l == line), "no {line} in:\n{page}");
        }
        assert!(super::page("{}").is_err());
    }
}
