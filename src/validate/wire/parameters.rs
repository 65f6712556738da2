//! Checks the names and places that parameters have on the wire.

use std::collections::HashMap;

use super::overlap::{Places, Step, shown, way};
use super::place::Kind;
use crate::catalog::{Place, Wire};
use crate::diagnostic::{Span, rules};
use crate::parse::MAX_NAME;
use crate::parse::raw;
use crate::validate::Checker;

impl<'a> Checker<'a, '_> {
    /// A parameter's own place.
    #[expect(
        clippy::option_option,
        reason = "absent and invalid are different here"
    )]
    pub(in crate::validate) fn own_place(
        &mut self,
        raw: &'a raw::Parameter<'a>,
    ) -> Option<Option<Place<'a>>> {
        match &raw.at {
            Some(at) => self
                .place(at, Kind::VALUE.within(self.item_depth))
                .map(Some),
            None => Some(None),
        }
    }

    /// A parameter's name on the wire.
    pub(in crate::validate) fn wire_name(
        &mut self,
        raw: &'a raw::Parameter<'a>,
    ) -> Option<&'a str> {
        let scalar = raw.wire.as_ref().unwrap_or(&raw.name);
        let is_fit = !scalar.value.is_empty() && scalar.value.len() <= MAX_NAME;
        if !is_fit && raw.wire.is_some() {
            let message = format!("this name is empty or longer than {MAX_NAME} bytes");
            let diagnostic = self.at(rules::BAD_PLACE, scalar.span, message);
            self.report(diagnostic.help("write the name of the member that has the value"));
        }
        is_fit.then_some(&scalar.value)
    }

    /// Checks the places of all parameters. `response` has those of the response if it has a code of its own, and `item` those of an
    /// item.
    pub(super) fn parameter_places(
        &mut self,
        raw: &'a raw::Catalog<'a>,
        wire: &Wire<'a>,
        response: Option<&Places>,
        item: Option<&Places>,
    ) {
        let layouts = [
            (Some(&wire.layout), response),
            (wire.errors.as_ref().map(|it| &it.layout), item),
        ];
        let layouts = layouts.map(|(layout, places)| {
            let parameters = layout.and_then(|it| it.parameters.as_ref());
            (parameters, places)
        });
        let has_object = layouts.iter().any(|(parameters, _)| parameters.is_some());
        for error in raw.errors() {
            let own = std::iter::once(&error.params);
            for parameters in own.chain(error.cases.iter().map(|case| &case.params)) {
                self.wire_names(parameters, has_object);
                let places: Vec<_> = parameters.iter().map(quiet_place).collect();
                for (object, taken) in layouts {
                    if let Some(taken) = taken {
                        self.free_places(parameters, &places, object, taken);
                    }
                }
            }
        }
    }

    /// Checks that no two parameters of a message have the same name on the wire, and that the name is of any use.
    fn wire_names(&mut self, parameters: &'a [raw::Parameter<'a>], has_object: bool) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for parameter in parameters {
            if let (Some(wire), false) = (&parameter.wire, has_object) {
                let message = "nothing has a member of this name: there is no `wire.parameters`";
                let diagnostic = self.at(rules::BAD_PLACE, wire.span, message);
                self.report(
                    diagnostic
                        .help("say where the parameters are with `wire.parameters`, or use `at`"),
                );
            }
            let name = parameter.wire.as_ref().unwrap_or(&parameter.name);
            if let Some(first) = seen.insert(&name.value, name.span)
                && has_object
            {
                let message = format!("two parameters have the name `{}` on the wire", name.value);
                let diagnostic = self.at(rules::POINTER_CONFLICT, name.span, message);
                self.report(
                    diagnostic
                        .related(first, "the other one")
                        .help("give each parameter of a message its own name"),
                );
            }
        }
    }

    /// Checks that nothing else is where the parameters of a message are.
    fn free_places<'p>(
        &mut self,
        parameters: &'p [raw::Parameter<'a>],
        own: &'p [Option<Place<'p>>],
        object: Option<&Place>,
        taken: &Places<'p>,
    ) {
        let is_body = object.is_some_and(|it| way(it).is_empty());
        let mut among = Places::default();
        let members = parameters
            .iter()
            .zip(own)
            .filter(|(_, place)| is_body && place.is_none());
        for (parameter, _) in members {
            // Two of one name have been reported.
            let name = parameter.wire.as_ref().unwrap_or(&parameter.name);
            among.reserve(&[Step::Member(&name.value)], &format!("/{}", name.value));
        }
        for (parameter, place) in parameters.iter().zip(own) {
            if is_body {
                let name = parameter.wire.as_ref().unwrap_or(&parameter.name);
                let way = [Step::Member(&name.value)];
                if let Some(other) = taken.owner(&way) {
                    let message = format!(
                        "the parameter `{}` would be where `{}` is",
                        name.value,
                        other.name()
                    );
                    let diagnostic = self.at(rules::POINTER_CONFLICT, name.span, message);
                    self.report(diagnostic.help("give it another name on the wire with `wire`"));
                }
            }
            let Some(place) = place else { continue };
            let (way, span) = (way(place), parameter.at.as_ref().map(|at| at.span));
            if let (Some(other), Some(span)) = (taken.owner(&way), span) {
                let message = format!("`{}` and `{}` overlap", other.name(), shown(place));
                self.report_overlap(span, message);
            }
            self.take(&mut among, &way, &shown(place), span);
        }
    }
}

/// A parameter's own place, if it is valid. If not, it has been reported.
fn quiet_place<'a>(parameter: &'a raw::Parameter<'a>) -> Option<Place<'a>> {
    super::place::quiet(parameter.at.as_ref()?)
}
