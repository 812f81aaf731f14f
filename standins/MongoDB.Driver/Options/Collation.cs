using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>The rules for comparing strings.</summary>
public sealed class Collation : IConvertibleToBsonDocument
{
    private readonly BsonDocument _document;

    /// <summary>Creates the rules of a locale.</summary>
    public Collation(string locale, bool? caseLevel = null, CollationStrength? strength = null, bool? numericOrdering = null)
    {
        ArgumentNullException.ThrowIfNull(locale);
        Locale = locale;
        _document = new BsonDocument("locale", locale)
            .Add("caseLevel", caseLevel, caseLevel.HasValue)
            .Add("strength", (int?)strength, strength.HasValue)
            .Add("numericOrdering", numericOrdering, numericOrdering.HasValue);
    }

    /// <summary>Comparison byte by byte.</summary>
    public static Collation Simple { get; } = new("simple");

    /// <summary>The locale.</summary>
    public string Locale { get; }

    /// <summary>The rules as a document.</summary>
    public BsonDocument ToBsonDocument() => _document;
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
