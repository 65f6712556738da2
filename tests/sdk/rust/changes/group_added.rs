// A category gets groups, and errors move into them.
// change: s/^    errors:/    groups:\n     - id: state\n       title: { en: State }\n       errors:/
// expect: compiles

use crate::shop_errors::{Category, Group, ShopError};

pub fn is_order(error: &ShopError) -> bool {
    error.category() == Some(Category::Order) && error.group().map(Group::category).is_none()
}
