namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>
/// MongoDB's error codes that this server sends. The member's name is the <c>codeName</c> of the reply, except for the
/// numbered ones (<c>Location…</c>), which have no name of their own in MongoDB either.
/// </summary>
internal enum ErrorCode
{
    /// <summary>Something went wrong inside the server.</summary>
    InternalError = 1,

    /// <summary>An argument has a value that makes no sense.</summary>
    BadValue = 2,

    /// <summary>An argument cannot be read.</summary>
    FailedToParse = 9,

    /// <summary>The connection has not authenticated.</summary>
    Unauthorized = 13,

    /// <summary>An argument or a stored value has the wrong type.</summary>
    TypeMismatch = 14,

    /// <summary>A size is out of range.</summary>
    InvalidLength = 16,

    /// <summary>The client broke the wire protocol.</summary>
    ProtocolError = 17,

    /// <summary>Wrong user or password.</summary>
    AuthenticationFailed = 18,

    /// <summary>The operation needs a feature that a standalone server does not have.</summary>
    IllegalOperation = 20,

    /// <summary>BSON that cannot be read.</summary>
    InvalidBSON = 22,

    /// <summary>No such collection.</summary>
    NamespaceNotFound = 26,

    /// <summary>No such index.</summary>
    IndexNotFound = 27,

    /// <summary>A path leads through a value that has no fields.</summary>
    PathNotViable = 28,

    /// <summary>Two update operators touch the same path.</summary>
    ConflictingUpdateOperators = 40,

    /// <summary>No such cursor.</summary>
    CursorNotFound = 43,

    /// <summary>The collection exists already.</summary>
    NamespaceExists = 48,

    /// <summary>The time that <c>maxTimeMS</c> grants is over.</summary>
    MaxTimeMSExpired = 50,

    /// <summary>A field name begins with a dollar sign.</summary>
    DollarPrefixedFieldName = 52,

    /// <summary>The value cannot be an <c>_id</c>.</summary>
    InvalidIdField = 53,

    /// <summary>An upsert finds two values for one field in its query.</summary>
    NotSingleValueField = 54,

    /// <summary>A path has an empty part.</summary>
    EmptyFieldName = 56,

    /// <summary>A field name has a dot where none may be.</summary>
    DottedFieldName = 57,

    /// <summary>No such command.</summary>
    CommandNotFound = 59,

    /// <summary>The update would change <c>_id</c>.</summary>
    ImmutableField = 66,

    /// <summary>The index specification is not possible.</summary>
    CannotCreateIndex = 67,

    /// <summary>An index with these options exists under another name.</summary>
    IndexAlreadyExists = 68,

    /// <summary>An option or a combination of options is not possible.</summary>
    InvalidOptions = 72,

    /// <summary>The name of a database or collection is not possible.</summary>
    InvalidNamespace = 73,

    /// <summary>An index of that name or key has other options.</summary>
    IndexOptionsConflict = 85,

    /// <summary>An index of that name has another key.</summary>
    IndexKeySpecsConflict = 86,

    /// <summary>The operation could not be carried out.</summary>
    OperationFailed = 96,

    /// <summary>The command cannot be carried out.</summary>
    CommandFailed = 125,

    /// <summary>The command is known, but not offered here.</summary>
    CommandNotSupported = 115,

    /// <summary>The write does not fit the collection's validator.</summary>
    DocumentValidationFailure = 121,

    /// <summary>No plan can answer the query as it was hinted.</summary>
    NoQueryExecutionPlans = 291,

    /// <summary>The mechanism is not offered.</summary>
    MechanismUnavailable = 334,

    /// <summary>The disk is full.</summary>
    OutOfDiskSpace = 14031,

    /// <summary>A cursor, command or object was used in a way that it is not meant for.</summary>
    BSONObjectTooLarge = 10334,

    /// <summary>A unique index has that key already.</summary>
    DuplicateKey = 11000,

    /// <summary>The server stops.</summary>
    ShutdownInProgress = 91,

    /// <summary>The server takes no more writes.</summary>
    NotWritablePrimary = 10107,

    /// <summary>A required field of a command is missing.</summary>
    IDLFailedToParse = 40414,

    /// <summary>A command has a field that it does not know.</summary>
    IDLUnknownField = 40415,

    /// <summary>A pipeline stage is not a document with one field.</summary>
    Location40323 = 40323,

    /// <summary>No such pipeline stage.</summary>
    Location40324 = 40324,

    /// <summary>The stage must be the first one.</summary>
    Location40602 = 40602,

    /// <summary>No such expression.</summary>
    InvalidPipelineOperator = 168,

    /// <summary>A value cannot be converted.</summary>
    ConversionFailure = 241,

    /// <summary>A remainder by zero.</summary>
    Location16610 = 16610,

    /// <summary>No branch of a <c>$switch</c> applies.</summary>
    Location40066 = 40066,

    /// <summary>An expression document has more than one field.</summary>
    Location15983 = 15983,

    /// <summary>An expression has the wrong number of arguments.</summary>
    Location16020 = 16020,

    /// <summary>A field path begins with a dollar sign where none may be.</summary>
    Location16410 = 16410,

    /// <summary>A variable is not defined.</summary>
    Location17276 = 17276,

    /// <summary>A replacement root is not a document.</summary>
    Location40228 = 40228,

    /// <summary>No such accumulator.</summary>
    Location15952 = 15952,

