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
                self::operation(&mut out, &description, &method.to_uppercase(), path, operation);
            }
        }
    }
    Ok(out)
}

fn operation(out: &mut String, description: &Value, method: &str, path: &str, operation: &Value) {
    let _ = write!(out, "\n## {method} {path}\n\n");
    for words in [&operation["summary"], &operation["description"]] {
        if words.is_string() {
            let _ = writeln!(out, "{}\n", text(words));
        }
    }
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<[String; 3]> = parameters.iter().map(|p| parameter(description, p)).collect();
    table(out, ["parameter", "value", "meaning"], &rows);
    if let Some(content) = operation["requestBody"]["content"].as_object() {
        for (media, body) in content {
            let _ = writeln!(out, "Body ({media}):\n");
            table(out, ["field", "value", "meaning"], &fields(description, &body["schema"]));
        }
    }
    let answers: Vec<[String; 3]> = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(code, answer)| {
            let forms = answer["content"].as_object().into_iter().flat_map(|c| c.keys());
            let forms: Vec<String> = forms.map(|form| format!("`{form}`")).collect();
            [code.clone(), forms.join(", "), text(&answer["description"])]
        })
        .collect();
    table(out, ["answer", "form", "meaning"], &answers);
}

fn parameter(description: &Value, parameter: &Value) -> [String; 3] {
    let needed = if parameter["required"] == true { " (required)" } else { "" };
    let name = format!("`{}`{needed}", text(&parameter["name"]));
    [name, kind(description, &parameter["schema"]), text(&parameter["description"])]
}

/// The fields of an object.
fn fields(description: &Value, schema: &Value) -> Vec<[String; 3]> {
    let schema = resolved(description, schema);
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let all = schema["properties"].as_object().into_iter().flatten();
    all.map(|(name, field)| {
        let needed = if required.iter().any(|r| r == name) { " (required)" } else { "" };
        [format!("`{name}`{needed}"), kind(description, field), text(&field["description"])]
    })
    .collect()
}

/// What a schema stands for.
fn resolved<'d>(description: &'d Value, schema: &'d Value) -> &'d Value {
    let pointer = schema["$ref"].as_str().and_then(|r| r.strip_prefix('#'));
    pointer.and_then(|pointer| description.pointer(pointer)).unwrap_or(schema)
}

/// The type of a value, or what it may be.
fn kind(description: &Value, schema: &Value) -> String {
    let schema = resolved(description, schema);
    let list = |values: &[Value], each: &dyn Fn(&Value) -> String| {
        let shown: Vec<String> = values.iter().map(each).filter(|t| !t.is_empty() && t != "null").collect();
        shown.join(", ")
    };
    if let Some(values) = schema["enum"].as_array() {
        return list(values, &|v| format!("`{}`", text(v)));
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(schemas) = schema[several].as_array() {
            return list(schemas, &|s| kind(description, s));
        }
    }
    let name = match &schema["type"] {
        // `null` only says that it may be left out.
        Value::Array(types) => list(types, &text),
        one => text(one),
    };
    if name == "array" { format!("list of {}", kind(description, &schema["items"])) } else { name }
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
            "requestBody": {"content": {"application/json": {"schema": {"required": ["x"], "properties":
                {"x": {"type": "integer", "description": "How many"}}}}}},
            "responses": {"200": {"description": "They", "content": {"text/csv": {}}}}}}},
            "components": {"schemas": {"By": {"enum": ["day", "week"]}}}}"##;
        let page = super::page(description).expect("a page");
        for line in [
            "News.",
            "## GET /events.json",
            "| `by` (required) | `day`, `week` | a \\| b |",
            "| `type` | list of string |  |",
            "| `x` (required) | integer | How many |",
            "| 200 | `text/csv` | They |",
        ] {
            assert!(page.lines().any(|l| l == line), "no {line} in:\n{page}");
        }
        assert!(super::page("{}").is_err());
    }
}
