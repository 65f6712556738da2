//! Checks that every place in a response holds one value.

use std::collections::HashMap;

use super::Written;
use crate::catalog::{Field, Layout, Place, Pointer, Source, Wire};
use crate::diagnostic::{Span, rules};
use crate::parse::raw;
use crate::validate::Checker;

/// A step on the way to a place.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Step<'p> {
    Member(&'p str),
    /// To the element of an array that has certain members.
    Element(String),
    Header(String),
}

impl Step<'_> {
    fn is_element(&self) -> bool {
        matches!(self, Self::Element(_))
    }
}

/// What is at a place.
pub(super) struct Owner {
    /// As a message names it: `/error/code`.
    name: String,
    /// `None` if the place is a default.
    span: Option<Span>,
}

/// The places in a response, as a tree. The time to build it grows only with the length of the pointers.
#[derive(Default)]
pub(super) struct Places<'p> {
    /// Maps a place and a step to the next place. The body itself is place 0.
    ways: HashMap<(usize, Step<'p>), usize>,
    /// For each place, the first owner of it or of what is in it, and whether it is the place's own.
    first: Vec<Option<(usize, bool)>>,
    /// For each place that something is in, whether it is an array whose elements are found by their members.
    has_elements: HashMap<usize, bool>,
    owners: Vec<Owner>,
}

impl<'p> Places<'p> {
    /// Adds a place, whatever is there.
    pub(super) fn reserve(&mut self, way: &[Step<'p>], name: &str) {
        let name = name.to_owned();
        self.take(way, Owner { name, span: None });
    }

    /// Adds a place. Returns an earlier one that is the same, or of which one is within the other.
    fn take(&mut self, way: &[Step<'p>], owner: Owner) -> Option<&Owner> {
        let taken = self.owner_on(way);
        let own = self.owners.len();
        self.owners.push(owner);
        if taken.is_none() {
            let mut place = 0;
            self.mark(place, own, way.is_empty());
            for (depth, step) in way.iter().enumerate() {
                let next = self.ways.len() + 1;
                self.has_elements.insert(place, step.is_element());
                place = *self.ways.entry((place, step.clone())).or_insert(next);
                self.mark(place, own, depth + 1 == way.len());
            }
        }
        taken.map(|at| &self.owners[at])
    }

    fn mark(&mut self, place: usize, owner: usize, is_own: bool) {
        if self.first.len() <= place {
            self.first.resize(place + 1, None);
        }
        self.first[place].get_or_insert((owner, is_own));
    }

    /// The owner of a place, of what it is in, or of what is in it.
    fn owner_on(&self, way: &[Step<'p>]) -> Option<usize> {
        let mut place = 0;
        let of = |place: usize| self.first.get(place).copied().flatten();
        for step in way {
            let has_elements = self.has_elements.get(&place);
            let is_other = has_elements.is_some_and(|has| *has != step.is_element());
            if let Some((owner, is_own)) = of(place)
                && (is_own || is_other)
            {
                return Some(owner);
            }
            place = *self.ways.get(&(place, step.clone()))?;
        }
        of(place).map(|(owner, _)| owner)
    }

    /// The same for a place that is not added.
    pub(super) fn owner(&self, way: &[Step<'p>]) -> Option<&Owner> {
        self.owner_on(way).map(|at| &self.owners[at])
    }
}

impl<'a> Checker<'a, '_> {
    /// Checks the places of the response and of its items, and then those of all parameters.
    pub(super) fn no_overlaps(&mut self, raw: &'a raw::Catalog<'a>, wire: &Wire<'a>) {
        let mut response = Places::default();
        let written = raw.wire.as_ref();
        let own = written.map_or_else(Written::default, Written::from);
        self.take_layout(&mut response, &wire.layout, &own, &wire.fields);
        let fixed = written.map_or(&[][..], |raw| &raw.fixed);
        for ((pointer, _), (scalar, _)) in wire.fixed.iter().zip(fixed) {
            let way: Vec<_> = steps(pointer).collect();
            self.take(&mut response, &way, pointer.pointer, Some(scalar.span));
        }
        let mut item = None;
        if let (Some(items), Some(raw)) = (&wire.errors, written.and_then(|it| it.errors.as_ref()))
        {
            let way: Vec<_> = steps(&items.list).collect();
            let span = raw.list.as_ref().map(|list| list.span);
            self.take(&mut response, &way, items.list.pointer, span);
            let mut places = Places::default();
            self.take_layout(
                &mut places,
                &items.layout,
                &Written::from(raw),
                &wire.fields,
            );
            item = Some(places);
        }
        let response = wire.layout.code.is_some().then_some(response);
        self.parameter_places(raw, wire, response.as_ref(), item.as_ref());
    }

    fn take_layout<'p>(
        &mut self,
        places: &mut Places<'p>,
        layout: &'p Layout<'a>,
        written: &Written<'a>,
        fields: &[Field<'a>],
    ) {
        let code = layout.code.as_ref().map(|code| &code.place);
        let mut all = vec![
            (code, written.code),
            (layout.subcode.as_ref(), written.subcode),
            (layout.message.as_ref(), written.message),
        ];
        // The body itself may hold the parameters beside everything else.
        let parameters = layout.parameters.as_ref();
        let parameters = parameters.filter(|it| !way(it).is_empty());
        all.push((parameters, written.parameters));
        for (place, raw) in all {
            let Some(place) = place else { continue };
            let span = raw.map(|raw| raw.span);
            self.take(places, &way(place), &shown(place), span);
        }
        let written = written
            .fields
            .iter()
            .map(|(name, raw)| (name.value.as_ref(), raw.span));
        let written: HashMap<&str, Span> = written.collect();
        for (field, place) in fields.iter().zip(&layout.fields) {
            if let Some(place) = place {
                let span = written.get(field.name).copied();
                self.take(places, &way(place), &shown(place), span);
            }
        }
    }

    pub(super) fn take<'p>(
        &mut self,
        places: &mut Places<'p>,
        way: &[Step<'p>],
        name: &str,
        span: Option<Span>,
    ) {
        let own = Owner {
            name: name.to_owned(),
            span,
        };
        let other = places.take(way, own);
        let Some((other, place)) = other.and_then(|it| Some((it, span.or(it.span)?))) else {
            return;
        };
        let message = format!("`{}` and `{name}` overlap", other.name);
        self.report_overlap(place, message);
    }

    pub(super) fn report_overlap(&mut self, span: Span, message: String) {
        let diagnostic = self.at(rules::POINTER_CONFLICT, span, message);
        self.report(diagnostic.help("give each its own place in the response"));
    }
}

impl Owner {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

fn steps<'p>(pointer: &'p Pointer) -> impl Iterator<Item = Step<'p>> {
    pointer.segments.iter().map(|it| Step::Member(it))
}

/// The way to a place.
pub(super) fn way<'p>(place: &'p Place) -> Vec<Step<'p>> {
    match &place.source {
        Source::Header(name) => vec![Step::Header(name.to_ascii_lowercase())],
        Source::Body(pointer) => steps(pointer).collect(),
        Source::Element { array, members, at } => {
            let mut members = members.clone();
            members.sort_by_key(|(name, _)| *name);
            let element = Step::Element(format!("{members:?}"));
            steps(array).chain([element]).chain(steps(at)).collect()
        }
    }
}

/// A place as a message names it.
pub(super) fn shown(place: &Place) -> String {
    match &place.source {
        Source::Header(name) => (*name).to_owned(),
        Source::Body(pointer) => pointer.pointer.to_owned(),
        Source::Element { array, at, .. } => format!("{}/…{}", array.pointer, at.pointer),
    }
}
