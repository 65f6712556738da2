//! The Kotlin module.

use std::io;

use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToUpperCamelCase};

use crate::catalogue::{Case, Catalogue, Error, Group, Parameter};
use crate::text::{push_comment, push_replaced};
use crate::{NOTICE, Output};

/// The catalogue, with the names that it has here.
struct Module<'a> {
    catalogue: &'a Catalogue<'a>,
    fallback: &'a str,
    segment: String,
    code_class: String,
    category_class: String,
    group_class: String,
    exception_class: String,
    message_class: String,
    messages_object: String,
    /// Those of the errors, in their order.
    constants: Vec<String>,
    category_constants: Vec<String>,
    category_exceptions: Vec<String>,
    group_constants: Vec<String>,
    group_exceptions: Vec<String>,
    locale_objects: Vec<String>,
}

const KEYWORDS: &[&str] = &[
    "as",
    "break",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];

impl<'a> Module<'a> {
    fn new(catalogue: &'a Catalogue<'a>) -> Self {
        let name = catalogue.id.to_upper_camel_case();
        let constants = catalogue
            .errors
            .iter()
            .map(|error| error.id.to_shouty_snake_case());
        let categories = catalogue.categories.iter();
        let category_exceptions = categories.clone().map(|category| {
            match category.id.to_upper_camel_case() + "Exception" {
                // The root of all is one: a class of that name in the package would hide it.
                name if name == "RuntimeException" => format!("Category{name}"),
                name => name,
            }
        });
        let qualified =
            |group: &Group| format!("{}_{}", catalogue.categories[group.category].id, group.id);
        let groups: Vec<_> = catalogue.groups.iter().map(qualified).collect();
        let group_exceptions = groups
            .iter()
            .map(|id| id.to_upper_camel_case() + "Exception");
        let locale_objects = catalogue
            .locales
            .iter()
            .map(|tag| format!("Texts{}", tag.to_upper_camel_case()));
        Self {
            fallback: catalogue.locales[catalogue.fallback],
            segment: catalogue.id.to_lower_camel_case(),
            code_class: format!("{name}ErrorCode"),
            category_class: format!("{name}ErrorCategory"),
            group_class: format!("{name}ErrorGroup"),
            exception_class: format!("{name}Exception"),
            message_class: format!("{name}Message"),
            messages_object: format!("{name}Messages"),
            constants: constants.collect(),
            category_constants: categories.map(|it| it.id.to_shouty_snake_case()).collect(),
            category_exceptions: category_exceptions.collect(),
            group_constants: groups.iter().map(|id| id.to_shouty_snake_case()).collect(),
            group_exceptions: group_exceptions.collect(),
            locale_objects: locale_objects.collect(),
            catalogue,
        }
    }
}

/// Writes a file.
type Write = fn(&mut String, &Module);

pub fn write(catalogue: &Catalogue, output: &mut Output) -> io::Result<()> {
    let module = Module::new(catalogue);
    let files: [(&str, Write); 10] = [
        (&module.code_class, code_file),
        (&module.category_class, category_file),
        (&module.exception_class, exception_file),
        ("Retry", retry_file),
        ("ErrorDetails", details_file),
        ("ErrorInfo", info_file),
        (&module.messages_object, messages_file),
        ("KnownErrors", known_file),
        ("Texts", texts_file),
        ("ResponseBody", response_body_file),
    ];
    let path = |name: &str| format!("{}/errors/{name}.kt", module.segment);
    for (name, write) in files {
        output.file(&path(name), |out| write(out, &module))?;
    }
    for (place, exception) in module.category_exceptions.iter().enumerate() {
        output.file(&path(exception), |out| {
            category_exception_file(out, &module, place);
        })?;
    }
    for (locale, texts) in module.locale_objects.iter().enumerate() {
        output.file(&path(texts), |out| locale_texts_file(out, &module, locale))?;
    }
    Ok(())
}

