using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary><c>count</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class CountCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "count";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["query", "limit", "skip", "hint"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["fields"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var query = context.Document("query") ?? [];

        // A negative limit counts as its magnitude.
        var limit = context.Body.GetValue("limit", null) is { } value && Numbers.IsNumber(value)
            ? Math.Abs(Numbers.RequireInteger(value, "limit"))
            : 0;
        var request = new QueryRequest(query, null, context.Body.GetValue("hint", null), context.Integer("skip", 0), limit);
        var collection = database.Engine.Find(context.Collection());
        var count = collection is not null && query.ElementCount == 0 && request is { Skip: 0, Limit: 0, Hint: null }
            ? collection.Count
            : database.Prepare(collection, request, context).Count();
        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "n", count <= int.MaxValue ? new BsonInt32((int)count) : new BsonInt64(count) },
            { "ok", 1.0 },
        });
    }
}
