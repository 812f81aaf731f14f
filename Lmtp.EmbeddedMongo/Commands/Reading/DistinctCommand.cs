using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary><c>distinct</c>: the values of a path; arrays give their elements.</summary>
/// <param name="database">The storage.</param>
internal sealed class DistinctCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "distinct";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["key", "query", "hint"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var key = context.Text("key") ?? throw context.Missing("key");
        var path = key.Split('.').Select(Encoding.UTF8.GetBytes).ToArray();
        var values = new SortedSet<BsonValue>(ValueOrder.Instance!);
        var request = new QueryRequest(context.Document("query") ?? [], null, context.Body.GetValue("hint", null));
        foreach (var found in database.Prepare(context.Collection(), request, context).Run())
        {
            Collect(new BsonValueSlice(BsonType.Document, found.Bytes.Span), path, values);
        }

        return ValueTask.FromResult<CommandReply>(new BsonDocument { { "values", new BsonArray(values) }, { "ok", 1.0 } });
    }

    private static void Collect(BsonValueSlice value, ReadOnlySpan<byte[]> path, SortedSet<BsonValue> values)
    {
        if (value.Type == BsonType.Array)
        {
            foreach (var element in value.AsDocument)
            {
                if (path.IsEmpty)
                {
                    values.Add(element.Value.ToBsonValue()!);
                }
                else if (element.Name.SequenceEqual(path[0]))
                {
                    Collect(element.Value, path[1..], values);
                }
                else if (element.Value.Type == BsonType.Document)
                {
                    Collect(element.Value, path, values);
                }
            }
        }
        else if (path.IsEmpty)
        {
            if (!value.IsMissing)
            {
                values.Add(value.ToBsonValue()!);
            }
        }
        else if (value.Type == BsonType.Document)
        {
            Collect(value.AsDocument[path[0]], path[1..], values);
        }
    }
}
