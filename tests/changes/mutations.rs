//! Changes of a catalogue, at least one for each rule.

#![allow(
    clippy::unnecessary_wraps,
    reason = "all changes have the same form, whether they may have nothing to change"
)]

use serde_json::{Value, json};

use super::catalogue::code;
use super::random::Random;

/// A change of a catalogue.
pub struct Mutation {
    /// The rule that it comes under.
    pub rule: &'static str,
    /// Others that it may come under as well, because of what it takes.
    also: &'static [&'static str],
    /// Changes the catalogue, unless there is nothing to change.
    apply: fn(&mut Edit) -> Option<()>,
}

/// The rules that none of these changes comes under, each with the reason.
pub const WITHOUT: [(&str, &str); 2] = [
    (
        "C116",
        "only an error that was never released can be withdrawn, and no ledger has it",
    ),
    ("C324", "a new errgen brings it, not another catalogue"),
];

/// A catalogue that is changed.
pub struct Edit<'a> {
    pub catalogue: &'a mut Value,
    pub random: &'a mut Random,
    /// The codes of the errors that have been changed.
    pub touched: Vec<Value>,
}

impl Mutation {
    /// Changes a catalogue. False if there is nothing to change.
    pub fn apply(&self, edit: &mut Edit) -> bool {
        (self.apply)(edit).is_some()
    }

    pub fn expects(&self, rule: &str) -> bool {
        self.rule == rule || self.also.contains(&rule)
    }
}

macro_rules! mutations {
    ($($rule:literal $(+ $also:literal)* => $apply:ident;)*) => {
        pub const ALL: &[Mutation] = &[$(Mutation { rule: $rule, also: &[$($also),*], apply: $apply },)*];
    };
}

mutations! {
    "E801" => remove_error;
    "E802" => reuse_code;
    "C101" => add_error;
    "C102" => rename_error;
    "C103" => forget_former_id;
    "C104" + "C107" + "C114" => move_to_category;
    "C105" => move_to_group;
    "C106" => change_status;
    "C107" => change_retry;
    "C108" + "C106" + "C107" => make_success;
    "C109" => deprecate;
    "C110" => withdraw_deprecation;
    "C111" => retire;
    "C112" + "C115" => restore;
    "C113" => change_since;
    "C113" => change_successor;
    "C114" => change_property;
    "C115" => change_description;
    "C115" => add_resolution;
    "C115" => change_title;
    "C115" => change_title_of_category;
    "C115" => describe_property;
    "C201" => reword;
    "C201" => reword_a_locale;
    "C201" => localise;
    "C202" + "C201" => add_parameter;
    "C203" + "C201" => remove_parameter;
    "C204" => rename_parameter;
    "C205" => retype_parameter;
    "C206" + "C327" => move_parameter;
    "C206" => name_parameter_on_wire;
    "C207" => make_sensitive;
    "C208" => withdraw_sensitivity;
    "C209" => reorder_parameters;
    "C211" => add_case;
    "C212" => remove_case;
    "C213" => reorder_cases;
    "C214" => change_code_of_case;
    "C215" => split;
    "C216" => merge;
    "C301" + "C101" => add_category;
    "C302" + "C301" + "C104" + "C303" + "C304" => rename_category;
    "C303" + "C101" => add_group;
    "C304" + "C303" + "C105" => rename_group;
    "C305" => change_range;
    "C306" => add_locale;
    "C307" + "C115" + "C201" => remove_locale;
    "C308" => change_fallback;
    "C309" => move_message;
    "C309" => add_fixed;
    "C309" => remove_fixed;
    "C309" => change_type_of_code;
    "C310" => add_field;
    "C311" => remove_field;
    "C312" => retype_field;
    "C313" => add_property;
    "C314" => remove_property;
    "C315" => retype_property;
    "C316" => add_value;
    "C317" => remove_value;
    "C318" => add_target;
    "C319" => remove_target;
    "C320" => change_option;
    "C320" => drop_retired;
    "C321" => change_package;
    "C322" => change_address;
    "C323" => add_acronym;
    "C326" + "C115" => leave_out_description;
    "C327" + "C309" => send_parameters;
    "C325" + "C106" + "C107" + "C206" + "C309" => stop_using_http;
}