fn code_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        code_class,
        category_class,
        group_class,
        fallback,
        catalogue,
        constants,
        ..
    } = module;
    top_of_table(out, segment);
    out.push_str("

import java.io.Serializable
import java.util.Locale

/**
 * An error code: one of the constants, or one that this version does not know.
 *
 * Codes are compared by [value]. A code that is not known has no [id], and nothing of what the catalogue says.
 */
");
    put!(out, "public class {code_class} private constructor(\n");
    out.push_str(
        "    /** The code as text, the way it came. */
    public val value: String,
) : Serializable {
    @get:JvmSynthetic
    internal val info: ErrorInfo?
        get() = KnownErrors.withCode(value)

    /** Whether the code is one of the constants. */
    public val isKnown: Boolean
        get() = info != null

    /** The code as a number; null where what came was none, or is beyond ±(2^53 - 1). */
    public val number: Long?
        get() = SafeIntegers.read(value)

",
    );
    put!(
        out,
        "    /** The name of the error, such as `{}`. */\n",
        catalogue.errors[0].id
    );
    out.push_str(
        "    public val id: String?
        get() = info?.id

    /** The HTTP status that the error is sent with. */
    public val httpStatus: Int?
        get() = info?.httpStatus

    /** The category of the error, also of an unknown code in its range. */
",
    );
    put!(
        out,
        "    public val category: {category_class}?
        get() = info?.category ?: group?.category ?: number?.let({category_class}::containing)

    /** The group of the error in its category, also of an unknown code in its range. */
    public val group: {group_class}?
        get() = if (isKnown) info?.group else number?.let({group_class}::containing)
"
    );
    out.push_str(
        "
    /** Whether a request that failed with this code may be sent again. */
    public val retry: Retry?
        get() = info?.retry

",
    );
    put!(out, "    /** The messages that the server sends with it{}; empty where the code is not known. */
    public val messages: List<ErrorMessage>
        get() = info?.messages.orEmpty()

    /** The template of its one message{}. */
    public val messageTemplate: String?
        get() = messages.singleOrNull(){}?.template
", if catalogue.has_cases { ": one, or one for each case" } else { ", which is one" }, if catalogue.has_cases { "; null where several share the code" } else { "" }, if catalogue.has_cases { "?.takeIf { it.caseId == null }" } else { "" });
    out.push_str("
    /** What the error means, its parameters in braces, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun description(locale: Locale = Locale.getDefault()): String? = description(locale.toLanguageTag())

");
    put!(out, "    /** What the error means, its parameters in braces, in the language of a tag such as `{fallback}` or the nearest that there is. */
");
    out.push_str("    public fun description(languageTag: String): String? = info?.let { Texts.description(it.id, languageTag).text }

    /** What the caller can do, the parameters in braces, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun resolution(locale: Locale = Locale.getDefault()): String? = resolution(locale.toLanguageTag())

");
    put!(out, "    /** What the caller can do, the parameters in braces, in the language of a tag such as `{fallback}` or the nearest that there is. */
    public fun resolution(languageTag: String): String? = info?.let {{ Texts.resolution(it.id, languageTag) }}?.text

    override fun equals(other: Any?): Boolean = other is {code_class} && other.value == value
");
    out.push_str(
        "
    override fun hashCode(): Int = value.hashCode()

    override fun toString(): String = value

    private fun readResolve(): Any = fromCode(value)

    public companion object {
        private const val serialVersionUID: Long = 1L",
    );
    for (error, constant) in catalogue.errors.iter().zip(constants) {
        out.push_str(
            "

        /**
         * ",
        );
        doc(out, error.description.default, "         * ");
        put!(
            out,
            "
         *
         * Code {}, HTTP status {}.
         */
        @JvmField",
            error.code,
            error.http
        );
        out.push_str("\n        ");
        let left = format!("public val {constant}: {code_class}");
        assign(
            out,
            &left,
            &format!("Known.add(\"{}\")", error.code),
            "        ",
        );
    }
    out.push_str(
        "

        /** The codes that this version knows, in the order of the catalogue. */
        @JvmStatic
",
    );
    put!(out, "        public val all: List<{code_class}>\n");
    out.push_str(
        "            get() = Known.codes.values.toList()

        /** The constant of a code, or a code that is not known. */
        @JvmStatic
",
    );
    put!(out, "        public fun fromCode(code: String): {code_class} = Known.codes[code] ?: {code_class}(code)

        /** The constant of a code, or a code that is not known. */
        @JvmStatic
        public fun fromCode(code: Long): {code_class} = fromCode(code.toString())

        /** The code of the error with this [id][{code_class}.id]; null where there is none. */
        @JvmStatic
        public fun fromId(id: String): {code_class}? = KnownErrors.withId(id)?.let {{ fromCode(it.code) }}
");
    out.push_str("    }

    /** A class of its own, so that the constants take little of the 64 KB that initialise a class: there can be some 7,000. */
    private object Known {
");
    put!(
        out,
        "        val codes = LinkedHashMap<String, {code_class}>()

        @JvmStatic
        fun add(code: String): {code_class} = {code_class}(code).also {{ codes[code] = it }}
    }}
}}
"
    );
}

fn category_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        category_class,
        group_class,
        fallback,
        catalogue,
        category_constants,
        group_constants,
        ..
    } = module;
    top(out, segment);
    out.push_str(
        "

import java.util.Locale

/** A category of errors. */
",
    );
    put!(
        out,
        "\
public class {category_class} private constructor(
    /** Its name, such as `{}`. */
",
        catalogue.categories[0].id
    );
    out.push_str(
        "    public val id: String,
    @get:JvmSynthetic
    internal val codes: LongRange?,
) {
    /** Its title, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun title(locale: Locale = Locale.getDefault()): String = title(locale.toLanguageTag())

",
    );
    put!(out, "    /** Its title, in the language of a tag such as `{fallback}` or the nearest that there is. */
    public fun title(languageTag: String): String = Texts.title(id, languageTag)

    /** Its groups, in the order of the catalogue. */
    public val groups: List<{group_class}>
        get() = {group_class}.all.filter {{ it.category === this }}
");
    out.push_str(
        "
    override fun toString(): String = id

    public companion object {",
    );
    let mut separator = "\n        /**\n         * ";
    for (category, constant) in catalogue.categories.iter().zip(category_constants) {
        out.push_str(separator);
        separator = "\n\n        /**\n         * ";
        doc(out, category.title.default, "         * ");
        put!(
            out,
            r#"
         */
        @JvmField
        public val {constant}: {category_class} =
            {category_class}(
                id = "{}",
                codes = {}L..{}L,
            )"#,
            category.id,
            category.codes.first,
            category.codes.last
        );
    }
    out.push_str(
        "

        /** All categories, in the order of the catalogue. */
        @JvmStatic
",
    );
    put!(
        out,
        "        public val all: List<{category_class}> =\n            listOf("
    );
    for constant in category_constants {
        put!(out, "\n                {constant},");
    }
    out.push_str(
        "
            )

        @JvmSynthetic
",
    );
    put!(out, "        internal fun containing(code: Long): {category_class}? = all.firstOrNull {{ it.codes != null && code in it.codes }}
    }}
}}");
    put!(
        out,
        "

/** A group of errors in a category. */
public class {group_class} private constructor(
    /** Its name, which is unique in its category, such as `{}`. */
    public val id: String,
    /** The category that it belongs to. */
    public val category: {category_class},
",
        catalogue.groups[0].id
    );
    out.push_str(
        "    @get:JvmSynthetic
    internal val codes: LongRange?,
) {
    /** Its title, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun title(locale: Locale = Locale.getDefault()): String = title(locale.toLanguageTag())

",
    );
    put!(out, "    /** Its title, in the language of a tag such as `{fallback}` or the nearest that there is. */
");
    out.push_str(
        r#"    public fun title(languageTag: String): String = Texts.title(toString(), languageTag)

    override fun toString(): String = "$category.$id"

    public companion object {"#,
    );
    let mut separator = "\n        /**\n         * ";
    for (group, constant) in catalogue.groups.iter().zip(group_constants) {
        out.push_str(separator);
        separator = "\n\n        /**\n         * ";
        doc(out, &group_title(catalogue, group), "         * ");
        put!(
            out,
            r#"
         */
        @JvmField
        public val {constant}: {group_class} =
            {group_class}(
                id = "{}",
                category = {category_class}.{},
                codes = {}L..{}L,
            )"#,
            group.id,
            category_constants[group.category],
            group.codes.first,
            group.codes.last
        );
    }
    out.push_str(
        "

        /** All groups, in the order of the catalogue. */
        @JvmStatic
",
    );
    put!(
        out,
        "        public val all: List<{group_class}> =\n            listOf("
    );
    for constant in group_constants {
        put!(out, "\n                {constant},");
    }
    out.push_str(
        "
            )

        @JvmSynthetic
",
    );
    put!(out, "        internal fun containing(code: Long): {group_class}? = all.firstOrNull {{ it.codes != null && code in it.codes }}
    }}
}}
");
}

