//! The Swift module.

use std::io;

use heck::{ToLowerCamelCase, ToUpperCamelCase};

use crate::catalogue::{Case, Catalogue, Codes, Error, Localised, Parameter};
use crate::text::{push_comment, push_replaced};
use crate::{NOTICE, Output};

/// The catalogue, with the names that it has here.
struct Module<'a> {
    catalogue: &'a Catalogue<'a>,
    type_name: String,
    /// Those of the errors, in their order.
    constants: Vec<String>,
    category_constants: Vec<String>,
    group_constants: Vec<String>,
    locale_constants: Vec<String>,
}

/// Writes a file.
type Write = fn(&mut String, &Module);

/// The files, by what follows the type's name.
const FILES: &[(&str, Write)] = &[
    ("", error_file),
    ("+Foundation", foundation_file),
    ("Code", code_file),
    ("Category", category_file),
    ("Retry", retry_file),
    ("Definition", definition_file),
    ("Table", table_file),
    ("Text", text_file),
];

const KEYWORDS: &[&str] = &[
    "associatedtype",
    "class",
    "deinit",
    "enum",
    "extension",
    "fileprivate",
    "func",
    "import",
    "init",
    "inout",
    "internal",
    "let",
    "open",
    "operator",
    "private",
    "precedencegroup",
    "protocol",
    "public",
    "rethrows",
    "static",
    "struct",
    "subscript",
    "typealias",
    "var",
    "break",
    "case",
    "catch",
    "continue",
    "default",
    "defer",
    "do",
    "else",
    "fallthrough",
    "for",
    "guard",
    "if",
    "in",
    "repeat",
    "return",
    "throw",
    "switch",
    "where",
    "while",
    "any",
    "as",
    "await",
    "borrowing",
    "consuming",
    "consume",
    "copy",
    "each",
    "false",
    "is",
    "nil",
    "super",
    "throws",
    "true",
    "try",
    "unsafe",
];

pub fn write(catalogue: &Catalogue, output: &mut Output) -> io::Result<()> {
    let constants = catalogue.errors.iter().map(|error| {
        name(
            error.id,
            &["self", "none", "some", "all", "knownCodes"],
            "Error",
        )
    });
    let category_constants = catalogue.categories.iter();
    let category_constants =
        category_constants.map(|category| name(category.id, &["self", "none", "some"], "Category"));
    let group_constants = catalogue.groups.iter().map(|group| {
        let category = catalogue.categories[group.category].id;
        name(&format!("{category}_{}", group.id), &[], "")
    });
    let module = Module {
        type_name: catalogue.id.to_upper_camel_case() + "Error",
        constants: constants.collect(),
        category_constants: category_constants.collect(),
        group_constants: group_constants.collect(),
        locale_constants: catalogue
            .locales
            .iter()
            .map(|tag| locale_constant(tag))
            .collect(),
        catalogue,
    };
    for (suffix, write) in FILES {
        let path = format!("{}{suffix}.swift", module.type_name);
        output.file(&path, |out| write(out, &module))?;
    }
    Ok(())
}

/// A name in Swift's case: one of `taken` gets the suffix, a keyword is quoted.
fn name(id: &str, taken: &[&str], suffix: &str) -> String {
    let name = id.to_lower_camel_case();
    if taken.contains(&name.as_str()) {
        name + suffix
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("`{name}`")
    } else {
        name
    }
}

fn locale_constant(tag: &str) -> String {
    const TAKEN: &[&str] = &[
        "any",
        "as",
        "do",
        "for",
        "if",
        "in",
        "is",
        "let",
        "nil",
        "none",
        "self",
        "some",
        "try",
        "var",
        "isTemplate",
        "allCases",
    ];
    name(tag, TAKEN, "Locale")
}

fn case_constant(error: &Error, case: &Case) -> String {
    name(&format!("{}_{}", error.id, case.id), &[], "")
}

fn label(parameter: &Parameter) -> String {
    name(parameter.name, &["self"], "Parameter")
}

fn error_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        ..
    } = module;
    put!(out, "// {NOTICE}");
    put!(
        out,
        "

/// An error that the server answered with.
public struct {type_name}: Error, Hashable, Sendable {{
"
    );
    out.push_str(
        "  /// The HTTP status of the response.
  public let status: Int

  /// The code, known or not; `nil` where the response has none or one that is no integer.
",
    );
    put!(out, "  public let code: {type_name}Code?\n");
    out.push_str(
        "
  /// The code as the server spelled it, whatever it is.
  public let rawCode: String?

  /// What the server said.
  public let message: String?

  /// The body of the response, byte for byte; empty for an error that was not made from one.
  public let body: [UInt8]

  /// After how many seconds the server wants to be asked again, if it said so.
  public let retryAfter: Int?",
    );
    if catalogue.has_cases {
        put!(
            out,
            "

  /// Which of the messages that share the code the server sent.
  public let `case`: {type_name}Case?"
        );
    }
    out.push_str(
        "

  /// The parameters of the message, by name, read back from it by its template; empty where it does
  /// not match.
",
    );
    put!(out, "  public let parameters: [String: {type_name}Value]\n");
    out.push_str(
        "
  /// An error from its parts.
  public init(
    status: Int,
",
    );
    put!(out, "    code: {type_name}Code? = nil,\n");
    out.push_str(
        "    message: String? = nil,
    retryAfter: Int? = nil
  ) {
    self.init(
      status: status,
      code: code,
      rawCode: code?.description,
      message: message,
      body: [],
      retryAfter: retryAfter
    )
  }

  init(
    status: Int,
",
    );
    put!(out, "    code: {type_name}Code,");
    if catalogue.has_cases {
        put!(out, "\n    case: {type_name}Case? = nil,");
    }
    put!(
        out,
        "
    message: String,
    parameters: [String: {type_name}Value]
"
    );
    out.push_str(
        "  ) {
    self.status = status
    self.code = code
    self.rawCode = code.description
    self.message = message
    self.body = []
    self.retryAfter = nil",
    );
    if catalogue.has_cases {
        out.push_str("\n    self.case = `case`");
    }
    out.push_str(
        "
    self.parameters = parameters
  }

  init(
    status: Int,
",
    );
    put!(out, "    code: {type_name}Code?,\n");
    out.push_str(
        "    rawCode: String?,
    message: String?,
    body: [UInt8],
    retryAfter: Int?
  ) {
    self.status = status
    self.code = code
    self.rawCode = rawCode
    self.message = message
    self.body = body
    self.retryAfter = retryAfter
    let definition = code?.definition",
    );
    if catalogue.has_cases {
        out.push_str(
            "\n    self.case = message.flatMap { definition?.matchingCase(of: $0)?.value }",
        );
    }
    out.push_str(
        "
    self.parameters = message.flatMap { definition?.values(in: $0) } ?? [:]
  }

  /// Whether this version knows the code.
  public var isKnown: Bool {
    code?.isKnown ?? false
  }

  /// The category of the code.
",
    );
    put!(out, "  public var category: {type_name}Category? {{\n");
    out.push_str(
        "    code?.category
  }

  /// The group of the code.
",
    );
    put!(out, "  public var group: {type_name}Group? {{\n");
    out.push_str(
        "    code?.group
  }

  /// Whether sending the request again can succeed; for an unknown code, as the HTTP status says.
",
    );
    put!(out, "  public var retry: {type_name}Retry {{\n");
    out.push_str(
        "    if let retry = code?.retry { return retry }
    switch status {
    case 429: return .throttled
    case 503: return .transient
    default: return .never
    }
  }
}