impl Edit<'_> {
    /// The pointers to all errors.
    fn pointers(&self) -> Vec<String> {
        let mut found = Vec::new();
        let count = |pointer: &str| {
            let list = self.catalogue.pointer(pointer).and_then(Value::as_array);
            list.map_or(0, Vec::len)
        };
        let mut add = |heading: &str| {
            let errors = 0..count(&format!("{heading}/errors"));
            found.extend(errors.map(|at| format!("{heading}/errors/{at}")));
        };
        for category in 0..count("/categories") {
            let category = format!("/categories/{category}");
            add(&category);
            for group in 0..count(&format!("{category}/groups")) {
                add(&format!("{category}/groups/{group}"));
            }
        }
        found
    }

    /// A pointer to an error that was not changed yet.
    fn pointer(&mut self, fits: impl Fn(&Value) -> bool) -> Option<String> {
        let mut pointers = self.pointers();
        pointers.retain(|pointer| {
            let error = &self.catalogue.pointer(pointer).expect("an error");
            !self.touched.contains(&error["code"]) && fits(error)
        });
        if pointers.is_empty() {
            return None;
        }
        let pointer = pointers.swap_remove(self.random.below(pointers.len()));
        let code = self.catalogue.pointer(&pointer).expect("an error")["code"].clone();
        self.touched.push(code);
        Some(pointer)
    }

    fn error(&mut self, fits: impl Fn(&Value) -> bool) -> Option<&mut Value> {
        let pointer = self.pointer(fits)?;
        self.catalogue.pointer_mut(&pointer)
    }

    /// An error with a message, or a case of one.
    fn owner(&mut self, fits: impl Fn(&Value) -> bool) -> Option<&mut Value> {
        let owners = |error: &Value| -> Vec<String> {
            let cases = error["cases"].as_array().map_or(0, Vec::len);
            let cases = (0..cases).map(|at| format!("/cases/{at}"));
            let all = cases.chain([String::new()]);
            all.filter(|it| {
                let owner = error.pointer(it).expect("an owner");
                !owner["message"].is_null() && error["no_error"].is_null() && fits(owner)
            })
            .collect()
        };
        let pointer = self.pointer(|error| !owners(error).is_empty())?;
        let all = owners(self.catalogue.pointer(&pointer)?);
        let own = &all[self.random.below(all.len())];
        self.catalogue.pointer_mut(&format!("{pointer}{own}"))
    }

    fn parameter(&mut self, fits: impl Fn(&Value) -> bool) -> Option<&mut Value> {
        let owner = self.owner(|owner| pairs(owner).iter().any(|pair| fits(&pair[1])))?;
        let pairs = owner["params"].as_array_mut()?;
        let pair = pairs.iter_mut().find(|pair| fits(&pair[1]))?;
        Some(&mut pair[1])
    }

    /// Whether an error takes the place of another.
    fn successors(&self) -> Vec<Value> {
        let all = self.pointers();
        let all = all.iter().filter_map(|it| self.catalogue.pointer(it));
        all.map(|error| error["deprecated"]["use"].clone())
            .collect()
    }

    /// Takes an error away, unless it is the only one there.
    fn take(&mut self, pointer: &str) -> Option<Value> {
        let (list, at) = pointer.rsplit_once('/')?;
        let list = self.catalogue.pointer_mut(list)?.as_array_mut()?;
        (list.len() > 1).then(|| list.remove(at.parse().expect("a number")))
    }

    fn has_ranges(&self) -> bool {
        !self.catalogue["categories"][0]["codes"].is_null()
    }

    fn has_texts_as_codes(&self) -> bool {
        self.catalogue["categories"][0]["errors"][0]["code"].is_string()
    }

    fn is_http(&self) -> bool {
        self.catalogue["transport"].is_null()
    }

    fn locales(&self) -> Vec<String> {
        let locales = self.catalogue["locales"].as_array().expect("locales");
        let locales = locales.iter().map(|it| it.as_str().expect("a tag"));
        locales.map(str::to_owned).collect()
    }

    /// A text for each locale.
    fn texts(&self, text: &str) -> Value {
        let texts = self.locales().into_iter();
        let texts = texts.map(|locale| {
            let text = json!(format!("{text} [{locale}]"));
            (locale, text)
        });
        Value::Object(texts.collect())
    }

    /// An error that there was not. Where it says nothing of its version, `errgen release` writes it.
    fn new_error(&mut self, code: &Value, id: &str) -> Value {
        self.touched.push(code.clone());
        let mut error = json!({
            "code": code,
            "id": id,
            "message": format!("The {} is new", id.replace('_', " ")),
            "description": self.texts("It is new."),
        });
        if self.is_http() {
            error["http"] = json!(404);
        }
        if self.random.once_in(2) {
            error["since"] = json!("next");
        }
        error
    }

    /// The declaration of a property, if there are any.
    fn property(&mut self, name: &str) -> Option<&mut Value> {
        self.catalogue.get_mut("properties")?.get_mut(name)
    }

    /// Where a response has what, with the default written out.
    fn wire(&mut self) -> &mut Value {
        if self.catalogue["wire"].is_null() {
            self.catalogue["wire"] = json!({ "code": "/code", "message": "/message" });
        }
        &mut self.catalogue["wire"]
    }
}