fn exception_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        code_class,
        category_class,
        group_class,
        exception_class,
        fallback,
        catalogue,
        category_constants,
        category_exceptions,
        group_constants,
        group_exceptions,
        ..
    } = module;
    top(out, segment);
    out.push_str("

import java.util.Locale

/**
 * An error that a server answered with.
 *
 * Its subclasses are the categories of errors, and theirs the groups. Its [message] is fit for a log.
 */
");
    put!(
        out,
        "public open class {exception_class} internal constructor(\n"
    );
    out.push_str(
        "    private val details: ErrorDetails,
) : RuntimeException(details.display, details.cause) {
    /** The HTTP status of the response. */
    public val httpStatus: Int
        get() = details.httpStatus

    /** The code in the response, known or not; null where there was none. */
",
    );
    put!(
        out,
        "    public val code: {code_class}?
        get() = details.code

    /** The category of the error, where it is known. */
    public val category: {category_class}?
        get() = details.code?.category

    /** The group of the error, where it is known and in one. */
    public val group: {group_class}?
"
    );
    out.push_str("        get() = details.code?.group

    /** The message in the response, the way it came. */
    public val serverMessage: String?
        get() = details.message

    /** The whole body of the response, the way it came. */
    public val body: String?
        get() = details.body

    /** For how many seconds the server asks to wait, in the header `Retry-After`. */
    public val retryAfterSeconds: Int?
        get() = details.retryAfterSeconds

    /** Whether the request may be sent again. The HTTP status decides where the code is not known. */
    public val retry: Retry
        get() = details.retry");
    if catalogue.has_cases {
        out.push_str(
            "

    /** Which of the messages that share the code came; null where it is none of them. */
    public val caseId: String?
        get() = details.caseId",
        );
    }
    out.push_str("

    /** The parameters in the message, by name: each a [String], [Long] or [Boolean]. Empty where the message is not the expected one. */
    public val parameters: Map<String, Any>
        get() = details.parameters

    /** What the error means, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun description(locale: Locale = Locale.getDefault()): String? = description(locale.toLanguageTag())

");
    put!(out, "    /** What the error means, in the language of a tag such as `{fallback}` or the nearest that there is. */
");
    out.push_str("    public fun description(languageTag: String): String? = details.description(languageTag)

    /** What the caller can do, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun resolution(locale: Locale = Locale.getDefault()): String? = resolution(locale.toLanguageTag())

");
    put!(out, "    /** What the caller can do, in the language of a tag such as `{fallback}` or the nearest that there is. */
");
    out.push_str(
        "    public fun resolution(languageTag: String): String? = details.resolution(languageTag)

    public companion object {
        private const val serialVersionUID: Long = 1L

        /** The exception for a response, of the class of its group or category. */
        @JvmStatic
        @JvmOverloads
        public fun of(
            httpStatus: Int,
",
    );
    put!(out, "            code: {code_class}?,\n");
    out.push_str(
        "            message: String? = null,
            body: String? = null,
            headers: Map<String, String> = emptyMap(),
            cause: Throwable? = null,
",
    );
    put!(
        out,
        "        ): {exception_class} {{
            val details = ErrorDetails(httpStatus, code, message, body, headers, cause)
            return when (code?.group) {{"
    );
    for (constant, exception) in group_constants.iter().zip(group_exceptions) {
        put!(
            out,
            "\n                {group_class}.{constant} -> {exception}(details)"
        );
    }
    out.push_str(
        "
                else -> inCategory(code?.category, details)
            }
        }

        /**
         * The exception for a response, of the class of its group or category.
         *
",
    );
    put!(out, "         * A [body] that is not JSON, or without a code, makes an exception without a [code][{exception_class}.code].
");
    out.push_str(
        "         */
        @JvmStatic
        @JvmOverloads
        public fun fromResponse(
            httpStatus: Int,
            body: String,
            headers: Map<String, String> = emptyMap(),
            cause: Throwable? = null,
",
    );
    put!(out, "        ): {exception_class} {{\n");
    out.push_str(
        "            val response = ResponseBody(body)
            return of(httpStatus, response.code, response.message, body, headers, cause)
        }

        /**
         * The exception for a response, of the class of its group or category.
         *
         * The [body] is read as UTF-8, in which U+FFFD takes the place of what is none.
         */
        @JvmStatic
        @JvmOverloads
        public fun fromResponse(
            httpStatus: Int,
            body: ByteArray,
            headers: Map<String, String> = emptyMap(),
            cause: Throwable? = null,
",
    );
    put!(out, "        ): {exception_class} = fromResponse(httpStatus, body.decodeToString(), headers, cause)

        private fun inCategory(
            category: {category_class}?,
            details: ErrorDetails,
        ): {exception_class} =
            when (category) {{");
    for (constant, exception) in category_constants.iter().zip(category_exceptions) {
        put!(
            out,
            "\n                {category_class}.{constant} -> {exception}(details)"
        );
    }
    put!(
        out,
        "
                else -> {exception_class}(details)
            }}
    }}
}}
"
    );
}

fn category_exception_file(out: &mut String, module: &Module, place: usize) {
    let Module {
        segment,
        exception_class,
        catalogue,
        category_exceptions,
        group_exceptions,
        ..
    } = module;
    let (category, exception) = (&catalogue.categories[place], &category_exceptions[place]);
    top(out, segment);
    out.push_str(
        "

/**
 * An error of the category ",
    );
    doc(out, category.title.default, " * ");
    put!(
        out,
        "\
.
 */
public open class {exception} internal constructor(
    details: ErrorDetails,
) : {exception_class}(details)"
    );
    for place in category.groups.clone() {
        let (group, group_exception) = (&catalogue.groups[place], &group_exceptions[place]);
        out.push_str(
            "

/**
 * An error of the group ",
        );
        doc(out, &group_title(catalogue, group), " * ");
        put!(
            out,
            "\
.
 */
public open class {group_exception} internal constructor(
    details: ErrorDetails,
) : {exception}(details)"
        );
    }
    out.push('\n');
}

fn retry_file(out: &mut String, module: &Module) {
    let Module { segment, .. } = module;
    top(out, segment);
    out.push_str(
        "

/** Whether a request may be sent again as it is. */
public enum class Retry {
    /** It would fail again. */
    NEVER,

    /** The next one may well succeed. */
    TRANSIENT,

    /** After a while, and more slowly. */
    THROTTLED,
}
",
    );
}

fn details_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        code_class,
        catalogue,
        ..
    } = module;
    top(out, segment);
    out.push_str(
        "

import java.io.Serializable

/** What an exception tells of a response. */
internal class ErrorDetails(
    val httpStatus: Int,
",
    );
    put!(out, "    val code: {code_class}?,\n");
    out.push_str(
        r#"    val message: String?,
    val body: String?,
    headers: Map<String, String>,
    @Transient val cause: Throwable?,
) : Serializable {
    private val info: ErrorInfo?
        get() = code?.info

    val retryAfterSeconds: Int? =
        headers.entries
            .firstOrNull { it.key.equals("Retry-After", ignoreCase = true) }
            ?.value
            ?.trim(' ')
            ?.takeIf { value -> value.all { it in '0'..'9' } }
            ?.toIntOrNull()

    val retry: Retry
        get() =
            info?.retry ?: when (httpStatus) {
                429 -> Retry.THROTTLED
                503 -> Retry.TRANSIENT
                else -> Retry.NEVER
            }

"#,
    );
    put!(
        out,
        "    /** What the catalogue says of the message{}. */
    private val definition: ErrorMessage?
        get() = info?.messages?.",
        if catalogue.has_cases {
            "; where several share the code, null if none of them came"
        } else {
            ""
        }
    );
    if catalogue.has_cases {
        out.push_str("firstOrNull { it.caseId == null || it.read(message) != null }");
    } else {
        out.push_str("single()");
    }
    if catalogue.has_cases {
        out.push_str(
            "

    val caseId: String?
        get() = definition?.caseId",
        );
    }
    out.push_str(r#"

    val parameters: Map<String, Any>
        get() = definition?.read(message).orEmpty()

    /** What may stand in a log. */
    val display: String
        get() {
            val status = "HTTP $httpStatus"
            return if (code == null) listOfNotNull(status, message).joinToString(": ") else "$code: ${message ?: status}"
        }

    fun description(languageTag: String): String? = definition?.description(languageTag, parameters)"#);
    if catalogue.has_cases {
        out.push_str(" ?: code?.description(languageTag)");
    }
    out.push_str("

    fun resolution(languageTag: String): String? = info?.let { Texts.resolution(it.id, languageTag) }?.fill(parameters)

    private companion object {
        private const val serialVersionUID: Long = 1L
    }
}
");
}

fn info_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        category_class,
        group_class,
        ..
    } = module;
    top(out, segment);
    out.push_str(
        "

/** What the catalogue says of a code. */
internal class ErrorInfo(
    val code: String,
    val id: String,
    val httpStatus: Int,
",
    );
    put!(
        out,
        "    val category: {category_class},
    val group: {group_class}? = null,
"
    );
    out.push_str("    val retry: Retry = Retry.NEVER,
    val messages: List<ErrorMessage>,
)

/** The integers that every language, and JSON, hold exactly: those within ±(2^53 - 1). */
internal object SafeIntegers {
    private val all = -9_007_199_254_740_991..9_007_199_254_740_991

    /** The one that a text is, in plain digits; null where it is none. */
    fun read(text: String): Long? = text.toLongOrNull()?.takeIf { it in all && it.toString() == text }
}
");
}

fn messages_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        code_class,
        exception_class,
        message_class,
        messages_object,
        fallback,
        catalogue,
        constants,
        ..
    } = module;
    top_of_table(out, segment);
    out.push_str(
        "

import java.util.Locale

/** A message that a server sends with a code. */
public class ErrorMessage internal constructor(
    private val errorId: String,
    private val source: String,
    /** The types of its parameters, by name. */
    public val parameters: Map<String, ParameterType> = emptyMap(),",
    );
    if catalogue.has_cases {
        out.push_str(
            "
    /** Which of the messages that share the code it is; null where there is no other. */
    public val caseId: String? = null,",
        );
    }
    out.push_str("\n) {");
    if catalogue.has_cases {
        out.push_str(
            r#"
    private val key: String
        get() = if (caseId == null) errorId else "$errorId.$caseId"
"#,
        );
    }
    out.push_str("
    /** Its text; where it has parameters, with their names in braces, and each brace of its own doubled. */
    public val template: String
        get() = Template(source).text
");
    let key = if catalogue.has_cases {
        "key"
    } else {
        "errorId"
    };
    let case = if catalogue.has_cases {
        " in this case"
    } else {
        ""
    };
    put!(out, "
    /** What the error means{case}, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun description(locale: Locale = Locale.getDefault()): String = description(locale.toLanguageTag())

    /** What the error means{case}, in the language of a tag such as `{fallback}` or the nearest that there is. */
    public fun description(languageTag: String): String = Texts.description({key}, languageTag).text
");
    out.push_str(
        "
    @JvmSynthetic
    internal fun description(
        languageTag: String,
        values: Map<String, Any>,
",
    );
    put!(
        out,
        "    ): String = Texts.description({key}, languageTag).fill(values)\n"
    );
    out.push_str("
    @JvmSynthetic
    internal fun resolution(
        languageTag: String,
        values: Map<String, Any>,
    ): String? = Texts.resolution(errorId, languageTag)?.fill(values)

    @JvmSynthetic
    internal fun fill(values: Map<String, Any>): String = Template(source).fill(values)

    /** The parameters in a message that came; null where it does not follow the template. */
    @JvmSynthetic
    internal fun read(message: String?): Map<String, Any>? {
        val texts = message?.let { Template(source).read(it) } ?: return null
        return texts.mapValues { (name, text) -> parameters.getValue(name).read(text) ?: return null }
    }
}

");
    template(out, module);
    put!(
        out,
        "

/** A message with the values of its parameters. */
public abstract class {message_class} internal constructor(
    sentWith: String,
    private val values: Map<String, Any>,"
    );
    if catalogue.has_cases {
        out.push_str("\n    caseId: String? = null,");
    }
    put!(
        out,
        "
) {{
    /** The code that it is sent with. */
    public val code: {code_class} = {code_class}.fromCode(sentWith)

    private val definition: ErrorMessage = code.messages.{}
",
        if catalogue.has_cases {
            "first { it.caseId == caseId }"
        } else {
            "single()"
        }
    );
    out.push_str("
    /** What the server says. */
    public val text: String
        get() = definition.fill(values)

    /** What it means, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun description(locale: Locale = Locale.getDefault()): String = description(locale.toLanguageTag())

");
    put!(out, "    /** What it means, in the language of a tag such as `{fallback}` or the nearest that there is. */
");
    out.push_str("    public fun description(languageTag: String): String = definition.description(languageTag, values)

    /** What the caller can do, in a reader's language or the nearest that there is. */
    @JvmOverloads
    public fun resolution(locale: Locale = Locale.getDefault()): String? = resolution(locale.toLanguageTag())

");
    put!(out, "    /** What the caller can do, in the language of a tag such as `{fallback}` or the nearest that there is. */
    public fun resolution(languageTag: String): String? = definition.resolution(languageTag, values)

    override fun equals(other: Any?): Boolean = other is {message_class} && other.definition === definition && other.values == values
");
    out.push_str("
    override fun hashCode(): Int = values.hashCode()

    override fun toString(): String = text
}

/** The messages that have parameters: each can be built from their values, and found in an exception. */
");
    put!(out, "public object {messages_object} {{");
    for (error, constant) in catalogue.errors.iter().zip(constants) {
        if let Some(parameter) = error.parameters.first() {
            out.push_str("\n    ");
            typed_message(out, module, error, constant, parameter);
            out.push('\n');
        }
    }
    put!(
        out,
        "
    private fun find(
        exception: {exception_class},
        code: String,"
    );
    if catalogue.has_cases {
        out.push_str("\n        caseId: String? = null,");
    }
    put!(out, "
    ): Map<String, Any>? = exception.parameters.takeIf {{ it.isNotEmpty() && exception.code?.value == code{} }}
}}", if catalogue.has_cases { " && exception.caseId == caseId" } else { "" });
    out.push('\n');
}

fn template(out: &mut String, _: &Module) {
    out.push_str(r#"/** What the value of a parameter is. */
public enum class ParameterType {
    /** A [String]. */
    STRING,

    /** A [Long], within ±(2^53 - 1). */
    INTEGER,

    /** A [Boolean]. */
    BOOLEAN,
    ;

    /** The value that a text stands for; null where it is none of this type. */
    @JvmSynthetic
    internal fun read(text: String): Any? =
        when (this) {
            STRING -> text
            INTEGER -> SafeIntegers.read(text)
            BOOLEAN -> text.toBooleanStrictOrNull()
        }
}

/** A text with `{parameters}` in it; `{{` and `}}` stand for braces. */
internal class Template(
    private val source: String,
) {
    private val names = ArrayList<String>()

    /** What stands around the names: one more than there are names. */
    private val literals = ArrayList<String>()

    init {
        val literal = StringBuilder()
        var index = 0
        while (index < source.length) {
            val character = source[index]
            if (character == '{' && source[index + 1] != '{') {
                val end = source.indexOf('}', index)
                names += source.substring(index + 1, end)
                literals += literal.toString()
                literal.setLength(0)
                index = end + 1
            } else {
                literal.append(character)
                index += if (character == '{' || character == '}') 2 else 1
            }
        }
        literals += literal.toString()
    }

    /** The plain text, or the template where there are parameters. */
    val text: String
        get() = if (names.isEmpty()) literals.single() else source

    /** The text with the values of the parameters; of one without a value, the name stays in its braces. */
    fun fill(values: Map<String, Any>): String =
        buildString {
            append(literals.first())
            names.forEachIndexed { index, name ->
                append(values[name] ?: "{$name}")
                append(literals[index + 1])
            }
        }

    /**
     * The text of each parameter in a message; null where the message does not follow the template.
     *
     * The last literal ends the message, each of the others is searched once, from left to right, without going back.
     */
    fun read(message: String): Map<String, String>? {
        if (!message.startsWith(literals.first()) || !message.endsWith(literals.last())) return null
        val limit = message.length - literals.last().length
        var start = literals.first().length
        if (names.isEmpty()) return if (start == message.length) emptyMap() else null
        val texts = LinkedHashMap<String, String>()
        names.forEachIndexed { index, name ->
            val literal = literals[index + 1]
            val end = if (index == names.lastIndex) limit else message.indexOf(literal, start)
            if (end !in start..limit) return null
            val text = message.substring(start, end)
            if (texts.getOrPut(name) { text } != text) return null
            start = end + literal.length
        }
        return texts
    }
}"#);
}

fn known_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        category_class,
        group_class,
        catalogue,
        category_constants,
        group_constants,
        ..
    } = module;
    let parts = catalogue.errors.chunks(50);
    top_of_table(out, segment);
    out.push_str(
        "

/** The errors of the catalogue. */
internal object KnownErrors {
    private val byCode = HashMap<String, ErrorInfo>()

    private val byId = HashMap<String, ErrorInfo>()",
    );
    if parts.len() > 1 {
        out.push_str(
            "

    init {",
        );
        for index in 1..=parts.len() {
            put!(out, "\n        part{index}()");
        }
        out.push_str("\n    }");
    }
    out.push_str(
        "

    fun withCode(code: String): ErrorInfo? = byCode[code]

    fun withId(id: String): ErrorInfo? = byId[id]

    private fun add(info: ErrorInfo) {
        byCode[info.code] = info
        byId[info.id] = info
    }",
    );
    for (index, part) in (1..).zip(parts.clone()) {
        if parts.len() == 1 {
            out.push_str("\n\n    init {");
        } else {
            put!(out, "\n\n    private fun part{index}() {{");
        }
        for error in part {
            put!(
                out,
                r#"
        add(
            ErrorInfo(
                code = "{}",
                id = "{}",
                httpStatus = {},
                category = {category_class}.{},
                group = {group_class}.{},"#,
                error.code,
                error.id,
                error.http,
                category_constants[error.category],
                group_constants[error.group]
            );
            if error.retry != "never" {
                put!(
                    out,
                    "\n                retry = Retry.{},",
                    error.retry.to_ascii_uppercase()
                );
            }
            out.push_str(
                "
                messages =
                    listOf(",
            );
            if let Some(message) = error.message {
                out.push_str("\n                        ");
                error_message(out, error, message);
                out.push(',');
            }
            for case in &error.cases {
                out.push_str("\n                        ");
                case_message(out, error, case);
                out.push(',');
            }
            out.push_str(
                "
                    ),
            ),
        )",
            );
        }
        out.push_str("\n    }");
    }
    out.push_str("\n}\n");
}

fn texts_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        fallback,
        catalogue,
        locale_objects,
        ..
    } = module;
    top(out, segment);
    out.push_str("

/** The texts of the catalogue in one locale, by the id of the error or category; those of a case or group by `error.case`. */
internal abstract class Texts {
    protected val titles = HashMap<String, String>()
    protected val descriptions = HashMap<String, String>()
    protected val resolutions = HashMap<String, String>()

    companion object {
        private val fallback: Texts
            get() = ");
    out.push_str(&locale_objects[catalogue.fallback]);
    out.push_str(
        "

        /** The tags of the locales in lower case, in the order of the catalogue. */
        private val tags =
            arrayOf(",
    );
    for tag in &catalogue.locales {
        put!(out, "\n                \"{}\",", tag.to_ascii_lowercase());
    }
    out.push_str(r#"
            )

        fun title(
            key: String,
            languageTag: String,
        ): String = find(languageTag).titles[key] ?: fallback.titles.getValue(key)

        fun description(
            key: String,
            languageTag: String,
        ): Template = Template(find(languageTag).descriptions[key] ?: fallback.descriptions.getValue(key))

        fun resolution(
            key: String,
            languageTag: String,
        ): Template? = (find(languageTag).resolutions[key] ?: fallback.resolutions[key])?.let(::Template)

        /** The texts in a language: of its exact tag, else of the tag cut subtag by subtag, else of the same language, else the fallback. */
        private fun find(languageTag: String): Texts {
            val wanted = languageTag.replace('_', '-').lowercase()
            var tag = wanted
            while (tag.isNotEmpty() && tag !in tags) {
                tag = tag.substringBeforeLast('-', "")
            }
            val language = wanted.substringBefore('-')
            return when (tag.ifEmpty { tags.firstOrNull { it.substringBefore('-') == language } }) {"#);
    for (tag, texts) in catalogue.locales.iter().zip(locale_objects) {
        if tag != fallback {
            put!(
                out,
                "\n                \"{}\" -> {texts}",
                tag.to_ascii_lowercase()
            );
        }
    }
    out.push_str(
        "
                else -> fallback
            }
        }
    }
}
",
    );
}

fn locale_texts_file(out: &mut String, module: &Module, locale: usize) {
    let Module {
        segment,
        catalogue,
        locale_objects,
        ..
    } = module;
    let (tag, texts) = (catalogue.locales[locale], &locale_objects[locale]);
    let parts = catalogue.errors.chunks(500);
    top_of_table(out, segment);
    put!(
        out,
        "

/** The texts in `{tag}`. */
internal object {texts} : Texts() {{
    init {{"
    );
    for category in &catalogue.categories {
        entry(out, "titles", category.id, category.title.texts[locale]);
        for group in catalogue.groups_of(category) {
            entry(
                out,
                "titles",
                &format!("{}.{}", category.id, group.id),
                group.title.texts[locale],
            );
        }
    }
    if parts.len() == 1 {
        entries(out, &catalogue.errors, locale);
    } else {
        for index in 1..=parts.len() {
            put!(out, "\n        part{index}()");
        }
    }
    out.push_str("\n    }");
    if parts.len() > 1 {
        for (index, part) in (1..).zip(parts.clone()) {
            put!(
                out,
                "

    private fun part{index}() {{"
            );
            entries(out, part, locale);
            out.push_str("\n    }");
        }
    }
    out.push_str("\n}\n");
}

fn response_body_file(out: &mut String, module: &Module) {
    let Module {
        segment,
        code_class,
        catalogue,
        ..
    } = module;
    top(out, segment);
    out.push_str(
        r#"

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.math.abs

/** The parts of a response body that tell of an error. */
internal class ResponseBody(
    body: String,
) {
    private val root: JsonElement? =
        try {
            Json.parseToJsonElement(body.removePrefix("\uFEFF"))
        } catch (exception: SerializationException) {
            null
        } catch (error: StackOverflowError) {
            // The parser recurses: nobody but an attacker nests thousands of arrays.
            null
        }

    /** The code; null where there is no text or number in its place. */
"#,
    );
    put!(
        out,
        "    val code: {code_class}?
        get() {{
            val primitive = root.at("
    );
    put!(out, "\"{}\"", catalogue.wire.code);
    put!(
        out,
        "\
) as? JsonPrimitive ?: return null
            val text = if (primitive.isString) primitive.content else primitive.number()
            return text?.let({code_class}::fromCode)
"
    );
    out.push_str(
        "        }

    /** The message; null where there is no text in its place. */
    val message: String?
        get() =
            (root.at(",
    );
    put!(out, "\"{}\"", catalogue.wire.message);
    out.push_str("\
) as? JsonPrimitive)
                ?.takeIf { it.isString }
                ?.content

    /** What a JSON pointer of these segments leads to. */
    private fun JsonElement?.at(vararg segments: String): JsonElement? =
        segments.fold(this) { element, segment ->
            when (element) {
                is JsonObject -> element[segment]
                is JsonArray -> segment.toIntOrNull()?.takeIf { it.toString() == segment }?.let(element::getOrNull)
                else -> null
            }
        }

    /** A number in plain digits: `1000` for `1000.0` and `1e3`; null where it has a fraction or is no number at all. */
    private fun JsonPrimitive.number(): String? {
        val number = content.toDoubleOrNull()?.takeIf { it % 1.0 == 0.0 && abs(it) <= LARGEST_EXACT_INTEGER }
        return number?.toLong()?.toString()
    }

    companion object {
        /** Beyond it, a floating point number stands for several integers: 2^53 - 1. */
        private const val LARGEST_EXACT_INTEGER = 9_007_199_254_740_991.0
    }
}
");
}

fn message_name(error: &Error) -> String {
    let name = error.id.to_upper_camel_case();
    match name.as_str() {
        // A class in a class: within that, it would hide one of Kotlin's own that is used there.
        "Any" | "Boolean" | "Companion" | "JvmStatic" | "Long" | "Map" | "String" => name + "Error",
        _ => name,
    }
}

fn property(parameter: &Parameter) -> String {
    let name = parameter.name.to_lower_camel_case();
    match name.as_str() {
        // What the class of the message has already, `getClass` among it.
        "class" | "code" | "text" => name + "Value",
        word if KEYWORDS.contains(&word) => format!("`{name}`"),
        _ => name,
    }
}

fn group_title(catalogue: &Catalogue, group: &Group) -> String {
    let category = &catalogue.categories[group.category];
    format!("{}: {}", category.title.default, group.title.default)
}

/// What stands at the top of every file.
fn top(out: &mut String, segment: &str) {
    put!(out, "// {NOTICE}\n\npackage {segment}.errors");
}

/// The same for a table of texts, which are as long as they are.
fn top_of_table(out: &mut String, segment: &str) {
    put!(
        out,
        r#"// {NOTICE}

@file:Suppress("ktlint:standard:max-line-length")

package {segment}.errors"#
    );
}

/// A value after `=`: in a line of its own where a formatter would put it there.
fn assign(out: &mut String, left: &str, right: &str, indent: &str) {
    let length = indent.len() + left.len() + right.chars().count();
    if length < 100 {
        put!(out, "{left} = {right}");
    } else {
        put!(out, "{left} =\n    {indent}{right}");
    }
}

/// A text of a locale.
fn entry(out: &mut String, map: &str, key: &str, text: &str) {
    put!(out, "\n        {map}[\"{key}\"] =");
    let end = out.len();
    out.push(' ');
    string(out, text);
    // In a line of its own where a formatter would put it there.
    let left = map.len() + key.len() + "        [\"\"]".len();
    if left + out[end + 1..].chars().count() >= 100 {
        out.replace_range(end..=end, "\n            ");
    }
}

/// The texts of errors.
fn entries(out: &mut String, errors: &[Error], locale: usize) {
    for error in errors {
        entry(
            out,
            "descriptions",
            error.id,
            error.description.texts[locale],
        );
        for case in &error.cases {
            let key = format!("{}.{}", error.id, case.id);
            entry(out, "descriptions", &key, case.description.texts[locale]);
        }
        if let Some(resolution) = &error.resolution {
            entry(out, "resolutions", error.id, resolution.texts[locale]);
        }
    }
}

/// The one message of an error.
fn error_message(out: &mut String, error: &Error, message: &str) {
    let start = out.len();
    put!(out, "ErrorMessage(\"{}\", ", error.id);
    let literal = out.len();
    string(out, message);
    let length = error.id.len() + out[literal..].chars().count();
    if error.parameters.is_empty() && length < 80 {
        out.push(')');
        return;
    }
    out.truncate(start);
    put!(out, "{MESSAGE_START}{}{MESSAGE_TEXT}", error.id);
    string(out, message);
    out.push(',');
    if !error.parameters.is_empty() {
        out.push_str("\n                            mapOf(");
        for parameter in &error.parameters {
            put!(
                out,
                "\n                                \"{}\" to ParameterType.STRING,",
                parameter.name
            );
        }
        out.push_str("\n                            ),");
    }
    out.push_str(MESSAGE_END);
}

const MESSAGE_START: &str = "ErrorMessage(\n                            \"";
const MESSAGE_TEXT: &str = "\",\n                            ";
const MESSAGE_END: &str = "\n                        )";

/// The message of a case.
fn case_message(out: &mut String, error: &Error, case: &Case) {
    put!(out, "{MESSAGE_START}{}{MESSAGE_TEXT}", error.id);
    string(out, case.message);
    put!(
        out,
        ",\n                            caseId = \"{}\",{MESSAGE_END}",
        case.id
    );
}

/// The class of a message with a parameter.
fn typed_message(
    out: &mut String,
    module: &Module,
    error: &Error,
    constant: &str,
    parameter: &Parameter,
) {
    let Module {
        code_class,
        exception_class,
        message_class,
        ..
    } = module;
    let (name, property) = (message_name(error), property(parameter));
    out.push_str("/**\n     * “");
    doc(out, error.message.unwrap_or_default(), "     * ");
    put!(
        out,
        "”, sent with [{code_class}.{constant}].\n     */\n    public class {name}("
    );
    if let Some(description) = &parameter.description {
        out.push_str("\n        /**\n         * ");
        doc(out, description.default, "         * ");
        out.push_str("\n         */");
    } else {
        put!(
            out,
            "\n        /** What stands for `{}`. */",
            parameter.name
        );
    }
    put!(
        out,
        r#"
        public val {property}: String,
    ) : {message_class}(
            "{code}",
            mapOf(
                "{parameter}" to {property},
            ),
        ) {{
        public companion object {{
            /** The one in an exception; null where another message came. */
            @JvmStatic
            public fun from(exception: {exception_class}): {name}? =
                find(exception, "{code}")?.let {{ values ->
                    {name}(
                        values["{parameter}"] as String,
                    )
                }}
        }}
    }}"#,
        code = error.code,
        parameter = parameter.name
    );
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    push_replaced(out, text, |rest| match rest {
        [b'"', ..] => Some((1, "\\\"")),
        [b'\\', ..] => Some((1, "\\\\")),
        [b'$', ..] => Some((1, "\\$")),
        _ => None,
    });
    out.push('"');
}

fn doc(out: &mut String, text: &str, prefix: &str) {
    push_comment(out, text, prefix, 120, doc_line);
}

/// A line of a comment: `KDoc` is Markdown with links and tags, in comments that nest.
fn doc_line(out: &mut String, line: &str) {
    let marks = ['_', '#', '-', '+', '>'];
    let (mark, rest) = line.split_at(usize::from(line.starts_with(marks)));
    if !mark.is_empty() {
        out.push('\\');
        out.push_str(mark);
    }
    push_replaced(out, rest, |rest| match rest {
        [b'*', b'/', ..] => Some((2, "*&#47;")),
        [b'/', b'*', ..] => Some((2, "/&#42;")),
        [b' ', b'_', ..] => Some((2, " \\_")),
        [b'\\', ..] => Some((1, "\\\\")),
        [b'*', ..] => Some((1, "\\*")),
        [b'`', ..] => Some((1, "\\`")),
        [b'[', ..] => Some((1, "\\[")),
        [b']', ..] => Some((1, "\\]")),
        [b'~', ..] => Some((1, "\\~")),
        [b'<', ..] => Some((1, "&lt;")),
        [b'&', ..] => Some((1, "&amp;")),
        [b'@', ..] => Some((1, "&#64;")),
        _ => None,
    });
}
