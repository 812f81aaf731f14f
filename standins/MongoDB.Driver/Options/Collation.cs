using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>The rules for comparing strings.</summary>
public sealed class Collation : IConvertibleToBsonDocument
{
    private readonly BsonDocument _document;

    /// <summary>Creates the rules of a locale.</summary>
    public Collation(
        string locale,
        Optional<bool?> caseLevel = default,
        Optional<CollationCaseFirst?> caseFirst = default,
        Optional<CollationStrength?> strength = default,
        Optional<bool?> numericOrdering = default,
        Optional<CollationAlternate?> alternate = default,
        Optional<CollationMaxVariable?> maxVariable = default,
        Optional<bool?> normalization = default,
        Optional<bool?> backwards = default)
    {
        ArgumentNullException.ThrowIfNull(locale);
        Locale = locale;
        _document = new BsonDocument("locale", locale);
        Add("caseLevel", Boolean(caseLevel));
        Add("caseFirst", Word(caseFirst));
        Add("strength", strength.WithDefault(null) is { } level ? (BsonValue)(int)level : null);
        Add("numericOrdering", Boolean(numericOrdering));
        Add("alternate", alternate.WithDefault(null) == CollationAlternate.NonIgnorable ? "non-ignorable" : Word(alternate));
        Add("maxVariable", maxVariable.WithDefault(null) == CollationMaxVariable.Punctuation ? "punct" : Word(maxVariable));
        Add("normalization", Boolean(normalization));
        Add("backwards", Boolean(backwards));
    }

    /// <summary>Comparison byte by byte.</summary>
    public static Collation Simple { get; } = new("simple");

    /// <summary>The locale.</summary>
    public string Locale { get; }

    /// <summary>The rules as a document.</summary>
    public BsonDocument ToBsonDocument() => _document;

    private static BsonValue Boolean(Optional<bool?> value) => value.WithDefault(null) is { } flag ? (BsonBoolean)flag : null;

    private static BsonValue Word<T>(Optional<T?> value)
        where T : struct, Enum => value.WithDefault(null) is { } word ? (BsonValue)word.ToString().ToLowerInvariant() : null;

    private void Add(string name, BsonValue value) => _document.Add(name, value, value is not null);
}

/// <summary>Whether spaces and punctuation count as base letters.</summary>
public enum CollationAlternate
{
    /// <summary>They do.</summary>
    NonIgnorable,
    /// <summary>They do not.</summary>
    Shifted,
}

/// <summary>Which case comes first.</summary>
public enum CollationCaseFirst
{
    /// <summary>As the locale says.</summary>
    Off,
    /// <summary>Upper case.</summary>
    Upper,
    /// <summary>Lower case.</summary>
    Lower,
}

/// <summary>What is ignored where <see cref="CollationAlternate.Shifted"/> is chosen.</summary>
public enum CollationMaxVariable
{
    /// <summary>Spaces and punctuation.</summary>
    Punctuation,
    /// <summary>Spaces.</summary>
    Space,
}

/// <summary>Which differences count.</summary>
public enum CollationStrength
{
    /// <summary>Base letters.</summary>
    Primary = 1,
    /// <summary>And accents.</summary>
    Secondary = 2,
    /// <summary>And case.</summary>
    Tertiary = 3,
    /// <summary>And punctuation.</summary>
    Quaternary = 4,
    /// <summary>Everything.</summary>
    Identical = 5,
}