fn pairs(owner: &Value) -> &[Value] {
    owner["params"].as_array().map_or(&[], Vec::as_slice)
}

/// Calls a function with each text in a value.
fn each_text(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(values) => values.iter_mut().for_each(|it| each_text(it, visit)),
        Value::Object(members) => members.values_mut().for_each(|it| each_text(it, visit)),
        _ => {}
    }
}

/// Takes a member of each object in a value away.
fn forget(value: &mut Value, key: &str) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|it| forget(it, key)),
        Value::Object(members) => {
            members.remove(key);
            members.values_mut().for_each(|it| forget(it, key));
        }
        _ => {}
    }
}

fn remove(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.remove(key)
}

fn append(value: &mut Value, more: &str) {
    each_text(value, &mut |text| text.push_str(more));
}

fn remove_error(edit: &mut Edit) -> Option<()> {
    let used = edit.successors();
    let pointer = edit.pointer(|error| !used.contains(&error["id"]))?;
    edit.take(&pointer)?;
    Some(())
}

fn reuse_code(edit: &mut Edit) -> Option<()> {
    let used = edit.successors();
    let error = edit.error(|error| !used.contains(&error["id"]))?;
    append(&mut error["id"], "_other");
    Some(())
}

fn add_error(edit: &mut Edit) -> Option<()> {
    let code = code(edit.has_texts_as_codes(), 1000, "C1-", 77);
    let error = edit.new_error(&code, "parcel_lost");
    let errors = edit.catalogue["categories"][0]["errors"].as_array_mut()?;
    errors.push(error);
    Some(())
}

fn rename_error(edit: &mut Edit) -> Option<()> {
    let used = edit.successors();
    let error = edit.error(|error| !used.contains(&error["id"]))?;
    let old = error["id"].clone();
    append(&mut error["id"], "_now");
    match error["renamed_from"].as_array_mut() {
        Some(former) => former.push(old),
        None => error["renamed_from"] = json!([old]),
    }
    Some(())
}

fn forget_former_id(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["renamed_from"].is_array())?;
    error["renamed_from"].as_array_mut()?.remove(0);
    Some(())
}

fn move_to_category(edit: &mut Edit) -> Option<()> {
    if edit.has_ranges() {
        return None;
    }
    let used = edit.successors();
    let pointer = edit.pointer(|error| !used.contains(&error["id"]))?;
    let to = usize::from(pointer.starts_with("/categories/0"));
    let error = edit.take(&pointer)?;
    let errors = edit.catalogue["categories"][to]["errors"].as_array_mut()?;
    errors.push(error);
    Some(())
}

fn move_to_group(edit: &mut Edit) -> Option<()> {
    if edit.has_ranges() {
        return None;
    }
    let mut pointers = edit.pointers();
    pointers.retain(|it| it.contains("/groups/"));
    let pointer = pointers.pop()?;
    let error = edit.take(&pointer)?;
    edit.touched.push(error["code"].clone());
    let category = pointer.split("/groups/").next()?;
    let category = edit.catalogue.pointer_mut(category)?;
    category["errors"].as_array_mut()?.push(error);
    Some(())
}

fn change_status(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["http"].as_u64().is_some_and(|it| it < 500))?;
    let is_missing = error["http"] == 404;
    error["http"] = json!(if is_missing { 410 } else { 404 });
    Some(())
}

fn change_retry(edit: &mut Edit) -> Option<()> {
    let is_one = |error: &Value| error["no_error"].is_null() && error["retry"] == "throttled";
    let error = edit.error(is_one)?;
    error["retry"] = json!("never");
    Some(())
}

