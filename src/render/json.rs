//! YAML as JSON, for documents that are written in both: one template is enough.

use serde_json::Serializer;
use serde_yaml::options;
use tera::{Kwargs, State};

/// The same values in the same order, as indented JSON.
///
/// # Errors
///
/// Where the text is not one YAML document, with the place in it.
pub fn from_yaml(yaml: &str, _: Kwargs, _: &State) -> Result<String, tera::Error> {
    let mut output = Vec::new();
    // What a template yields is as large as the catalogue is.
    let options = options! { strict_booleans: true, budget: None };
    serde_yaml::with_deserializer_from_str_with_options(yaml, options, |yaml| {
        let mut json = Serializer::pretty(&mut output);
        serde_transcode::transcode(yaml, &mut json).map_err(serde::de::Error::custom)
    })
    .map_err(|error| tera::Error::message(error.without_snippet()))?;
    output.push(b'\n');
    String::from_utf8(output).map_err(tera::Error::message)
}
