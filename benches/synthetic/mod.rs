//! Catalogues of any size, with texts like real ones in two languages.
//!
//! The same numbers give the same bytes. A category holds ten groups, a group holds a hundred errors.

use std::io::{self, Write};

const GROUP: usize = 100;
const CATEGORY: usize = 10 * GROUP;

/// What the errors are about, for ids, in English and in Chinese.
const SUBJECTS: [(&str, &str, &str); 24] = [
    ("account", "account", "帳號"),
    ("address", "address", "地址"),
    ("album", "album", "相簿"),
    ("article", "article", "文章"),
    ("attachment", "attachment", "附件"),
    ("billing_plan", "billing plan", "計費方案"),
    ("calendar", "calendar", "行事曆"),
    ("comment", "comment", "留言"),
    ("contract", "contract", "合約"),
    ("coupon", "coupon", "優惠券"),
    ("device", "device", "裝置"),
    ("domain", "domain", "網域"),
    ("folder", "folder", "資料夾"),
    ("invitation", "invitation", "邀請"),
    ("invoice", "invoice", "發票"),
    ("membership", "membership", "會員資格"),
    ("message", "message", "訊息"),
    ("order", "order", "訂單"),
    ("payment_method", "payment method", "付款方式"),
    ("photo", "photo", "相片"),
    ("refund", "refund", "退款"),
    ("shipment", "shipment", "貨件"),
    ("subscription", "subscription", "訂閱"),
    ("webhook", "webhook", "網路回呼"),
];

/// Which part of it.
const PARTS: [(&str, &str, &str); 20] = [
    ("access", "access", "存取權"),
    ("amount", "amount", "金額"),
    ("archive", "archive", "封存檔"),
    ("category", "category", "分類"),
    ("currency", "currency", "幣別"),
    ("description", "description", "說明"),
    ("expiry_date", "expiry date", "到期日"),
    ("format", "format", "格式"),
    ("history", "history", "歷史紀錄"),
    ("identifier", "identifier", "識別碼"),
    ("language", "language", "語言"),
    ("limit", "limit", "上限"),
    ("name", "name", "名稱"),
    ("owner", "owner", "擁有者"),
    ("password", "password", "密碼"),
    ("preview", "preview", "預覽"),
    ("quota", "quota", "配額"),
    ("signature", "signature", "簽章"),
    ("status", "status", "狀態"),
    ("thumbnail", "thumbnail", "縮圖"),
];

/// What is wrong with it, with the HTTP status.
const CONDITIONS: [(&str, &str, &str, u16); 12] = [
    ("missing", "is missing", "遺失", 400),
    ("invalid", "is not valid", "無效", 400),
    ("too_long", "is too long", "太長", 400),
    ("not_found", "was not found", "不存在", 404),
    (
        "forbidden",
        "is not yours to change",
        "不屬於您，無法變更",
        403,
    ),
    ("expired", "has expired", "已過期", 401),
    (
        "locked",
        "is locked by another request",
        "已被其他要求鎖定",
        409,
    ),
    ("duplicate", "exists already", "已經存在", 409),
    (
        "not_supported",
        "is not supported here",
        "在此不受支援",
        400,
    ),
    ("unavailable", "is not available now", "暫時無法使用", 503),
    (
        "rate_exceeded",
        "was asked for too often",
        "要求過於頻繁",
        429,
    ),
    ("not_saved", "could not be saved", "無法儲存", 500),
];

/// Writes a catalogue in which as many errors have a misspelt key.
///
/// # Errors
///
/// Those of the output.
pub fn write(out: &mut impl Write, count: usize, mistakes: usize) -> io::Result<()> {
    writeln!(out, "{HEAD}{}categories:", targets())?;
    for index in 0..count {
        if index.is_multiple_of(CATEGORY) {
            write_heading(out, "", "category", "分類", "Category", index, CATEGORY)?;
            writeln!(out, "    groups:")?;
        }
        if index.is_multiple_of(GROUP) {
            write_heading(out, "    ", "group", "子分類", "Group", index, GROUP)?;
            writeln!(out, "        errors:")?;
        }
        // Evenly over all of the catalogue.
        let is_misspelt = index * mistakes / count != (index + 1) * mistakes / count;
        write_error(out, index, if is_misspelt { "mesage" } else { "message" })?;
    }
    out.flush()
}

