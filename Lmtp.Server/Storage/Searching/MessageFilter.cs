using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Searching;

/// <summary>Makes the database's filter of a query, as far as possible from fields with indexes. Specification section 3.</summary>
internal static class MessageFilter
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>The filter.</summary>
    /// <param name="query">The query.</param>
    /// <param name="byTextIndex">Whether words are found by the text index, or by reading the messages.</param>
    public static FilterDefinition<BsonDocument> Of(MessageQuery query, bool byTextIndex)
    {
        List<FilterDefinition<BsonDocument>> conditions = [Filter.Eq("user", query.User)];
        if (query.Mailbox is { } mailbox)
        {
            conditions.Add(Filter.Eq("mailbox", mailbox));
        }

        conditions.AddRange(Ranges(query));
        conditions.AddRange(Marks(query));
        conditions.AddRange(Headers(query));
        if (query.Text is { } text)
        {
            conditions.AddRange(byTextIndex ? ByIndex(text) : ByReading(text));
        }

        return Filter.And(conditions);
    }

    private static IEnumerable<FilterDefinition<BsonDocument>> Ranges(MessageQuery query)
    {
        if (query.Since is { } since)
        {
            yield return Filter.Gte("idate", since.UtcDateTime);
        }

        if (query.Until is { } until)
        {
            yield return Filter.Lt("idate", until.UtcDateTime);
        }

        if (query.MinSize is { } least)
        {
            yield return Filter.Gte("size", least);
        }

        if (query.MaxSize is { } most)
        {
            yield return Filter.Lte("size", most);
        }
    }

    private static IEnumerable<FilterDefinition<BsonDocument>> Marks(MessageQuery query)
    {
        (string Field, bool? Value)[] marks = [("unseen", query.IsUnseen), ("flagged", query.IsFlagged), ("ha", query.HasAttachments)];
        return marks.Where(mark => mark.Value is not null)
            .Select(mark => mark.Value == true ? Filter.Eq(mark.Field, true) : Filter.Ne(mark.Field, true));
    }

    private static IEnumerable<FilterDefinition<BsonDocument>> Headers(MessageQuery query)
    {
        if (query.From is { } from)
        {
            yield return Header(from, "from");
        }

        if (query.To is { } to)
        {
            yield return Header(to, "to", "cc");
        }

        if (query.Subject is { } subject)
        {
            yield return Header(subject, "subject");
        }
    }

    // The values are kept in lower case.
    private static FilterDefinition<BsonDocument> Header(string part, params string[] keys) =>
        Filter.ElemMatch<BsonDocument>(
            "headers", Filter.In("key", keys) & Filter.Regex("value", Literal(EcmaScriptText.ToLower(part), string.Empty)));

    // The text index holds searchable messages only, and is used only where the filter says so.
    private static IEnumerable<FilterDefinition<BsonDocument>> ByIndex(SearchText text) =>
        [Filter.Eq("searchable", true), Filter.Text(text.ToTextSearch())];

    private static IEnumerable<FilterDefinition<BsonDocument>> ByReading(SearchText text) =>
        [Filter.Eq("searchable", true), .. text.Wanted.Select(Anywhere), .. text.Excluded.Select(Nowhere)];

    private static FilterDefinition<BsonDocument> Anywhere(string word) =>
        Filter.Regex("headers.value", Literal(word, "i")) | Filter.Regex("text", Literal(word, "i"));

    private static FilterDefinition<BsonDocument> Nowhere(string word) =>
        Filter.Not(Filter.Regex("headers.value", Literal(word, "i"))) & Filter.Not(Filter.Regex("text", Literal(word, "i")));

    private static BsonRegularExpression Literal(string text, string options) => new(Regex.Escape(text), options);
}