fn make_success(edit: &mut Edit) -> Option<()> {
    let is_plain = |error: &Value| {
        let others = ["no_error", "cases", "params", "retry"];
        others.iter().all(|key| error[*key].is_null())
    };
    let error = edit.error(is_plain)?;
    error["no_error"] = json!(true);
    remove(error, "http");
    Some(())
}

fn deprecate(edit: &mut Edit) -> Option<()> {
    let free = |error: &Value| {
        let others = ["deprecated", "retired", "no_error"];
        others.iter().all(|key| error[*key].is_null())
    };
    edit.error(free)?["deprecated"] = json!({ "since": "next" });
    Some(())
}

fn withdraw_deprecation(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["deprecated"].is_object())?;
    remove(error, "deprecated")?;
    Some(())
}

fn retire(edit: &mut Edit) -> Option<()> {
    let used = edit.successors();
    let error = edit.error(|error| {
        let free = ["deprecated", "retired"];
        !used.contains(&error["id"]) && free.iter().all(|key| error[*key].is_null())
    })?;
    error["retired"] = json!({ "since": "next" });
    Some(())
}

fn restore(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["retired"].is_object())?;
    remove(error, "retired")?;
    Some(())
}

fn change_since(edit: &mut Edit) -> Option<()> {
    let keys = ["/since", "/deprecated/since", "/retired/since"];
    let key = edit.random.pick(&keys);
    let error = edit.error(|error| error.pointer(key).is_some())?;
    *error.pointer_mut(key)? = json!("0.3.0");
    Some(())
}

fn change_successor(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["deprecated"].is_object())?;
    remove(&mut error["deprecated"], "use")?;
    Some(())
}

fn change_property(edit: &mut Edit) -> Option<()> {
    edit.property("weight")?;
    let error = edit.error(|_| true)?;
    error["properties"]["weight"] = json!(77);
    Some(())
}

fn change_description(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["description"].is_object())?;
    append(&mut error["description"], " So it is.");
    Some(())
}

fn add_resolution(edit: &mut Edit) -> Option<()> {
    let texts = edit.texts("Ask for help.");
    edit.error(|error| error["resolution"].is_null())?["resolution"] = texts;
    Some(())
}

fn change_title(edit: &mut Edit) -> Option<()> {
    append(&mut edit.catalogue["title"], " and of its friends");
    Some(())
}

fn change_title_of_category(edit: &mut Edit) -> Option<()> {
    append(&mut edit.catalogue["categories"][1]["title"], " again");
    Some(())
}

fn describe_property(edit: &mut Edit) -> Option<()> {
    append(&mut edit.property("severity")?["description"], " Or worse.");
    Some(())
}

fn reword(edit: &mut Edit) -> Option<()> {
    append(&mut edit.owner(|_| true)?["message"], ", again");
    Some(())
}

fn reword_a_locale(edit: &mut Edit) -> Option<()> {
    let owner = edit.owner(|owner| owner["message"].is_object())?;
    let texts = owner["message"].as_object_mut()?;
    append(texts.values_mut().next()?, ", again");
    Some(())
}

fn localise(edit: &mut Edit) -> Option<()> {
    if edit.locales().len() == 1 {
        return None;
    }
    let locales = edit.locales();
    let owner = edit.owner(|owner| owner["message"].is_string())?;
    let texts = locales.into_iter().map(|locale| {
        let text = json!(format!("{locale}: {}", owner["message"].as_str()?));
        Some((locale, text))
    });
    owner["message"] = Value::Object(texts.collect::<Option<_>>()?);
    Some(())
}

fn add_parameter(edit: &mut Edit) -> Option<()> {
    let at = edit.random.below(2);
    let owner = edit.owner(|_| true)?;
    append(&mut owner["message"], " (see {extra})");
    let new = json!(["extra", { "type": "string", "example": "that" }]);
    match owner["params"].as_array_mut() {
        Some(pairs) => pairs.insert(at, new),
        None => owner["params"] = json!([new]),
    }
    Some(())
}

fn remove_parameter(edit: &mut Edit) -> Option<()> {
    let owner = edit.owner(|owner| !pairs(owner).is_empty())?;
    let pair = owner["params"].as_array_mut()?.remove(0);
    let used = format!("{{{}}}", pair[0].as_str()?);
    each_text(owner, &mut |text| *text = text.replace(&used, "it"));
    if pairs(owner).is_empty() {
        remove(owner, "params");
    }
    Some(())
}