const HEAD: &str = "\
catalog: synthetic
version: 1.0.0
title: { zh-TW: 合成的錯誤碼, en: Synthetic error codes }
locales: [zh-TW, en]
fallback: en
wire: { code: /code, code_type: string, message: /message, fixed: { /error: 1 } }
";

/// The targets of the real catalogue, as it has them.
fn targets() -> &'static str {
    let catalog = include_str!("../../catalog.yaml");
    let start = catalog.find("\ntargets:\n").expect("its targets") + 1;
    let end = catalog[start..]
        .find("\n\n")
        .expect("a blank line after them");
    &catalog[start..=start + end]
}

/// A category or a group, whose codes begin with that of its first error.
fn write_heading(
    out: &mut impl Write,
    indent: &str,
    id: &str,
    chinese: &str,
    english: &str,
    index: usize,
    size: usize,
) -> io::Result<()> {
    let (first, number) = (code(index), index / size + 1);
    let last = first + size - 1;
    writeln!(out, "{indent}  - id: {id}_{number}")?;
    writeln!(
        out,
        "{indent}    title: {{ zh-TW: {chinese} {number}, en: {english} {number} }}"
    )?;
    writeln!(out, "{indent}    codes: {first}-{last}")
}

fn code(index: usize) -> usize {
    1000 + index
}

/// An error; each twelfth has parameters, each fifteenth a resolution.
fn write_error(out: &mut impl Write, index: usize, message: &str) -> io::Result<()> {
    // Neighbours differ in everything.
    let condition = CONDITIONS[index % CONDITIONS.len()];
    let part = PARTS[(index / CONDITIONS.len()) % PARTS.len()];
    let subject = SUBJECTS[(index / CONDITIONS.len() / PARTS.len()) % SUBJECTS.len()];
    let round = index / CONDITIONS.len() / PARTS.len() / SUBJECTS.len();
    let id = format!("{}_{}_{}", subject.0, part.0, condition.0);
    let id = if round == 0 {
        id
    } else {
        format!("{id}_{round}")
    };
    let has_parameters = index.is_multiple_of(12);
    let (name, name_in_chinese) = if has_parameters {
        (" {name}", "「{name}」")
    } else {
        ("", "")
    };
    writeln!(out, "          - code: {}", code(index))?;
    writeln!(out, "            id: {id}")?;
    writeln!(out, "            http: {}", condition.3)?;
    match condition.3 {
        429 => writeln!(out, "            retry: throttled")?,
        503 => writeln!(out, "            retry: transient")?,
        _ => {}
    }
    writeln!(
        out,
        "            {message}: \"The {} of {}{name} {}\"",
        part.1, subject.1, condition.1
    )?;
    if has_parameters {
        writeln!(
            out,
            "            params: {{ name: {{ type: string, example: spring-{index} }} }}"
        )?;
    }
    writeln!(out, "            description:")?;
    writeln!(
        out,
        "              zh-TW: {}{name_in_chinese}的{}{}。",
        subject.2, part.2, condition.2
    )?;
    writeln!(
        out,
        "              en: \"The {} of the {}{name} {}.\"",
        part.1, subject.1, condition.1
    )?;
    if index.is_multiple_of(15) {
        writeln!(
            out,
            "            resolution: {{ zh-TW: 請檢查{}後再試一次。, en: \"Check the {} and send the request again.\" }}",
            part.2, part.1
        )?;
    }
    Ok(())
}
