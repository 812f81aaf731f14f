using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>
/// <c>$text</c> over the paths of the collection's text index: any of the words, all of the quoted phrases, none of the
/// words behind a minus sign. Words are compared whole, without regard to case and diacritics; there is no stemming and
/// there are no stop words.
/// </summary>
internal sealed class TextFilter : Filter
{
    private readonly IReadOnlySet<string> _words;
    private readonly IReadOnlySet<string> _excluded;
    private readonly IReadOnlyList<string> _phrases;

    private TextFilter(TextQuery query)
    {
        _words = query.Words;
        _excluded = query.Excluded;
        _phrases = query.Phrases;
    }

    /// <summary>The words of which a document must hold one, those of the phrases among them.</summary>
    public IReadOnlySet<string> Words => _words;

    /// <summary>Finds the operator in a filter, at the top or inside <c>$and</c>.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The operator; null when there is none.</returns>
    public static TextFilter? FindIn(Filter filter) => filter switch
    {
        TextFilter text => text,
        AndFilter conjunction => conjunction.Filters.Select(FindIn).FirstOrDefault(text => text is not null),
        _ => null,
    };

    /// <summary>Compiles the operator.</summary>
    /// <param name="argument">A document with <c>$search</c>.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="CommandException">The argument has no <c>$search</c>, or asks for what is not offered.</exception>
    public static TextFilter Parse(BsonValue argument)
    {
        var document = argument as BsonDocument ?? throw new CommandException(ErrorCode.BadValue, "$text expects an object");
        foreach (var option in document)
        {
            var isAccepted = option.Name is "$search" or "$language"
                || (option.Name is "$caseSensitive" or "$diacriticSensitive" && option.Value is BsonBoolean { Value: false });
            if (!isAccepted)
            {
                throw new CommandException(ErrorCode.BadValue, $"$text option {option.Name} is not supported");
            }
        }

        return document.GetValue("$search", null) is BsonString search
            ? new TextFilter(TextQuery.Parse(search.Value))
            : throw new CommandException(ErrorCode.TypeMismatch, $"\"$search\" had the wrong type. Expected string, found {TypeNames.Of(document.GetValue("$search", null))}");
    }

    /// <inheritdoc />
    public override bool Matches(ReadOnlySpan<byte> document, MatchState state)
    {
        if (state.TextPaths.Count == 0)
        {
            throw new CommandException(ErrorCode.IndexNotFound, "text index required for $text query");
        }

        var texts = new List<string>();
        foreach (var path in state.TextPaths)
        {
            Collect(document, path.Split('.'), texts);
        }

        var words = new HashSet<string>(StringComparer.Ordinal);
        texts.ForEach(text => TextTokenizer.AddWords(text, words));
        return words.Overlaps(_words)
            && !words.Overlaps(_excluded)
            && _phrases.All(phrase => texts.Any(text => TextTokenizer.Fold(text).Contains(phrase, StringComparison.Ordinal)));
    }

    private static void Collect(ReadOnlySpan<byte> document, ReadOnlySpan<string> path, List<string> texts)
    {
        if (path is ["$**"])
        {
            CollectAll(document, texts);
            return;
        }

        Collect(new BsonSlice(document)[Encoding.UTF8.GetBytes(path[0])], path[1..], texts);
    }

    private static void Collect(BsonValueSlice value, ReadOnlySpan<string> path, List<string> texts)
    {
        switch (value.Type)
        {
            case BsonType.String when path.IsEmpty:
                texts.Add(Encoding.UTF8.GetString(value.AsUtf8));
                break;
            case BsonType.Document when !path.IsEmpty:
                Collect(value.Bytes, path, texts);
                break;
            case BsonType.Array:
                foreach (var element in value.AsDocument)
                {
                    Collect(element.Value, path, texts);
                }

                break;
        }
    }

    private static void CollectAll(ReadOnlySpan<byte> document, List<string> texts)
    {
        foreach (var element in new BsonSlice(document))
        {
            if (element.Value.Type == BsonType.String)
            {
                texts.Add(Encoding.UTF8.GetString(element.Value.AsUtf8));
            }
            else if (element.Value.Type is BsonType.Document or BsonType.Array)
            {
                CollectAll(element.Value.Bytes, texts);
            }
        }
    }
}