fn rename_parameter(edit: &mut Edit) -> Option<()> {
    let owner = edit.owner(|owner| !pairs(owner).is_empty())?;
    let name = owner["params"][0][0].as_str()?.to_owned();
    let [old, new] = [format!("{{{name}}}"), format!("{{{name}_now}}")];
    each_text(owner, &mut |text| *text = text.replace(&old, &new));
    append(&mut owner["params"][0][0], "_now");
    Some(())
}

fn retype_parameter(edit: &mut Edit) -> Option<()> {
    let parameter = edit.parameter(|_| true)?;
    let (kind, example) = match parameter["type"].as_str()? {
        "number" => ("integer", json!(3)),
        "string" => ("boolean", json!(false)),
        _ => ("string", json!("that")),
    };
    parameter["type"] = json!(kind);
    parameter["example"] = example;
    Some(())
}

fn move_parameter(edit: &mut Edit) -> Option<()> {
    if !edit.is_http() {
        return None;
    }
    let at = json!({ "header": "X-Another-Place" });
    edit.parameter(|it| it["wire"].is_null())?["at"] = at;
    Some(())
}

fn name_parameter_on_wire(edit: &mut Edit) -> Option<()> {
    edit.catalogue["wire"].get("parameters")?;
    edit.parameter(|it| it["at"].is_null())?["wire"] = json!("anotherName");
    Some(())
}

fn make_sensitive(edit: &mut Edit) -> Option<()> {
    edit.parameter(|it| it["sensitive"].is_null())?["sensitive"] = json!(true);
    Some(())
}

fn withdraw_sensitivity(edit: &mut Edit) -> Option<()> {
    remove(edit.parameter(|it| it["sensitive"] == true)?, "sensitive")?;
    Some(())
}

fn reorder_parameters(edit: &mut Edit) -> Option<()> {
    let owner = edit.owner(|owner| pairs(owner).len() > 1)?;
    owner["params"].as_array_mut()?.reverse();
    Some(())
}

fn add_case(edit: &mut Edit) -> Option<()> {
    let at = edit.random.below(3);
    let description = edit.texts("It was added.");
    let error = edit.error(|error| error["cases"].is_array())?;
    let case =
        json!({ "id": "added", "message": "A case that was added", "description": description });
    error["cases"].as_array_mut()?.insert(at, case);
    Some(())
}

fn remove_case(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["cases"].is_array())?;
    error["cases"].as_array_mut()?.remove(0);
    Some(())
}

fn reorder_cases(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["cases"].is_array())?;
    error["cases"].as_array_mut()?.reverse();
    Some(())
}

fn change_code_of_case(edit: &mut Edit) -> Option<()> {
    let owner = edit.owner(|owner| {
        owner["message"] != Value::Null
            && owner["code"].is_string()
            && owner["http"].is_null()
            && owner["since"].is_null()
    })?;
    append(&mut owner["code"], "x");
    Some(())
}

fn split(edit: &mut Edit) -> Option<()> {
    let description = edit.texts("It is a case.");
    let error = edit.error(|error| !error["message"].is_null() && error["no_error"].is_null())?;
    for pair in pairs(&error.clone()) {
        let used = format!("{{{}}}", pair[0].as_str()?);
        for key in ["description", "resolution"] {
            if let Some(texts) = error.get_mut(key) {
                each_text(texts, &mut |text| *text = text.replace(&used, "it"));
            }
        }
    }
    let mut first = json!({ "id": "first", "description": description });
    for key in ["message", "params"] {
        if let Some(value) = remove(error, key) {
            first[key] = value;
        }
    }
    let second =
        json!({ "id": "second", "description": description, "message": "Something else of it" });
    error["cases"] = json!([first, second]);
    Some(())
}

fn merge(edit: &mut Edit) -> Option<()> {
    let error = edit.error(|error| error["cases"].is_array())?;
    let cases = remove(error, "cases")?;
    for key in ["message", "params"] {
        if let Some(value) = cases[0].get(key) {
            error[key] = value.clone();
        }
    }
    Some(())
}

fn add_category(edit: &mut Edit) -> Option<()> {
    let code = code(edit.has_texts_as_codes(), 9000, "C9-", 1);
    let error = edit.new_error(&code, "parcel_late");
    let title = edit.texts("Parcels");
    let category = json!({ "id": "parcel", "title": title, "errors": [error] });
    edit.catalogue["categories"].as_array_mut()?.push(category);
    Some(())
}