",
    );
    put!(out, "extension {type_name} {{\n");
    out.push_str(
        "  /// What the error means, in the language that fits a BCP 47 tag best.
  ///
  /// Parameters are filled in where the message has them. `nil` for an unknown code.
  public func localizedDescription(for locale: String) -> String? {",
    );
    if catalogue.has_cases {
        out.push_str(
            "
    let definition = code?.definition
    let variant = definition?.caseDefinitions.first { $0.value == self.case }
    let text = variant?.description ?? definition?.description",
        );
    } else {
        out.push_str("\n    let text = code?.definition?.description");
    }
    out.push_str(
        "
    return text?.localized(for: locale, filling: parameters)
  }

  /// What the caller can do, in the language that fits a BCP 47 tag best.
  public func localizedRecoverySuggestion(for locale: String) -> String? {
    code?.definition?.resolution?.localized(for: locale, filling: parameters)
  }
}

",
    );
    put!(out, "extension {type_name} {{\n");
    out.push_str(
        "  /// The integer that plain digits stand for, if it is one that JSON holds exactly.
  static func integer(from text: String) -> Int64? {
    guard let integer = Int64(text), String(integer) == text, integer.magnitude < 1 << 53 else {
      return nil
    }
    return integer
  }
}

",
    );
    display(out, module);
    out.push_str(
        "

",
    );
    value_type(out, module);
    out.push_str(
        "

",
    );
    builders(out, module);
    out.push('\n');
}

fn display(out: &mut String, module: &Module) {
    let Module { type_name, .. } = module;
    put!(out, "extension {type_name}: CustomStringConvertible {{\n");
    out.push_str(
        r#"  /// The code and the message; the HTTP status where one is missing.
  public var description: String {
    switch (rawCode, printableMessage) {
    case (let code?, let text): "\(code): \(text ?? "HTTP \(status)")"
    case (nil, let text?): "HTTP \(status): \(text)"
    case (nil, nil): "HTTP \(status)"
    }
  }
}

"#,
    );
    put!(
        out,
        "extension {type_name}: CustomDebugStringConvertible {{\n"
    );
    out.push_str(
        r#"  /// The code, the id, the status and the message.
  public var debugDescription: String {
    let parts: [String?] = [
      rawCode.map { "code: \($0.debugDescription)" },
      code?.id.map { "id: \($0)" },
      "status: \(status)",
      printableMessage.map { "message: \($0.debugDescription)" },
    ]
    let text = parts.compactMap { $0 }.joined(separator: ", ")
"#,
    );
    put!(
        out,
        r#"    return "{type_name}(\(text))"
  }}
}}

extension {type_name} {{
"#
    );
    out.push_str(
        "  /// The message.
  private var printableMessage: String? {
    message
  }
}",
    );
}

fn value_type(out: &mut String, module: &Module) {
    let Module { type_name, .. } = module;
    put!(
        out,
        "\
/// The value of a parameter.
public enum {type_name}Value: Hashable, Sendable {{
  /// A text.
  case string(String)

  /// An integer that JSON holds exactly, within ±(2^53 − 1).
  case integer(Int64)

  /// A truth value.
  case boolean(Bool)
}}

extension {type_name}Value {{
  /// The text, if it is one.
  public var stringValue: String? {{
"
    );
    out.push_str(
        "    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The integer, if it is one.
",
    );
    put!(out, "  public var integerValue: Int64? {{\n");
    out.push_str(
        "    guard case .integer(let value) = self else { return nil }
    return value
  }

  /// The truth value, if it is one.
",
    );
    put!(out, "  public var booleanValue: Bool? {{\n");
    out.push_str(
        "    guard case .boolean(let value) = self else { return nil }
    return value
  }
}

",
    );
    put!(
        out,
        "extension {type_name}Value: CustomStringConvertible {{\n"
    );
    out.push_str(
        "  /// The value as it stands in a message.
  public var description: String {
    switch self {
    case .string(let value): value
    case .integer(let value): String(value)
    case .boolean(let value): String(value)
    }
  }
}

",
    );
    put!(
        out,
        "extension {type_name}Value: ExpressibleByStringLiteral {{\n"
    );
    out.push_str(
        "  /// A text.
  public init(stringLiteral value: String) {
    self = .string(value)
  }
}

",
    );
    put!(
        out,
        "extension {type_name}Value: ExpressibleByIntegerLiteral {{\n"
    );
    out.push_str(
        "  /// An integer.
  public init(integerLiteral value: Int64) {
    self = .integer(value)
  }
}

",
    );
    put!(
        out,
        "extension {type_name}Value: ExpressibleByBooleanLiteral {{\n"
    );
    out.push_str(
        "  /// A truth value.
  public init(booleanLiteral value: Bool) {
    self = .boolean(value)
  }
}",
    );
}

