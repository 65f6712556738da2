//! The registry of rules. Every diagnostic refers to one of them.

/// A rule that a catalogue, a target or an output folder can break.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable and never reused: `E301`. Codes with `L` are lints and those with `C` are changes, whose level a
    /// catalogue can set.
    pub code: &'static str,
    /// Stable, for people and for `lint:` and `allow:`: `duplicate-code`.
    pub name: &'static str,
    /// What the rule finds, why it matters, and a bad and a good example, in Markdown. The heading is the code and the name.
    pub page: &'static str,
    /// Whether errgen itself failed, rather than finding a fault in the catalogue or the output.
    pub stops_work: bool,
}

impl Rule {
    /// The rule with a code or a name, in any letter case.
    pub fn find(wanted: &str) -> Option<&'static Self> {
        let is_wanted = |text: &str| text.eq_ignore_ascii_case(wanted);
        ALL.iter()
            .find(|rule| is_wanted(rule.code) || is_wanted(rule.name))
            .copied()
    }

    /// Whether it is a lint: it finds a likely mistake in a catalogue that errgen can generate from.
    pub fn is_lint(&self) -> bool {
        self.code.starts_with('L')
    }

    /// Whether it is a change of a catalogue, which some versions allow.
    pub fn is_change(&self) -> bool {
        self.code.starts_with('C')
    }

    /// Whether it finds what servers send and the catalogue does not say.
    pub fn is_about_traffic(&self) -> bool {
        self.code.starts_with("E9")
    }

    /// The severity of its diagnostics, unless the catalogue sets another level.
    pub fn severity(&self) -> Severity {
        if self.is_change() {
            Severity::Note
        } else if self.is_lint() {
            Severity::Warning
        } else {
            Severity::Error
        }
    }

    /// What the rule finds, in a paragraph.
    pub fn summary(&self) -> &'static str {
        let body = self.page.split_once("\n\n").map_or("", |(_, body)| body);
        body.split("\n\n").next().unwrap_or_default()
    }
}

/// How severe a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth fixing; errgen can continue.
    Warning,
    /// Must be fixed before errgen can continue.
    Error,
}

impl Severity {
    /// The name that is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! rules {
    ($($constant:ident = $code:literal $name:literal $($stops_work:ident)?;)*) => {
        pub mod constants {
            use super::Rule;
            $(pub const $constant: &Rule = &Rule {
                code: $code,
                name: $name,
                page: include_str!(concat!("rules/", $code, ".md")),
                stops_work: false $(|| stringify!($stops_work).len() > 0)?,
            };)*
        }

        /// Every rule, in the order of the codes.
        pub const ALL: &[&Rule] = &[$(constants::$constant),*];
    };
}

