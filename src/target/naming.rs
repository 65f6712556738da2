//! Names: an id as a target spells it.

use super::manifest::{Manifest, NameRule, Reserved};

impl Manifest {
    /// Spells an id, together with the id that qualifies it where the rule asks for that.
    pub fn qualified_name(&self, rule: &NameRule, id: &str, qualifier: Option<&str>) -> String {
        match qualifier.filter(|_| rule.qualified) {
            Some(qualifier) => self.name(rule, &format!("{qualifier}_{id}")),
            None => self.name(rule, id),
        }
    }

    /// Spells an id by a rule of this manifest.
    pub fn name(&self, rule: &NameRule, id: &str) -> String {
        let name = rule.format.replace("{}", &rule.case.apply(id));
        let reserved = rule
            .reserved
            .iter()
            .chain(&self.reserved)
            .find(|reserved| is_reserved(reserved, &name));
        match reserved {
            Some(Reserved { format, .. }) => format.replace("{}", &name),
            None => name,
        }
    }
}

fn is_reserved(reserved: &Reserved, name: &str) -> bool {
    reserved.words.iter().any(|word| word == name)
}