fn builders(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        constants,
        ..
    } = module;
    put!(
        out,
        "\
// MARK: - Messages with parameters

extension {type_name} {{"
    );
    let mut separator = "\n  ";
    for (error, constant) in catalogue.errors.iter().zip(constants) {
        if let Some(parameter) = error.parameters.first() {
            out.push_str(separator);
            builder(out, error, constant, parameter);
            separator = "\n\n  ";
        }
    }
    put!(
        out,
        "
}}

extension {type_name} {{
  /// The parameters of the message, typed, by the name of the error that has them.
  public var arguments: {type_name}Arguments {{
    {type_name}Arguments(error: self)
"
    );
    out.push_str(
        "  }
}

/// The parameters of an error's message, typed; each `nil` where the error has another message.
",
    );
    put!(
        out,
        "public struct {type_name}Arguments: Sendable {{\n  let error: {type_name}"
    );
    for (error, constant) in catalogue.errors.iter().zip(constants) {
        if let Some(parameter) = error.parameters.first() {
            out.push_str("\n\n  ");
            reader(out, error, constant, parameter);
        }
    }
    out.push_str("\n}");
}

fn foundation_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        ..
    } = module;
    put!(out, "// {NOTICE}");
    out.push_str(
        "

import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

",
    );
    put!(out, "extension {type_name} {{\n");
    out.push_str(
        r#"  /// An error from a response, however untidy it is.
  ///
  /// - Parameters:
  ///   - response: The response's head.
  ///   - body: The response's body.
  public init(response: HTTPURLResponse, body: Data) {
    self.init(
      status: response.statusCode,
      headers: response.allHeaderFields.reduce(into: [:]) { headers, field in
        headers["\(field.key)"] = "\(field.value)"
      },
      body: body
    )
  }

  /// An error from a response, however untidy it is.
  ///
  /// - Parameters:
  ///   - status: The HTTP status.
  ///   - headers: The header fields; the case of their names does not count.
  ///   - body: The response's body.
  public init(status: Int, headers: [String: String] = [:], body: some Collection<UInt8>) {
    let json = Self.json(in: body)
    let rawCode = Self.codeText(Self.value(at: Self.codePath, in: json))
    let retryAfter = headers.first { $0.key.lowercased() == "retry-after" }?.value
    self.init(
      status: status,
      code: rawCode.flatMap(Self.code(from:)),
      rawCode: rawCode,
      message: Self.value(at: Self.messagePath, in: json) as? String,
      body: Array(body),
      retryAfter: retryAfter.flatMap(Self.seconds(from:))
    )
  }

  /// Where the code stands in a body: the parts of a JSON pointer.
  private static let codePath: [String] = "#,
    );
    put!(out, "[\n    \"{}\"\n  ]", catalogue.wire.code);
    out.push_str(
        "

  /// Where the message stands.
  private static let messagePath: [String] = ",
    );
    put!(out, "[\n    \"{}\"\n  ]", catalogue.wire.message);
    out.push_str(
        r#"

  /// What a body holds; a byte that is not UTF-8 becomes U+FFFD.
  private static func json(in body: some Collection<UInt8>) -> Any? {
    var text = String(decoding: body, as: UTF8.self)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    // JSON has no zero byte; Foundation would take such a text for UTF-16 or UTF-32.
    guard !text.utf8.contains(0) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  private static func value(at path: [String], in json: Any?) -> Any? {
    path.reduce(json) { value, part in
      if let object = value as? [String: Any] { return object[part] }
      guard let array = value as? [Any], let index = Int(part), array.indices.contains(index),
        String(index) == part
      else { return nil }
      return array[index]
    }
  }

  /// The text that a code is: a string, or the digits of an integer that JSON holds exactly.
  private static func codeText(_ value: Any?) -> String? {
    if let text = value as? String { return text }
    // A boolean is a number as well, of a type of its own.
    guard let number = value as? NSNumber, !["c", "B"].contains(String(cString: number.objCType)),
      number.doubleValue.magnitude < 0x1p53
    else { return nil }
    return Int64(exactly: number.doubleValue).map { String($0) }
  }

  /// The code that plain digits stand for.
"#,
    );
    put!(
        out,
        "  private static func code(from text: String) -> {type_name}Code? {{
    integer(from: text).flatMap {{ Int(exactly: $0) }}.map {{ {type_name}Code(rawValue: $0) }}
"
    );
    out.push_str(
        r#"  }

  /// A number of seconds with spaces around it, up to 2^31 − 1.
  private static func seconds(from text: String) -> Int? {
    let parts = text.split(separator: " ")
    guard parts.count == 1, parts[0].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int32(parts[0]).map { Int($0) }
  }
}

"#,
    );
    put!(out, "extension {type_name}: LocalizedError {{\n");
    out.push_str(
        r#"  /// What the error means, in the language of the current locale.
  public var errorDescription: String? {
    localizedDescription(for: Self.currentLocale) ?? message ?? description
  }

  /// What the caller can do, in the language of the current locale.
  public var recoverySuggestion: String? {
    localizedRecoverySuggestion(for: Self.currentLocale)
  }

  /// The tag of the current locale, less settings such as `@calendar=buddhist`.
  private static var currentLocale: String {
    String(Locale.current.identifier.prefix { $0 != "@" })
  }
}

"#,
    );
    put!(
        out,
        r#"extension {type_name}: CustomNSError {{
  /// The domain that Objective-C callers know the errors by.
  public static var errorDomain: String {{ "{type_name}Domain" }}
"#
    );
    out.push_str(r#"
  /// The code, or -1 where the response has none.
  public var errorCode: Int { code?.rawValue ?? -1 }

  /// The texts of the error, where Cocoa looks for them; and what it knows, by the keys `HTTPStatus`,
  /// `ErrorCode` (as the server spelled it), `ErrorID` and `RetryAfter`.
  public var errorUserInfo: [String: Any] {
    var userInfo: [String: Any] = ["HTTPStatus": status]
    userInfo["ErrorCode"] = rawCode
    userInfo["ErrorID"] = code?.id
    userInfo["RetryAfter"] = retryAfter
    userInfo[NSLocalizedDescriptionKey] = errorDescription
    userInfo[NSLocalizedRecoverySuggestionErrorKey] = recoverySuggestion
    return userInfo
  }
}
"#);
}

fn code_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        constants,
        ..
    } = module;
    put!(out, "// {NOTICE}");
    out.push_str("

/// What an error is called on the wire.
///
/// The known codes are constants. Any other code is a value as well: a server may be newer than this
/// version.
");
    put!(
        out,
        "\
public struct {type_name}Code: RawRepresentable, Hashable, Sendable, Codable {{
  /// The code as the server sends it.
  public let rawValue: Int

  /// A code, known or not.
  public init(rawValue: Int) {{
    self.rawValue = rawValue
  }}

  /// The known code with an id such as `{}`.
  ///
  /// Ids are the names of errors that all languages share.
  public init?(id: String) {{
    guard let code = {type_name}Table.codesByID[id] else {{ return nil }}
",
        catalogue.errors[0].id
    );
    out.push_str(
        "    self.init(rawValue: code)
  }

  /// All codes that this version knows, sorted.
  public static var knownCodes: [Self] {
",
    );
    put!(
        out,
        "    {type_name}Table.all.map {{ Self(rawValue: $0.code) }}
  }}

  /// Matches an error with this code: `catch {type_name}Code.{}`.
  public static func ~= (code: Self, error: any Error) -> Bool {{
    (error as? {type_name})?.code == code
  }}
}}