rules! {
    // Reading files.
    UNREADABLE_FILE = "E001" "unreadable-file" stops_work;
    NOT_UTF8 = "E002" "not-utf8";
    FILE_TOO_LARGE = "E003" "file-too-large";
    YAML_SYNTAX = "E004" "yaml-syntax";
    YAML_FEATURE = "E005" "yaml-feature";
    UNPRINTABLE_PATH = "E008" "unprintable-path" stops_work;
    TOO_MANY_FINDINGS = "E009" "too-many-findings";
    UNFIT_INCLUDE = "E010" "unfit-include";
    // The structure of a catalogue.
    UNKNOWN_KEY = "E101" "unknown-key";
    DUPLICATE_KEY = "E102" "duplicate-key";
    MISSING_KEY = "E103" "missing-key";
    WRONG_TYPE = "E104" "wrong-type";
    EMPTY_LIST = "E105" "empty-list";
    KEY_CONFLICT = "E106" "key-conflict";
    // Single values.
    BAD_ID = "E201" "bad-id";
    BAD_CODE = "E202" "bad-code";
    BAD_HTTP_STATUS = "E203" "bad-http-status";
    BAD_VERSION = "E204" "bad-version";
    UNKNOWN_VALUE = "E205" "unknown-value";
    BAD_LOCALE = "E206" "bad-locale";
    BAD_POINTER = "E207" "bad-pointer";
    BAD_RANGE = "E208" "bad-range";
    BAD_DOCS_URL = "E209" "bad-docs-url";
    ERRGEN_TOO_OLD = "E210" "errgen-too-old";
    BAD_PUBLISH_VALUE = "E211" "bad-publish-value";
    STATUS_WITHOUT_HTTP = "E212" "status-without-http";
    BAD_PROPERTY = "E213" "bad-property";
    UNKNOWN_PROPERTY = "E214" "unknown-property";
    BAD_PROPERTY_VALUE = "E215" "bad-property-value";
    BAD_ACRONYM = "E216" "bad-acronym";
    BAD_PATH = "E218" "bad-path";
    BAD_PLACE = "E220" "bad-place";
    BAD_FIELD = "E221" "bad-field";
    UNFIT_EXPLANATION = "E222" "unfit-explanation";
    // What must be consistent across a catalogue.
    DUPLICATE_CODE = "E301" "duplicate-code";
    DUPLICATE_ID = "E302" "duplicate-id";
    MIXED_CODE_KINDS = "E303" "mixed-code-kinds";
    CODE_OUT_OF_RANGE = "E304" "code-out-of-range";
    OVERLAPPING_RANGES = "E305" "overlapping-ranges";
    UNKNOWN_SUCCESSOR = "E306" "unknown-successor";
    POINTER_CONFLICT = "E307" "pointer-conflict";
    UNKNOWN_CATEGORY = "E309" "unknown-category";
    UNREADABLE_CODE = "E310" "unreadable-code";
    // Texts and their parameters.
    UNCLOSED_BRACE = "E401" "unclosed-brace";
    UNDECLARED_PARAMETER = "E402" "undeclared-parameter";
    UNUSED_PARAMETER = "E403" "unused-parameter";
    UNKNOWN_PARAMETER_TYPE = "E404" "unknown-parameter-type";
    LOCALES_DIFFER = "E405" "locales-differ";
    UNDECLARED_LOCALE = "E406" "undeclared-locale";
    MISSING_FALLBACK_TEXT = "E407" "missing-fallback-text";
    EMPTY_TEXT = "E408" "empty-text";
    BAD_EXAMPLE = "E409" "bad-example";
    // Targets.
    UNKNOWN_TARGET = "E501" "unknown-target";
    BAD_OPTION = "E502" "bad-option";
    IDENTIFIER_COLLISION = "E503" "identifier-collision";
    BAD_OUTPUT_FOLDER = "E504" "bad-output-folder";
    BAD_MANIFEST = "E505" "bad-manifest" stops_work;
    TEMPLATE_ERROR = "E506" "template-error" stops_work;
    UNSAFE_OUTPUT_PATH = "E507" "unsafe-output-path" stops_work;
    DUPLICATE_OUTPUT_PATH = "E508" "duplicate-output-path" stops_work;
    RENDERER_STOPPED = "E509" "renderer-stopped" stops_work;
    UNFIT_TARGET_FOLDER = "E510" "unfit-target-folder" stops_work;
    FILE_NAME_COLLISION = "E511" "file-name-collision";
    UNUSABLE_FILE_NAME = "E512" "unusable-file-name";
    TOO_MUCH_FOR_TARGET = "E513" "too-much-for-target";
    // Output folders.
    MISSING_FILE = "E601" "missing-file";
    STALE_FILE = "E602" "stale-file";
    EDITED_FILE = "E603" "edited-file";
    LEFT_OVER_FILE = "E604" "left-over-file";
    FOREIGN_FILE = "E605" "foreign-file";
    LINK_OUT_OF_FOLDER = "E606" "link-out-of-folder";
    BAD_FILE_LIST = "E607" "bad-file-list";
    UNWRITABLE_FILE = "E608" "unwritable-file" stops_work;
    FOREIGN_FOLDER = "E609" "foreign-folder";
    LEFT_OVER_FOLDER = "E610" "left-over-folder";
    BAD_FOLDER_RECORD = "E611" "bad-folder-record";
    BUSY_FOLDER = "E612" "busy-folder" stops_work;
    // The command line.
    NO_SUCH_ARGUMENT = "E701" "no-such-argument" stops_work;
    NO_SUCH_ERROR = "E702" "no-such-error";
    NO_SUCH_RULE = "E703" "no-such-rule";
    UNFIT_DEPFILE = "E704" "unfit-depfile" stops_work;
    UNAVAILABLE_PORT = "E705" "unavailable-port" stops_work;
    UNWATCHABLE_FILE = "E706" "unwatchable-file" stops_work;
    REFUSED_RELEASE = "E707" "refused-release" stops_work;
    UNREADABLE_REVISION = "E708" "unreadable-revision" stops_work;
    NOTHING_TO_COMPARE = "E709" "nothing-to-compare" stops_work;
    REFUSED_CHANGE = "E710" "refused-change";
    UNREADABLE_IMPORT = "E711" "unreadable-import";
    IMPORT_CONFLICT = "E712" "import-conflict";
    UNFIT_TRAFFIC = "E713" "unfit-traffic" stops_work;
    // What was released.
    RELEASED_CODE_REMOVED = "E801" "released-code-removed";
    RELEASED_CODE_REUSED = "E802" "released-code-reused";
    DAMAGED_LEDGER = "E803" "damaged-ledger";
    FOREIGN_LEDGER = "E804" "foreign-ledger";
    UNRELEASED_VERSION = "E805" "unreleased-version";
    // What servers really send, which `errgen audit` holds against a catalogue.
    UNDOCUMENTED_CODE = "E901" "undocumented-code";
    OTHER_STATUS = "E902" "other-status";
    OTHER_MESSAGE = "E903" "other-message";
    OTHER_TYPE = "E904" "other-type";
    RETIRED_CODE_SENT = "E905" "retired-code-sent";
    CODE_NEVER_SEEN = "E906" "code-never-seen";
    UNREADABLE_LINES = "E907" "unreadable-lines";
    // Changes of a catalogue, which `errgen diff` finds: of its errors,
    ERROR_ADDED = "C101" "error-added";
    ERROR_RENAMED = "C102" "error-renamed";
    ALIAS_REMOVED = "C103" "alias-removed";
    CATEGORY_CHANGED = "C104" "category-changed";
    GROUP_CHANGED = "C105" "group-changed";
    STATUS_CHANGED = "C106" "status-changed";
    RETRY_CHANGED = "C107" "retry-changed";
    SUCCESS_CHANGED = "C108" "success-changed";
    ERROR_DEPRECATED = "C109" "error-deprecated";
    DEPRECATION_WITHDRAWN = "C110" "deprecation-withdrawn";
    ERROR_RETIRED = "C111" "error-retired";
    ERROR_RESTORED = "C112" "error-restored";
    HISTORY_CHANGED = "C113" "history-changed";
    PROPERTY_VALUE_CHANGED = "C114" "property-value-changed";
    TEXT_CHANGED = "C115" "text-changed";
    ERROR_WITHDRAWN = "C116" "error-withdrawn";
    // of their messages,
    MESSAGE_CHANGED = "C201" "message-changed";
    PARAMETER_ADDED = "C202" "parameter-added";
    PARAMETER_REMOVED = "C203" "parameter-removed";
    PARAMETER_RENAMED = "C204" "parameter-renamed";
    PARAMETER_RETYPED = "C205" "parameter-retyped";
    PARAMETER_MOVED = "C206" "parameter-moved";
    PARAMETER_MADE_SENSITIVE = "C207" "parameter-made-sensitive";
    SENSITIVITY_WITHDRAWN = "C208" "sensitivity-withdrawn";
    PARAMETERS_REORDERED = "C209" "parameters-reordered";
    CASE_ADDED = "C211" "case-added";
    CASE_REMOVED = "C212" "case-removed";
    CASES_REORDERED = "C213" "cases-reordered";
    CASE_CODE_CHANGED = "C214" "case-code-changed";
    MESSAGE_SPLIT = "C215" "message-split";
    CASES_MERGED = "C216" "cases-merged";
    // and of what holds for all of them.
    CATEGORY_ADDED = "C301" "category-added";
    CATEGORY_REMOVED = "C302" "category-removed";
    GROUP_ADDED = "C303" "group-added";
    GROUP_REMOVED = "C304" "group-removed";
    RANGE_CHANGED = "C305" "range-changed";
    LOCALE_ADDED = "C306" "locale-added";
    LOCALE_REMOVED = "C307" "locale-removed";
    FALLBACK_CHANGED = "C308" "fallback-changed";
    RESPONSE_CHANGED = "C309" "response-changed";
    FIELD_ADDED = "C310" "field-added";
    FIELD_REMOVED = "C311" "field-removed";
    FIELD_RETYPED = "C312" "field-retyped";
    PROPERTY_ADDED = "C313" "property-added";
    PROPERTY_REMOVED = "C314" "property-removed";
    PROPERTY_RETYPED = "C315" "property-retyped";
    ENUM_VALUE_ADDED = "C316" "enum-value-added";
    ENUM_VALUE_REMOVED = "C317" "enum-value-removed";
    TARGET_ADDED = "C318" "target-added";
    TARGET_REMOVED = "C319" "target-removed";
    OPTION_CHANGED = "C320" "option-changed";
    PACKAGE_CHANGED = "C321" "package-changed";
    ADDRESS_CHANGED = "C322" "address-changed";
    NAME_CHANGED = "C323" "name-changed";
    CONTRACT_CHANGED = "C324" "contract-changed";
    TRANSPORT_CHANGED = "C325" "transport-changed";
    DESCRIPTIONS_OPTIONAL = "C326" "descriptions-optional";
    PARAMETERS_OPTIONAL = "C327" "parameters-optional";
    // Lints: a catalogue can set their levels.
    MISSING_TRANSLATION = "L001" "missing-translation";
    DUPLICATE_MESSAGE = "L002" "duplicate-message";
    PRINTF_PLACEHOLDER = "L003" "printf-placeholder";
    MARKUP_IN_TEXT = "L004" "markup-in-text";
    RETRY_CONTRADICTS_STATUS = "L005" "retry-contradicts-status";
    LONE_STATUS = "L006" "lone-status";
    DESCRIPTION_REPEATS_MESSAGE = "L007" "description-repeats-message";
    INVISIBLE_CHARACTER = "L008" "invisible-character";
    SURROUNDING_SPACE = "L009" "surrounding-space";
    DOUBLED_WORD = "L010" "doubled-word";
    ID_REPEATS_PARENT = "L011" "id-repeats-parent";
    DEPRECATED_WITHOUT_SUCCESSOR = "L012" "deprecated-without-successor";
    BAD_LINK = "L013" "bad-link";
    UNUSED_EXEMPTION = "L014" "unused-exemption";
    VERSIONS_OUT_OF_ORDER = "L015" "versions-out-of-order";
    VERSION_IN_THE_FUTURE = "L016" "version-in-the-future";
    SUCCESSOR_CYCLE = "L017" "successor-cycle";
    STATUS_WITHOUT_BODY = "L018" "status-without-body";
    MESSAGE_NOT_READ_BACK = "L019" "message-not-read-back";
    SERVER_ERROR_WITHOUT_RETRY = "L020" "server-error-without-retry";
    RETRY_CONTRADICTS_TEXT = "L021" "retry-contradicts-text";
    TEXT_LOST_TO_COMMENT = "L022" "text-lost-to-comment";
    DEPRECATED_SUCCESSOR = "L023" "deprecated-successor";
}
