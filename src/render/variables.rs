//! The variables that a template can name. The build script includes this file, too.

/// What `loop` has, within one.
pub const LOOP_FIELDS: &[&str] = &["index", "index0", "first", "last", "length"];

macro_rules! variables {
    ($($(#[$documentation:meta])* $name:ident),* $(,)?) => {
        /// Their names.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// A value for each.
        #[derive(Clone, Copy)]
        pub struct Variables<V> {
            $($(#[$documentation])* pub $name: V,)*
        }

        impl<V: Copy> Variables<V> {
            /// The names with their values.
            pub fn entries(&self) -> impl Iterator<Item = (&'static str, V)> + use<V> {
                [$((stringify!($name), self.$name)),*].into_iter()
            }
        }
    };
}

variables! {
    catalog,
    target,
    notice,
    /// This and the ones below are undefined in a file that is not generated for each of them.
    category,
    group,
    error,
    locale,
    status,
}