fn rename_category(edit: &mut Edit) -> Option<()> {
    append(&mut edit.catalogue["categories"][2]["id"], "_now");
    Some(())
}

fn add_group(edit: &mut Edit) -> Option<()> {
    let code = code(edit.has_texts_as_codes(), 1000, "C1-", 78);
    let error = edit.new_error(&code, "parcel_open");
    let title = edit.texts("Parcels");
    let group = json!({ "id": "parcel", "title": title, "errors": [error] });
    let category = &mut edit.catalogue["categories"][0];
    match category["groups"].as_array_mut() {
        Some(groups) => groups.push(group),
        None => category["groups"] = json!([group]),
    }
    Some(())
}

fn rename_group(edit: &mut Edit) -> Option<()> {
    let id = edit.catalogue.pointer_mut("/categories/1/groups/0/id")?;
    append(id, "_now");
    Some(())
}

fn change_range(edit: &mut Edit) -> Option<()> {
    let is_added = !edit.has_ranges();
    let texts = edit.has_texts_as_codes();
    let category = &mut edit.catalogue["categories"][2];
    match (is_added, texts) {
        (true, true) => category["codes"] = json!({ "prefix": "C3-" }),
        (true, false) => category["codes"] = json!("3000..3999"),
        (false, false) => category["codes"] = json!("3000..4999"),
        (false, true) => {
            let groups = category.get_mut("groups").and_then(Value::as_array_mut);
            for group in groups.into_iter().flatten() {
                remove(group, "codes");
            }
            remove(category, "codes")?;
        }
    }
    Some(())
}

fn add_locale(edit: &mut Edit) -> Option<()> {
    edit.catalogue["locales"].as_array_mut()?.push(json!("fr"));
    Some(())
}

fn remove_locale(edit: &mut Edit) -> Option<()> {
    let locale = edit.locales().into_iter().rfind(|it| it != "en")?;
    if edit.locales().len() < 2
        || edit.catalogue["fallback"].is_null() && locale == edit.locales()[0]
    {
        return None;
    }
    let locales = edit.catalogue["locales"].as_array_mut()?;
    locales.retain(|it| *it != json!(locale));
    forget(edit.catalogue, &locale);
    Some(())
}

fn change_fallback(edit: &mut Edit) -> Option<()> {
    let locales = edit.locales();
    let now = edit.catalogue["fallback"].as_str().unwrap_or(&locales[0]);
    let other = locales.iter().find(|it| *it != now)?;
    edit.catalogue["fallback"] = json!(other);
    Some(())
}

fn move_message(edit: &mut Edit) -> Option<()> {
    let wire = edit.wire();
    let layout = if wire["errors"].is_null() {
        wire
    } else {
        &mut wire["errors"]
    };
    layout["message"] = json!("/elsewhere/text");
    Some(())
}

fn add_fixed(edit: &mut Edit) -> Option<()> {
    edit.wire()["fixed"]["/added"] = json!(7);
    Some(())
}

fn remove_fixed(edit: &mut Edit) -> Option<()> {
    let fixed = edit.catalogue["wire"]["fixed"].as_object_mut()?;
    let first = fixed.keys().next()?.clone();
    fixed.remove(&first);
    Some(())
}

fn change_type_of_code(edit: &mut Edit) -> Option<()> {
    if edit.has_texts_as_codes() || !edit.wire()["code"]["header"].is_null() {
        return None;
    }
    let wire = edit.wire();
    if wire["code"].is_object() {
        return None;
    }
    wire["code_type"] = json!("string");
    Some(())
}

fn add_field(edit: &mut Edit) -> Option<()> {
    edit.wire()["fields"]["added"] = json!({ "body": "/added", "type": "string" });
    Some(())
}

fn remove_field(edit: &mut Edit) -> Option<()> {
    remove(edit.catalogue["wire"].get_mut("fields")?, "request_name")?;
    Some(())
}

fn retype_field(edit: &mut Edit) -> Option<()> {
    let field = edit.catalogue["wire"]
        .get_mut("fields")?
        .get_mut("attempts")?;
    field["type"] = json!("number");
    Some(())
}

fn add_property(edit: &mut Edit) -> Option<()> {
    edit.catalogue["properties"]["added"] = json!({ "type": "string", "default": "none" });
    Some(())
}

