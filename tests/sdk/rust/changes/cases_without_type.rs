// An error gets several messages: a program that uses all but its type.
// change: s/message: "Closed by {who}",.*/description: { en: Closed. }, cases: [{ id: by_user, message: "Closed by {who}", params: { who: { type: string, example: emma } }, description: { en: Closed. } }, { id: late, message: Too late, description: { en: Late. } }] }/
// expect: compiles

use crate::shop_errors::{ShopError, ShopErrorCode};

pub fn who(error: &ShopError) -> Option<String> {
    let is_closed = error.code() == Some(ShopErrorCode::Closed) && error.case().is_none();
    let message = ShopErrorCode::Closed.message();
    let who = error.parameter("who").map(|who| who.to_string());
    who.filter(|_| is_closed && message.is_some())
}
