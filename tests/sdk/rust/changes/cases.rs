// An error gets several messages: its type is no longer there.
// change: s/message: "Closed by {who}",.*/description: { en: Closed. }, cases: [{ id: by_user, message: "Closed by {who}", params: { who: { type: string, example: emma } }, description: { en: Closed. } }, { id: late, message: Too late, description: { en: Late. } }] }/
// expect: error[E0432]

use crate::shop_errors::messages::Closed;

pub fn message(who: &str) -> String {
    Closed { who }.to_string()
}