fn remove_property(edit: &mut Edit) -> Option<()> {
    edit.property("weight")?;
    forget(edit.catalogue, "weight");
    Some(())
}

fn retype_property(edit: &mut Edit) -> Option<()> {
    let property = edit.property("visible")?;
    property["type"] = json!("string");
    Some(())
}

fn add_value(edit: &mut Edit) -> Option<()> {
    let values = edit.property("severity")?["values"].as_array_mut()?;
    values.push(json!("fatal"));
    Some(())
}

fn remove_value(edit: &mut Edit) -> Option<()> {
    let values = edit.property("severity")?["values"].as_array_mut()?;
    values.retain(|it| it != "unused");
    Some(())
}

fn add_target(edit: &mut Edit) -> Option<()> {
    edit.catalogue["targets"]["conformance"] = json!({});
    Some(())
}

fn remove_target(edit: &mut Edit) -> Option<()> {
    let target = edit.random.pick(&["markdown", "demo"]);
    remove(&mut edit.catalogue["targets"], target)?;
    Some(())
}

fn change_option(edit: &mut Edit) -> Option<()> {
    let is_loud = edit.random.once_in(2);
    let options = edit.catalogue["targets"].get_mut("demo")?;
    let is_wide = options["style"] == "wide";
    if is_loud {
        options["tone"] = json!("quiet");
    } else {
        options["style"] = json!(if is_wide { "narrow" } else { "wide" });
    }
    Some(())
}

fn drop_retired(edit: &mut Edit) -> Option<()> {
    edit.catalogue["targets"].get_mut("demo")?["retired"] = json!("drop");
    Some(())
}

fn change_package(edit: &mut Edit) -> Option<()> {
    let key = edit.random.pick(&["name", "namespace"]);
    let value = if key == "name" {
        "other-errors"
    } else {
        "com.example.other"
    };
    edit.catalogue["publish"][key] = json!(value);
    Some(())
}

fn change_address(edit: &mut Edit) -> Option<()> {
    edit.catalogue["docs_url"] = json!("https://other.example/errors/{code}");
    Some(())
}

fn add_acronym(edit: &mut Edit) -> Option<()> {
    let pointers = edit.pointers().into_iter();
    let mut errors = pointers.filter_map(|it| edit.catalogue.pointer(&it));
    let has_it = |error: &Value| {
        error["id"]
            .as_str()
            .is_some_and(|id| id.starts_with("url_"))
    };
    errors.find(|error| has_it(error))?;
    match edit.catalogue["acronyms"].as_array_mut() {
        Some(acronyms) => acronyms.push(json!("URL")),
        None => edit.catalogue["acronyms"] = json!(["URL"]),
    }
    Some(())
}

fn leave_out_description(edit: &mut Edit) -> Option<()> {
    // A message that is localised describes an error as well.
    let has_message = |error: &Value| error["message"].is_string();
    let pointers = edit.pointers().into_iter();
    let mut errors = pointers.filter_map(|it| edit.catalogue.pointer(&it));
    let is_described =
        |owner: &Value| !owner["description"].is_null() || owner["message"].is_object();
    let are_all = errors.all(|error| {
        let mut cases = error["cases"].as_array().into_iter().flatten();
        is_described(error) && cases.all(is_described)
    });
    if !are_all {
        return None;
    }
    remove(edit.error(has_message)?, "description")?;
    Some(())
}

fn send_parameters(edit: &mut Edit) -> Option<()> {
    let pointers = edit.pointers().into_iter();
    let mut errors = pointers.filter_map(|it| edit.catalogue.pointer(&it));
    let is_sent = |owner: &Value| pairs(owner).iter().any(|pair| !pair[1]["at"].is_null());
    let are_sent = errors.any(|error| {
        let mut cases = error["cases"].as_array().into_iter().flatten();
        is_sent(error) || cases.any(is_sent)
    });
    let wire = edit.wire();
    let others = ["errors", "parameters"];
    if are_sent || others.iter().any(|key| !wire[*key].is_null()) {
        return None;
    }
    wire["parameters"] = json!("/parameters");
    Some(())
}

fn stop_using_http(edit: &mut Edit) -> Option<()> {
    if !edit.is_http() || !edit.catalogue["wire"].is_null() {
        return None;
    }
    edit.catalogue["transport"] = json!("none");
    forget(edit.catalogue, "http");
    forget(edit.catalogue, "at");
    Some(())
}
