using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>A parsed update: operators, a replacement or a pipeline.</summary>
internal abstract class DocumentUpdate
{
    /// <summary>Whether the update is a whole new document.</summary>
    public virtual bool IsReplacement => false;

    /// <summary>Parses the <c>u</c> or <c>update</c> field of a command.</summary>
    /// <param name="update">A document of operators, a replacement document, or a pipeline.</param>
    /// <param name="arrayFilters">The <c>arrayFilters</c> field; null when there is none.</param>
    /// <returns>The update.</returns>
    /// <exception cref="CommandException">The update cannot be read.</exception>
    public static DocumentUpdate Parse(BsonValue update, BsonArray? arrayFilters)
    {
        if (update is BsonArray pipeline)
        {
            return arrayFilters is null
                ? new PipelineUpdate(pipeline)
                : throw new CommandException(ErrorCode.FailedToParse, "Cannot specify arrayFilters and a pipeline update");
        }

        if (update is not BsonDocument document)
        {
            throw new CommandException(
                ErrorCode.FailedToParse,
                "Update argument must be either an object or an array");
        }

        if (document.ElementCount > 0 && document.GetElement(0).Name.StartsWith('$'))
        {
            return OperatorUpdate.Parse(document, arrayFilters);
        }

        return arrayFilters is null
            ? new ReplacementUpdate(document)
            : throw new CommandException(ErrorCode.FailedToParse, "Cannot specify arrayFilters and a replacement document");
    }

    /// <summary>Applies the update.</summary>
    /// <param name="document">The document as it stands; it may be changed in place.</param>
    /// <param name="context">What the operators need to know.</param>
    /// <returns>The new document.</returns>
    /// <exception cref="CommandException">The update does not fit the document.</exception>
    public BsonDocument Apply(BsonDocument document, UpdateContext context)
    {
        var before = document.TryGetValue("_id", out var id) ? id : null;
        var after = Transform(document, context);
        if (before is not null && !ValueOrder.Instance.Equals(before, after.GetValue("_id", null)))
        {
            throw ImmutableId(before, after);
        }

        return after;
    }

    /// <summary>Makes the new document.</summary>
    /// <param name="document">The document as it stands; it may be changed in place.</param>
    /// <param name="context">What the operators need to know.</param>
    /// <returns>The new document.</returns>
    protected abstract BsonDocument Transform(BsonDocument document, UpdateContext context);

    private CommandException ImmutableId(BsonValue before, BsonDocument after)
    {
        var now = after.GetValue("_id", null);
        return this is OperatorUpdate
            ? new CommandException(
                ErrorCode.ImmutableField,
                "Performing an update on the path '_id' would modify the immutable field '_id'")
            : new CommandException(
                ErrorCode.ImmutableField,
                now is null
                    ? $"After applying the update to the document {{_id: {TypeNames.Show(before)} , ...}}, the (immutable) field '_id' was found to have been removed"
                    : $"After applying the update, the (immutable) field '_id' was found to have been altered to _id: {TypeNames.Show(now)}");
    }
}