    /// <summary>A group has no <c>_id</c>.</summary>
    Location15955 = 15955,

    /// <summary>An accumulator is not written as a document.</summary>
    Location40234 = 40234,

    /// <summary>Change streams need a replica set.</summary>
    Location40573 = 40573,

    /// <summary>A projection names a path twice.</summary>
    Location31249 = 31249,

    /// <summary>A projection names a path twice, the longer one first.</summary>
    Location31250 = 31250,

    /// <summary>A projection includes and excludes.</summary>
    Location31253 = 31253,

    /// <summary>A projection excludes and includes.</summary>
    Location31254 = 31254,

    /// <summary>The positional projection found no array element.</summary>
    Location51246 = 51246,

    /// <summary>A value has no text.</summary>
    Location16007 = 16007,

    /// <summary>A part of a concatenation is not a string.</summary>
    Location16702 = 16702,

    /// <summary>A set operator got something else than arrays.</summary>
    Location17043 = 17043,

    /// <summary>A size is asked of something else than an array.</summary>
    Location17124 = 17124,

    /// <summary>An array operator got something else.</summary>
    Location28689 = 28689,

    /// <summary>A slice has no positive length.</summary>
    Location28724 = 28724,

    /// <summary>A range has no step.</summary>
    Location34449 = 34449,

    /// <summary>A string operator got something else.</summary>
    Location34473 = 34473,

    /// <summary>A search goes through something else than an array.</summary>
    Location40081 = 40081,

    /// <summary>A separator is empty.</summary>
    Location40087 = 40087,

    /// <summary>Something else than a document is to become an array.</summary>
    Location40390 = 40390,

    /// <summary>Something else than pairs is to become a document.</summary>
    Location40398 = 40398,

    /// <summary>Something else than documents is to be merged.</summary>
    Location40400 = 40400,

    /// <summary>A regular expression is not valid.</summary>
    Location51091 = 51091,

    /// <summary>A regular expression has an unknown option.</summary>
    Location51108 = 51108,

    /// <summary>A <c>$slice</c> of a projection is not understood.</summary>
    Location28667 = 28667,

    /// <summary>An <c>$elemMatch</c> of a projection has no document.</summary>
    Location31274 = 31274,

    /// <summary>A field path ends with a dot.</summary>
    Location40353 = 40353,

    /// <summary>A group is not a document.</summary>
    Location15947 = 15947,

    /// <summary>A limit is zero.</summary>
    Location15958 = 15958,

    /// <summary>A filter is not a document.</summary>
    Location15959 = 15959,

    /// <summary>A projection is not a document.</summary>
    Location15969 = 15969,

    /// <summary>A sort is not a document.</summary>
    Location15973 = 15973,

    /// <summary>A sort has no key.</summary>
    Location15976 = 15976,

    /// <summary>An unwind option is unknown.</summary>
    Location28811 = 28811,

    /// <summary>An unwind has no path.</summary>
    Location28812 = 28812,

    /// <summary>An unwind path has no dollar sign.</summary>
    Location28818 = 28818,

    /// <summary>Paths to unset are not strings.</summary>
    Location31002 = 31002,

    /// <summary>A count has no field name.</summary>
    Location40156 = 40156,

    /// <summary>A count's field name begins with a dollar sign.</summary>
    Location40158 = 40158,

    /// <summary>A count's field name has a dot.</summary>
    Location40160 = 40160,

    /// <summary>New fields conflict.</summary>
    Location40176 = 40176,

    /// <summary>A new root is not given as a document.</summary>
    Location40229 = 40229,

    /// <summary>A group's field name has a dot.</summary>
    Location40235 = 40235,

    /// <summary>A group's field has more than one accumulator.</summary>
    Location40238 = 40238,

    /// <summary>New fields are not a document.</summary>
    Location40272 = 40272,

    /// <summary>A field path is empty.</summary>
    Location40352 = 40352,

    /// <summary>A projection is empty.</summary>
    Location51272 = 51272,

    /// <summary>A limit is not a number above zero.</summary>
    Location2107201 = 2107201,

    /// <summary>A skip is not a number.</summary>
    Location5107200 = 5107200,

    /// <summary>The option needs a replica set.</summary>
    NotAReplicaSet = 123,

    /// <summary>The API version is not offered.</summary>
    APIVersionError = 322,

    /// <summary>The command must come as OP_MSG.</summary>
    UnsupportedOpQueryCommand = 352,

    /// <summary>A command names no database.</summary>
    Location40571 = 40571,

    /// <summary>A number is too small.</summary>
    Location51024 = 51024,

    /// <summary>A hashed index is to be unique.</summary>
    Location16764 = 16764,

    /// <summary>An index has several hashed fields.</summary>
    Location31303 = 31303,

    /// <summary>An expression would take too much memory.</summary>
    ExceededMemoryLimit = 146,

    /// <summary>Two requests use one cursor at once.</summary>
    CursorInUse = 145,

    /// <summary>An index option is not known.</summary>
    InvalidIndexSpecificationOption = 197,

    /// <summary>A field operator lacks an argument.</summary>
    Location4161102 = 4161102,

    /// <summary>A field operator's input is not a document.</summary>
    Location4161105 = 4161105,

    /// <summary>A field operator's field is a path.</summary>
    Location4161108 = 4161108,

    /// <summary>A field operator's field is not a string.</summary>
    Location5654602 = 5654602,
}