extension {type_name}Code: CustomStringConvertible {{
",
        &constants[0]
    );
    out.push_str("  /// The code as text.
  public var description: String {
    String(rawValue)
  }
}

// What is known of a code. All of it is `nil` or empty for an unknown one, save its category and group.
");
    put!(
        out,
        "\
extension {type_name}Code {{
  @inline(__always)
  var definition: {type_name}Definition? {{
    {type_name}Table.definition(of: rawValue)
"
    );
    out.push_str(
        "  }

  /// Whether this version knows the code.
  public var isKnown: Bool {
    definition != nil
  }

  /// The name of the error that all languages share.
  public var id: String? {
    definition?.id
  }

  /// The HTTP status that the error usually comes with.
  public var httpStatus: Int? {
    definition?.httpStatus
  }

  /// The category of the error; of an unknown code, the one in whose range it is.
",
    );
    put!(
        out,
        "  public var category: {type_name}Category? {{
    definition?.category ?? {type_name}Category(containing: rawValue)
  }}

  /// The group of the error; of an unknown code, the one in whose range it is.
  public var group: {type_name}Group? {{
    guard let definition else {{
      return {type_name}Group(containing: rawValue)
"
    );
    out.push_str(
        "    }
    return definition.group
  }

  /// Whether sending the request again can succeed.
",
    );
    put!(out, "  public var retry: {type_name}Retry? {{\n");
    out.push_str(
        "    definition?.retry
  }

  /// What the server says, with the names of its parameters in braces.",
    );
    if catalogue.has_cases {
        put!(
            out,
            "
  ///
  /// `nil` also for a code with several messages: see ``{type_name}Case``."
        );
    }
    out.push_str(
        "
  public var messageTemplate: String? {
    definition?.message
  }

  /// The parameters of the message",
    );
    if catalogue.has_cases {
        out.push_str("; empty also for a code with several messages");
    }
    put!(
        out,
        "\
.
  public var parameters: [{type_name}Parameter] {{
    guard let definition else {{ return [] }}
    return {type_name}Parameter.parameters(of: definition.parameterList)
  }}"
    );
    if catalogue.has_cases {
        put!(
            out,
            r"

  /// The messages that share the code; empty where it has a single one.
  public var cases: [{type_name}Case] {{
    definition?.caseDefinitions.map(\.value) ?? []
  }}"
        );
    }
    out.push_str(
        "

  /// What the error means, in the language that fits a BCP 47 tag best.
  ///
",
    );
    put!(out, "  /// Parameters stand in it as `{{name}}`. ``{type_name}/localizedDescription(for:)`` fills them in.
");
    out.push_str(
        "  public func localizedDescription(for locale: String) -> String? {
    definition?.description.localized(for: locale)
  }

  /// What the caller can do, in the language that fits a BCP 47 tag best.
  ///
  /// Parameters stand in it as `{name}`.
  public func localizedRecoverySuggestion(for locale: String) -> String? {
    definition?.resolution?.localized(for: locale)
  }
}",
    );
    for category in &catalogue.categories {
        for group in catalogue.groups_of(category) {
            put!(
                out,
                "

// MARK: - {}: {}

extension {type_name}Code {{",
                category.title.default,
                group.title.default
            );
            let mut separator = "\n  ";
            for place in group.errors.clone() {
                out.push_str(separator);
                error_constant(out, &catalogue.errors[place], &constants[place]);
                separator = "\n\n  ";
            }
            out.push_str("\n}");
        }
    }
    if catalogue.has_cases {
        out.push_str(
            "

",
        );
        case_type(out, module);
    }
    out.push('\n');
}

fn case_type(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        ..
    } = module;
    put!(
        out,
        "\
/// One of several messages that share a code.
public struct {type_name}Case: RawRepresentable, Hashable, Sendable, Codable {{
"
    );
    out.push_str(
        "  /// The id of the error and the one of the case, with a dot between them.
  public let rawValue: String

  /// A case, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Matches an error in this case.
  public static func ~= (value: Self, error: any Error) -> Bool {
",
    );
    put!(out, "    (error as? {type_name})?.case == value\n  }}");
    for error in &catalogue.errors {
        for case in &error.cases {
            let constant = case_constant(error, case);
            out.push_str("\n\n  ");
            ignore_constant(out, &constant);
            out.push_str("/// ");
            doc(out, &format!("{}: {}", error.code, case.message), "  /// ");
            out.push_str(
                "
  ///
  /// ",
            );
            doc(out, case.description.default, "  /// ");
            out.push_str("\n  ");
            text_constant(out, &constant, &format!("{}.{}", error.id, case.id));
        }
    }
    out.push_str(
        "
}

// What is known of a case. All of it is `nil` or empty for an unknown one.
",
    );
    put!(
        out,
        "\
extension {type_name}Case {{
  private var definition: {type_name}CaseDefinition? {{
"
    );
    out.push_str(
        "    code?.definition?.caseDefinitions.first { $0.value == self }
  }

  /// The code that the case is of.
",
    );
    put!(
        out,
        r#"  public var code: {type_name}Code? {{
    {type_name}Code(id: String(rawValue.prefix {{ $0 != "." }}))
"#
    );
    out.push_str(
        "  }

  /// What the server says, with the names of its parameters in braces.
  public var messageTemplate: String? {
    definition?.message
  }

  /// The parameters of the message.
",
    );
    put!(
        out,
        "  public var parameters: [{type_name}Parameter] {{
    guard let definition else {{ return [] }}
    return {type_name}Parameter.parameters(of: definition.parameterList)
"
    );
    out.push_str(
        "  }

  /// What the case means, in the language that fits a BCP 47 tag best.
  ///
  /// Parameters stand in it as `{name}`.
  public func localizedDescription(for locale: String) -> String? {
    definition?.description.localized(for: locale)
  }
}",
    );
}

fn category_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        category_constants,
        group_constants,
        ..
    } = module;
    put!(out, "// {NOTICE}");
    put!(
        out,
        "

/// The area that an error belongs to.
public struct {type_name}Category: RawRepresentable, Hashable, Sendable, Codable {{
"
    );
    out.push_str(
        "  /// The id of the category.
  public let rawValue: String

  /// A category, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Matches any error of this category.
  public static func ~= (category: Self, error: any Error) -> Bool {
",
    );
    put!(out, "    (error as? {type_name})?.category == category\n");
    out.push_str(
        "  }

  /// The name of the category, in the language that fits a BCP 47 tag best.
  public func localizedTitle(for locale: String) -> String? {
    title?.localized(for: locale)
  }
}

",
    );
    put!(out, "extension {type_name}Category {{");
    let mut separator = "\n  ";
    for (category, constant) in catalogue.categories.iter().zip(category_constants) {
        out.push_str(separator);
        separator = "\n\n  ";
        ignore_constant(out, constant);
        out.push_str("/// ");
        doc(out, category.title.default, "  /// ");
        out.push_str("\n  ");
        text_constant(out, constant, category.id);
    }
    put!(
        out,
        "

  private var title: {type_name}Text? {{
    switch self {{"
    );
    for (category, constant) in catalogue.categories.iter().zip(category_constants) {
        put!(
            out,
            "
    case .{constant}:
      "
        );
        text(out, module, &category.title, "      ");
    }
    out.push_str(
        "
    default:
      nil
    }
  }
}

",
    );
    put!(out, "extension {type_name}Category {{");
    out.push_str("\n  ");
    ignore(out, category_constants.iter().any(|name| name.len() > 80));
    out.push_str(
        "\
/// The category in whose range a code is.
  init?(containing code: Int) {
    switch code {",
    );
    for (category, constant) in catalogue.categories.iter().zip(category_constants) {
        out.push_str("\n    case ");
        range(out, category.codes);
        put!(out, ":\n      self = .{constant}");
    }
    out.push_str(
        "
    default:
      return nil
    }
  }
}

/// The part of a category that an error belongs to.
",
    );
    put!(
        out,
        "public struct {type_name}Group: RawRepresentable, Hashable, Sendable, Codable {{\n"
    );
    out.push_str(
        "  /// The id of the category and the one of the group, with a dot between them.
  public let rawValue: String

  /// A group, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Matches any error of this group.
  public static func ~= (group: Self, error: any Error) -> Bool {
",
    );
    put!(
        out,
        r#"    (error as? {type_name})?.group == group
  }}

  /// The category that the group is in.
  public var category: {type_name}Category {{
    {type_name}Category(rawValue: String(rawValue.prefix {{ $0 != "." }}))
"#
    );
    out.push_str(
        "  }

  /// The name of the group, in the language that fits a BCP 47 tag best.
  public func localizedTitle(for locale: String) -> String? {
    title?.localized(for: locale)
  }
}

",
    );
    put!(out, "extension {type_name}Group {{");
    let mut separator = "\n  ";
    for (group, constant) in catalogue.groups.iter().zip(group_constants) {
        out.push_str(separator);
        separator = "\n\n  ";
        ignore_constant(out, constant);
        out.push_str("/// ");
        let category = &catalogue.categories[group.category];
        let title = format!("{}: {}", category.title.default, group.title.default);
        doc(out, &title, "  /// ");
        out.push_str("\n  ");
        text_constant(out, constant, &format!("{}.{}", category.id, group.id));
    }
    put!(
        out,
        "

  private var title: {type_name}Text? {{
    switch self {{"
    );
    for (group, constant) in catalogue.groups.iter().zip(group_constants) {
        put!(
            out,
            "
    case .{constant}:
      "
        );
        text(out, module, &group.title, "      ");
    }
    out.push_str(
        "
    default:
      nil
    }
  }
}

",
    );
    put!(out, "extension {type_name}Group {{");
    out.push_str("\n  ");
    ignore(out, group_constants.iter().any(|name| name.len() > 80));
    out.push_str(
        "\
/// The group in whose range a code is.
  init?(containing code: Int) {
    switch code {",
    );
    for (group, constant) in catalogue.groups.iter().zip(group_constants) {
        out.push_str("\n    case ");
        range(out, group.codes);
        put!(out, ":\n      self = .{constant}");
    }
    out.push_str(
        "
    default:
      return nil
    }
  }
}
",
    );
}

fn retry_file(out: &mut String, module: &Module) {
    let Module { type_name, .. } = module;
    put!(out, "// {NOTICE}");
    put!(
        out,
        "

/// Whether sending a request again can succeed.
public enum {type_name}Retry: String, Hashable, Sendable, Codable {{
"
    );
    out.push_str(
        "  /// The request fails again, unless it is changed.
  case never

  /// The request may succeed if it is sent again a little later.
  case transient

  /// There were too many requests: wait before sending it again.
  case throttled
}
",
    );
}

fn definition_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        ..
    } = module;
    put!(out, "// {NOTICE}");
    put!(
        out,
        "

/// What is known of a code.
struct {type_name}Definition: Sendable {{
  let code: Int
  let id: String
  let httpStatus: Int
  let category: {type_name}Category
  var group: {type_name}Group?
  var retry = {type_name}Retry.never"
    );
    if catalogue.has_cases {
        out.push_str("\n  var message: String?");
    } else {
        out.push_str("\n  let message: String");
    }
    out.push_str(r#"

  /// `name:type,name:type`. An array would have to be made at run time, and the whole table with it.
  var parameterList = """#);
    if catalogue.has_cases {
        out.push_str(
            "

  /// Where its cases stand in the table.
  var cases = 0..<0",
        );
    }
    put!(
        out,
        "

  let description: {type_name}Text
  var resolution: {type_name}Text?
}}"
    );
    if catalogue.has_cases {
        put!(
            out,
            r#"

/// What is known of a case.
struct {type_name}CaseDefinition {{
  let value: {type_name}Case
  let message: String
  var parameterList = ""
  let description: {type_name}Text

  func values(in text: String) -> [String: {type_name}Value]? {{
    {type_name}Parameter.values(
"#
        );
        out.push_str(
            "      of: parameterList,
      in: text,
      template: message
    )
  }
}

",
        );
        put!(
            out,
            "\
extension {type_name}Definition {{
  var caseDefinitions: ArraySlice<{type_name}CaseDefinition> {{
    {type_name}CaseTable.all[cases]
  }}

  /// The case whose message this is.
  func matchingCase(of text: String) -> {type_name}CaseDefinition? {{
    caseDefinitions.first {{ $0.values(in: text) != nil }}
  }}
}}"
        );
    }
    put!(
        out,
        "

extension {type_name}Definition {{
  /// The parameters of a message by name, read back from it; `nil` where it does not match.
  func values(in text: String) -> [String: {type_name}Value]? {{"
    );
    if catalogue.has_cases {
        put!(
            out,
            "
    guard let message else {{ return matchingCase(of: text)?.values(in: text) }}
    return {type_name}Parameter.values(
"
        );
        out.push_str(
            "      of: parameterList,
      in: text,
      template: message
    )",
        );
    } else {
        put!(
            out,
            "
    {type_name}Parameter.values(
"
        );
        out.push_str(
            "      of: parameterList,
      in: text,
      template: message
    )",
        );
    }
    out.push_str(
        "
  }
}

/// A parameter of a message.
",
    );
    put!(
        out,
        "public struct {type_name}Parameter: Hashable, Sendable {{\n"
    );
    out.push_str(
        r#"  /// What the value of a parameter is.
  public enum ValueType: String, Hashable, Sendable {
    /// A text.
    case string

    /// An integer that JSON holds exactly.
    case integer

    /// A truth value.
    case boolean
  }

  /// The name that stands for it in templates.
  public let name: String

  /// What its value is.
  public let type: ValueType

  /// The parameters of a list like `user:string,count:integer`.
  static func parameters(of list: String) -> [Self] {
    list.split(separator: ",").compactMap { entry in
      let parts = entry.split(separator: ":")
      return ValueType(rawValue: String(parts[1])).map { Self(name: String(parts[0]), type: $0) }
    }
  }

  /// The value that a text stands for, or `nil` where it is not of the type.
"#,
    );
    put!(
        out,
        "  func value(of text: String) -> {type_name}Value? {{\n"
    );
    out.push_str(
        "    switch type {
    case .string:
      return .string(text)
    case .integer:
",
    );
    put!(
        out,
        "      return {type_name}.integer(from: text).map {{ .integer($0) }}\n"
    );
    out.push_str("    case .boolean:
      return Bool(text).map { .boolean($0) }
    }
  }

  /// The parameters of a message by name, read back from it by its template; `nil` where it does not
  /// match.
  static func values(
    of list: String,
    in message: String,
    template: String
");
    put!(
        out,
        "  ) -> [String: {type_name}Value]? {{
    // Without parameters, a message is plain text.
    if list.isEmpty {{ return message.utf8.elementsEqual(template.utf8) ? [:] : nil }}
    let parameters = parameters(of: list)
    let template = {type_name}Template(template)
    guard let texts = template.texts(in: message) else {{ return nil }}
    var values: [String: {type_name}Value] = [:]
"
    );
    out.push_str(
        "    for (name, text) in zip(template.names, texts) {
      guard let value = parameters.first(where: { $0.name == name })?.value(of: text) else {
        return nil
      }
      values[name] = value
    }
    return values
  }
}
",
    );
}

fn table_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        constants,
        ..
    } = module;
    put!(out, "// {NOTICE}");
    out.push_str("

/// The known codes.
///
/// An optimised build lays all of it out as constant data. Each definition stands alone, because the
/// compiler takes too long over one long literal.
");
    put!(out, "enum {type_name}Table {{\n");
    out.push_str("  /// Finds a code by binary search.
  ///
  /// Inlined, so that a caller reads the one field that it wants: a copy of all of them would take ten
  /// times as long.
  @inline(__always)
");
    put!(
        out,
        "  static func definition(of code: Int) -> {type_name}Definition? {{\n"
    );
    out.push_str(
        "    var low = all.startIndex
    var high = all.endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if all[middle].code < code {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < all.endIndex && all[low].code == code ? all[low] : nil
  }

",
    );
    put!(out, "  static let codesByID: [String: Int] = Dictionary(\n");
    out.push_str(
        "    uniqueKeysWithValues: all.map { ($0.id, $0.code) }
  )

  /// Sorted by code.
",
    );
    put!(out, "  static let all: [{type_name}Definition] = [");
    for constant in catalogue
        .sorted_by(|error| error.code)
        .into_iter()
        .map(|at| &constants[at])
    {
        put!(out, "\n    {constant},");
    }
    out.push_str(
        "
  ]
}

",
    );
    put!(out, "extension {type_name}Table {{");
    let mut first_case = 0;
    let mut separator = "\n  ";
    for (error, constant) in catalogue.errors.iter().zip(constants) {
        out.push_str(separator);
        separator = "\n\n  ";
        definition(out, module, error, constant, first_case);
        first_case += error.cases.len();
    }
    out.push_str("\n}");
    if catalogue.has_cases {
        put!(
            out,
            "

/// The cases of all errors.
enum {type_name}CaseTable {{
  /// Those of one error stand together.
  static let all: [{type_name}CaseDefinition] = ["
        );
        let comma = if first_case > 1 { "," } else { "" };
        for error in &catalogue.errors {
            for case in &error.cases {
                put!(out, "\n    {}{comma}", case_constant(error, case));
            }
        }
        out.push_str(
            "
  ]
}

",
        );
        put!(out, "extension {type_name}CaseTable {{");
        let mut separator = "\n  ";
        for error in &catalogue.errors {
            for case in &error.cases {
                out.push_str(separator);
                separator = "\n\n  ";
                case_definition(out, module, error, case);
            }
        }
        out.push_str("\n}");
    }
    out.push('\n');
}

fn text_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        catalogue,
        locale_constants,
        ..
    } = module;
    let fallback = &locale_constants[catalogue.fallback];
    put!(out, "// {NOTICE}");
    put!(
        out,
        "

/// A text in the languages of the catalogue.
struct {type_name}Text: Sendable {{"
    );
    for (locale, constant) in locale_constants.iter().enumerate() {
        if locale == catalogue.fallback {
            put!(out, "\n  let {constant}: String");
        } else {
            put!(out, "\n  var {constant}: String?");
        }
    }
    out.push_str(
        "
  var isTemplate = false

  /// The text in the language that fits a BCP 47 tag best.
  func localized(for tag: String) -> String {
",
    );
    put!(out, "    switch {type_name}Locale(matching: tag) {{");
    for (locale, constant) in locale_constants.iter().enumerate() {
        put!(out, "\n    case .{constant}: {constant}");
        if locale != catalogue.fallback {
            put!(out, " ?? {fallback}");
        }
    }
    out.push_str(
        "
    }
  }

  /// The same with the parameters filled in that there are values for.
  func localized(
    for tag: String,
",
    );
    put!(
        out,
        "    filling values: [String: {type_name}Value]
  ) -> String {{
    let text = localized(for: tag)
    guard isTemplate else {{ return text }}
    return {type_name}Template(text).filled(with: values)
"
    );
    out.push_str(
        "  }
}

/// A language of the catalogue.
",
    );
    put!(out, "enum {type_name}Locale: String, CaseIterable {{");
    for (locale, constant) in locale_constants.iter().enumerate() {
        put!(
            out,
            "\n  case {constant} = \"{}\"",
            catalogue.locales[locale]
        );
    }
    out.push_str(
        r#"

  /// The language that fits a BCP 47 tag best.
  ///
  /// That is the one with this tag, then with this tag less its last parts, then the first of the
  /// same language, then the fallback. Letter case does not count, and `_` is `-`.
  init(matching tag: String) {
    let parts = tag.lowercased().split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
    let prefixes = parts.indices.reversed().map { parts[...$0].joined(separator: "-") }
    for prefix in prefixes {
      if let locale = Self.allCases.first(where: { $0.rawValue.lowercased() == prefix }) {
        self = locale
        return
      }
    }
    let sameLanguage = Self.allCases.first {
      $0.rawValue.lowercased().split(separator: "-").first == parts.first
    }
"#,
    );
    put!(
        out,
        "    self = sameLanguage ?? .{fallback}
  }}
}}

"
    );
    template_type(out, module);
    out.push('\n');
}

fn template_type(out: &mut String, module: &Module) {
    let Module { type_name, .. } = module;
    put!(out, "\
/// A text with parameters, in the catalogue's spelling: `{{name}}` is a parameter, `{{{{` and `}}}}` are
/// braces.
struct {type_name}Template {{
");
    out.push_str(
        r#"  /// One more than there are names: what stands before, between and after them.
  private(set) var literals: [String] = []
  private(set) var names: [String] = []

  init(_ template: String) {
    var literal = ""
    var rest = template.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "{" && rest.first != "{" {
        literals.append(literal)
        literal = ""
        names.append(String(rest.prefix { $0 != "}" }))
        rest = rest.drop { $0 != "}" }.dropFirst()
      } else {
        literal.unicodeScalars.append(scalar)
        if scalar == "{" || scalar == "}" {
          rest.removeFirst()
        }
      }
    }
    literals.append(literal)
  }

  /// What stands in a message in place of each parameter, or `nil` where it is not made from this
  /// template.
  ///
  /// Each literal is where it first occurs, except the last one, which ends the message.
  func texts(in message: String) -> [String]? {
    var rest = message.utf8[...]
    let first = literals[0].utf8
    guard rest.starts(with: first) else { return nil }
    rest.removeFirst(first.count)
    guard !names.isEmpty else { return rest.isEmpty ? [] : nil }
    let last = literals[names.count].utf8
    guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return nil }
    rest.removeLast(last.count)
    var texts: [String] = []
    for literal in literals[1..<names.count] {
      var text = rest.startIndex
      while !rest[text...].starts(with: literal.utf8) {
        guard text < rest.endIndex else { return nil }
        rest.formIndex(after: &text)
      }
      texts.append(String(Substring(rest[..<text])))
      rest = rest[text...].dropFirst(literal.utf8.count)
    }
    texts.append(String(Substring(rest)))
    return texts
  }

  /// The text with the values filled in; a parameter without one stays as it is.
"#,
    );
    put!(
        out,
        "  func filled(with values: [String: {type_name}Value]) -> String {{\n"
    );
    out.push_str(
        r#"    zip(names, literals.dropFirst()).reduce(into: literals[0]) { text, piece in
      text += (values[piece.0]?.description ?? "{\(piece.0)}") + piece.1
    }
  }
}"#,
    );
}

/// The constant of a known code, with what an editor shows of it.
fn error_constant(out: &mut String, error: &Error, constant: &str) {
    ignore_constant(out, constant);
    heading(out, error);
    out.push_str("\n  ///");
    for case in &error.cases {
        out.push_str("\n  /// “");
        doc(out, case.message, "  /// ");
        out.push_str("”\n  ///");
    }
    out.push_str("\n  /// ");
    doc(out, error.description.default, "  /// ");
    out.push_str("\n  ");
    let start = out.len();
    put!(out, "public static let {constant}: Self = .init(");
    let end = out.len();
    out.push_str("rawValue: ");
    integer(out, error.code);
    out.push(')');
    if "  ".len() + out.len() - start > 100 {
        out.insert_str(end, "\n    ");
        out.pop();
        out.push_str("\n  )");
    }
}

fn heading(out: &mut String, error: &Error) {
    out.push_str("/// ");
    let text = match error.message {
        Some(message) => format!("{} (HTTP {}): {message}", error.code, error.http),
        None => format!("{} (HTTP {})", error.code, error.http),
    };
    doc(out, &text, "  /// ");
}

/// A constant of an open struct of texts.
fn text_constant(out: &mut String, constant: &str, value: &str) {
    let start = out.len();
    put!(out, "public static let {constant}: Self = .init(");
    let end = out.len();
    put!(out, "rawValue: \"{value}\")");
    if "  ".len() + out.len() - start > 100 {
        out.truncate(end);
        out.push_str("\n    ");
        argument(out, "rawValue", value, "    ");
        out.push_str("\n  )");
    }
}

/// Above what swift-format would break in ways that depend on all of it.
fn ignore(out: &mut String, is_long: bool) {
    if is_long {
        out.push_str("// swift-format-ignore\n  ");
    }
}

fn ignore_constant(out: &mut String, constant: &str) {
    ignore(
        out,
        constant.len() + "  public static let : Self = .init(".len() > 100,
    );
}

/// The beginning of an entry in a table.
fn entry(out: &mut String, constant: &str, type_name: &str) {
    let length = constant.len() + type_name.len() + "private static let  = (".len();
    ignore(out, length > 98);
    put!(out, "private static let {constant} = {type_name}(");
}

/// An error's entry in the table.
fn definition(out: &mut String, module: &Module, error: &Error, constant: &str, first_case: usize) {
    entry(out, constant, &format!("{}Definition", module.type_name));
    out.push_str("\n    code: ");
    integer(out, error.code);
    out.push_str(",\n    ");
    argument(out, "id", error.id, "    ");
    put!(
        out,
        ",\n    httpStatus: {},\n    category: .{},\n    group: .{},",
        error.http,
        module.category_constants[error.category],
        module.group_constants[error.group]
    );
    if error.retry != "never" {
        put!(out, "\n    retry: .{},", error.retry);
    }
    if let Some(message) = error.message {
        out.push_str("\n    ");
        argument(out, "message", message, "    ");
        out.push(',');
    }
    if let Some(parameter) = error.parameters.first() {
        out.push_str("\n    ");
        argument(
            out,
            "parameterList",
            &format!("{}:string", parameter.name),
            "    ",
        );
        out.push(',');
    }
    if !error.cases.is_empty() {
        put!(
            out,
            "\n    cases: {first_case}..<{},",
            first_case + error.cases.len()
        );
    }
    out.push_str("\n    description: ");
    text(out, module, &error.description, "    ");
    if let Some(resolution) = &error.resolution {
        out.push_str(",\n    resolution: ");
        text(out, module, resolution, "    ");
    }
    out.push_str("\n  )");
}

/// A case's entry in the table.
fn case_definition(out: &mut String, module: &Module, error: &Error, case: &Case) {
    let constant = case_constant(error, case);
    entry(
        out,
        &constant,
        &format!("{}CaseDefinition", module.type_name),
    );
    put!(out, "\n    value: .{constant},\n    ");
    argument(out, "message", case.message, "    ");
    out.push_str(",\n    description: ");
    text(out, module, &case.description, "    ");
    out.push_str("\n  )");
}

/// An error from the parameter of its message.
fn builder(out: &mut String, error: &Error, constant: &str, parameter: &Parameter) {
    let label = label(parameter);
    ignore(out, constant.len() > 60 || label.len() > 32);
    heading(out, error);
    put!(
        out,
        "\n  ///\n  /// - Parameters:\n  ///   - {}: ",
        label.replace('`', "")
    );
    if let Some(description) = &parameter.description {
        doc(out, description.default, "  ///     ");
    } else {
        out.push_str("For example ");
        doc(out, parameter.example, "  ///     ");
    }
    out.push('\n');
    let start = out.len();
    put!(
        out,
        "  public static func {constant}({label}: String) -> Self {{"
    );
    if out.len() - start > 100 {
        out.truncate(start);
        put!(
            out,
            "  public static func {constant}(\n    {label}: String\n  ) -> Self {{"
        );
    }
    put!(
        out,
        "\n    Self(\n      status: {},\n      code: .{constant},\n      message:",
        error.http
    );
    let start = out.len();
    out.push(' ');
    message_literal(out, error, &label);
    if out[start..].chars().count() > " ".len() + 84 {
        out.replace_range(start..=start, "\n        ");
    }
    put!(
        out,
        ",\n      parameters: [\n        \"{}\": .string({label})\n      ]\n    )\n  }}",
        parameter.name
    );
}

/// The parameter of an error, read back.
fn reader(out: &mut String, error: &Error, constant: &str, parameter: &Parameter) {
    let label = label(parameter);
    let arguments = name(error.id, &["self", "error"], "Error");
    ignore(out, arguments.len() > 60 || label.len() > 32);
    heading(out, error);
    put!(
        out,
        "\n  public var {arguments}: String? {{\n    guard\n      self.error.code == .{constant},\n"
    );
    let start = out.len();
    put!(out, "      let {label} =");
    let end = out.len();
    put!(
        out,
        " self.error.parameters[\"{}\"]?.stringValue",
        parameter.name
    );
    if out.len() + ",".len() - start > 100 {
        out.insert_str(end, "\n       ");
    }
    put!(out, "\n    else {{ return nil }}\n    return {label}\n  }}");
}

/// The message as a literal in which the parameter stands.
fn message_literal(out: &mut String, error: &Error, label: &str) {
    let mut rest = error.message.unwrap_or_default();
    out.push('"');
    while let Some((literal, after)) = rest.split_once('{') {
        string_content(out, literal);
        put!(out, "\\({label})");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    string_content(out, rest);
    out.push('"');
}

/// An integer as swift-format wants it: from seven digits on, in groups of three.
fn integer(out: &mut String, value: i64) {
    let digits = value.unsigned_abs().to_string();
    if value < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if digits.len() > 6 && index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
}

/// A pattern for a range of codes.
fn range(out: &mut String, codes: Codes) {
    integer(out, codes.first);
    out.push_str("...");
    integer(out, codes.last);
}

/// A labelled argument that is a text; a long one stands on a line of its own, where swift-format leaves it.
fn argument(out: &mut String, label: &str, value: &str, indent: &str) {
    let start = out.len();
    put!(out, "{label}:");
    let end = out.len();
    out.push(' ');
    string(out, value);
    if indent.len() + out[start..].chars().count() + ",".len() > 100 {
        out.replace_range(end..=end, "\n");
        out.insert_str(end + 1, indent);
        out.insert_str(end + 1, "  ");
    }
}

/// A text in its locales; `indent` is that of the line it begins in.
fn text(out: &mut String, module: &Module, localised: &Localised, indent: &str) {
    put!(out, "{}Text(", module.type_name);
    let inner = format!("{indent}  ");
    for (index, value) in localised.texts.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        put!(out, "\n{inner}");
        argument(out, &module.locale_constants[index], value, &inner);
    }
    if localised.is_template {
        put!(out, ",\n{inner}isTemplate: true");
    }
    put!(out, "\n{indent})");
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    string_content(out, text);
    out.push('"');
}

fn string_content(out: &mut String, text: &str) {
    push_replaced(out, text, |rest| match rest {
        [b'"', ..] => Some((1, "\\\"")),
        [b'\\', ..] => Some((1, "\\\\")),
        _ => None,
    });
}

fn doc(out: &mut String, text: &str, prefix: &str) {
    push_comment(out, text, prefix, 100, doc_line);
}

/// A line of a comment, which is Markdown, as `DocC` reads it.
fn doc_line(out: &mut String, line: &str) {
    let (mark, rest) = match line.as_bytes() {
        [
            b'#' | b'-' | b'+' | b'=' | b'>' | b'|' | b'_' | b'@' | b'~',
            ..,
        ] => line.split_at(1),
        [b'0'..=b'9', b'.', b' ', ..] => {
            out.push_str(&line[..1]);
            line[1..].split_at(1)
        }
        _ => ("", line),
    };
    if !mark.is_empty() {
        out.push('\\');
        out.push_str(mark);
    }
    push_replaced(out, rest, |rest| match rest {
        [b' ', b'_', ..] => Some((2, " \\_")),
        [b'~', b'~', ..] => Some((2, "\\~\\~")),
        [b'\\', ..] => Some((1, "\\\\")),
        [b'`', ..] => Some((1, "\\`")),
        [b'*', ..] => Some((1, "\\*")),
        [b'<', ..] => Some((1, "\\<")),
        [b'[', ..] => Some((1, "\\[")),
        [b'&', ..] => Some((1, "\\&")),
        _ => None,
    });
}
