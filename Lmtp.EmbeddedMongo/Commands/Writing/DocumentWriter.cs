using System.Globalization;
using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Updates;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary>What a write did to a document.</summary>
/// <param name="Matched">Whether the document was still there and still matched.</param>
/// <param name="Before">The document as it was.</param>
/// <param name="After">The document as it is now; the same as before when nothing changed.</param>
/// <param name="ArrayIndex">The array index that the filter matched; -1 when none.</param>
/// <param name="IsModified">Whether the document changed.</param>
internal readonly record struct WriteOutcome(
    bool Matched,
    ReadOnlyMemory<byte> Before,
    ReadOnlyMemory<byte> After,
    int ArrayIndex,
    bool IsModified);

/// <summary>Changes documents that a query found, unless somebody else has changed them so that they match no more.</summary>
/// <param name="query">The query.</param>
/// <param name="context">The command.</param>
internal sealed class DocumentWriter(PreparedQuery query, CommandContext context)
{
    private readonly IReadOnlyDictionary<string, BsonValue>? _variables = context.Variables;
    private readonly MatchState _state = query.State();

    /// <summary>The end of the last write, to wait for.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Applies an update to a document.</summary>
    /// <param name="record">The document.</param>
    /// <param name="update">The update.</param>
    /// <returns>What it did.</returns>
    public WriteOutcome Update(RecordId record, DocumentUpdate update) => Modify(record, document =>
    {
        var index = _state.ArrayIndex < 0 ? null : _state.ArrayIndex.ToString(CultureInfo.InvariantCulture);
        var after = DocumentPreparation.Encode(update.Apply(
            RawDocument.Decode(document.Span),
            new UpdateContext(false, index, context.Now, _variables) { Budget = context.Budget }));
        return after.AsSpan().SequenceEqual(document.Span) ? Mutation.Keep : Mutation.Replace(after);
    });

    /// <summary>Deletes a document.</summary>
    /// <param name="record">The document.</param>
    /// <returns>What it did.</returns>
    public WriteOutcome Delete(RecordId record) => Modify(record, static _ => Mutation.Delete);

    /// <summary>Inserts the document that an upsert makes.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="update">The update.</param>
    /// <returns>The new document.</returns>
    public BsonDocument Upsert(Collection collection, DocumentUpdate update)
    {
        var seed = UpsertSeed.From(query.Request.Filter, update.IsReplacement);
        var document = DocumentPreparation.WithId(
            update.Apply(seed, new UpdateContext(true, null, context.Now, _variables) { Budget = context.Budget }),
            context.Now);
        Position = LogPosition.Max(Position, collection.Insert(DocumentPreparation.Encode(document)));
        return document;
    }

    private WriteOutcome Modify(RecordId record, Func<ReadOnlyMemory<byte>, Mutation> change)
    {
        var matched = false;
        ReadOnlyMemory<byte> after = default;
        var result = query.Collection!.Modify(record, document =>
        {
            _state.ArrayIndex = -1;
            matched = query.Filter.Matches(document.Span, _state);
            var mutation = matched ? change(document) : Mutation.Keep;
            after = mutation.Kind == MutationKind.Replace ? mutation.Document : document;
            return mutation;
        });
        Position = LogPosition.Max(Position, result.Position);
        return new WriteOutcome(matched, result.Before, after, _state.ArrayIndex, result.Kind != MutationKind.Keep);
    }
}
