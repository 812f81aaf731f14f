using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Cursors;

/// <summary><c>getMore</c>: the next batch of a cursor.</summary>
/// <param name="registry">The open cursors.</param>
internal sealed class GetMoreCommand(CursorRegistry registry) : Command
{
    /// <inheritdoc />
    public override string Name => "getMore";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["collection", "batchSize"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var value = context.Body.GetElement(0).Value;
        if (!Numbers.IsInteger(value))
        {
            throw new CommandException(
                ErrorCode.TypeMismatch,
                $"BSON field 'getMore.getMore' is the wrong type '{TypeNames.Of(value)}', expected type 'long'");
        }

        if (context.Integer("maxTimeMS", 0) > 0)
        {
            throw new CommandException(ErrorCode.BadValue, "cannot set maxTimeMS on getMore command for a non-awaitData cursor");
        }

        var ns = new Namespace(context.Database, context.Text("collection") ?? throw context.Missing("collection"));
        var batchSize = context.Integer("batchSize", 0);
        var id = Numbers.ToInt64(value);
        var cursor = registry.Take(id, ns);
        var batch = Take(cursor, batchSize == 0 ? long.MaxValue : batchSize, context.CancellationToken);
        if (cursor.IsAtEnd)
        {
            cursor.Dispose();
            id = 0;
        }
        else
        {
            registry.Return(id, cursor);
        }

        return ValueTask.FromResult<CommandReply>(new CursorReply(cursor.Namespace, id, batch, isFirst: false));
    }

    // A cursor that fails is gone, as is one whose time is over.
    private static List<ReadOnlyMemory<byte>> Take(Cursor cursor, long limit, CancellationToken connection)
    {
        try
        {
            cursor.Budget.Resume(connection);
            var batch = cursor.Take(limit);
            cursor.Budget.Pause();
            return batch;
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}

/// <summary><c>killCursors</c>.</summary>
/// <param name="registry">The open cursors.</param>
internal sealed class KillCursorsCommand(CursorRegistry registry) : Command
{
    /// <inheritdoc />
    public override string Name => "killCursors";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["cursors"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = new Namespace(context.Database, context.Body.GetElement(0).Value is BsonString name ? name.Value : string.Empty);
        var killed = new BsonArray();
        var unknown = new BsonArray();
        foreach (var cursor in context.Array("cursors") ?? throw context.Missing("cursors"))
        {
            var isKilled = Numbers.IsInteger(cursor) && registry.Kill(Numbers.ToInt64(cursor), ns);
            (isKilled ? killed : unknown).Add(cursor);
        }

        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "cursorsKilled", killed },
            { "cursorsNotFound", unknown },
            { "cursorsAlive", new BsonArray() },
            { "cursorsUnknown", new BsonArray() },
            { "ok", 1.0 },
        });
    }
}
