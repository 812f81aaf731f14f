using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>How a text index is searched.</summary>
public sealed class TextSearchOptions
{
    /// <summary>Whether case counts.</summary>
    public bool? CaseSensitive { get; set; }

    /// <summary>Whether accents count.</summary>
    public bool? DiacriticSensitive { get; set; }

    /// <summary>The language of the words.</summary>
    public string Language { get; set; }

    internal static BsonDocument Render(string search, TextSearchOptions options)
    {
        return new BsonDocument("$search", search)
            .Add("$language", () => options.Language, options?.Language is not null)
            .Add("$caseSensitive", () => options.CaseSensitive, options?.CaseSensitive is not null)
            .Add("$diacriticSensitive", () => options.DiacriticSensitive, options?.DiacriticSensitive is not null);
    }
}
