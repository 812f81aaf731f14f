using Lmtp.EmbeddedMongo.Query.Values;

namespace Lmtp.EmbeddedMongo.Commands.Cursors;

/// <summary>Turns documents into the first answer of a cursor.</summary>
internal static class CursorAnswers
{
    /// <summary>The documents of a first batch when the client names no number.</summary>
    public const int DefaultFirstBatch = 101;

    /// <summary>The <c>batchSize</c> of a command's <c>cursor</c> field.</summary>
    /// <param name="context">The command.</param>
    /// <returns>The most documents of the first batch.</returns>
    public static long BatchSize(CommandContext context) => context.Document("cursor")?.GetValue("batchSize", null) is { } size
        ? Numbers.RequireInteger(size, "cursor.batchSize")
        : DefaultFirstBatch;

    /// <summary>Answers with the first batch and keeps the rest.</summary>
    /// <param name="registry">Keeps the rest.</param>
    /// <param name="cursor">The documents.</param>
    /// <param name="batchSize">The most documents of the first batch.</param>
    /// <param name="isSingle">Whether nothing is kept.</param>
    /// <returns>The answer.</returns>
    public static CommandReply First(CursorRegistry registry, Cursor cursor, long batchSize, bool isSingle)
    {
        var batch = cursor.Take(batchSize, looksAhead: batchSize > 0);
        if (cursor.IsAtEnd || isSingle)
        {
            cursor.Dispose();
            return new CursorReply(cursor.Namespace, 0, batch, isFirst: true);
        }

        return new CursorReply(cursor.Namespace, registry.Add(cursor), batch, isFirst: true);
    }
}
