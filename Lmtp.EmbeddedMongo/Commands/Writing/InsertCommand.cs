using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary><c>insert</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class InsertCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "insert";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["documents", "ordered"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["bypassDocumentValidation"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        if (!context.Request.Sequences.TryGetValue("documents", out var documents))
        {
            throw context.Missing("documents");
        }

        WriteBatch.CheckSize(documents.Count);
        var isOrdered = context.Flag("ordered", missing: true);
        var (prepared, places, errors) = Prepare(documents, isOrdered, context.Now);
        var result = database.Engine.FindOrCreate(ns).Insert(prepared, isOrdered);
        errors.AddRange(result.Errors.Select(error => (places[error.Index], CommandException.From(error.Error))));
        if (isOrdered && errors.Count > 1)
        {
            errors = [errors.MinBy(error => error.Index)];
        }

        await database.WaitAsync(result.Position, context);
        return WriteBatch.Finish(new BsonDocument("n", result.Inserted), WriteBatch.ToErrors(errors));
    }

    // Documents behind the first bad one are not tried in an ordered insert.
    private static (List<ReadOnlyMemory<byte>> Documents, List<int> Places, List<(int Index, CommandException Error)> Errors) Prepare(
        IReadOnlyList<ReadOnlyMemory<byte>> documents,
        bool isOrdered,
        DateTimeOffset now)
    {
        var prepared = new List<ReadOnlyMemory<byte>>(documents.Count);
        var places = new List<int>(documents.Count);
        var errors = new List<(int, CommandException)>();
        for (var i = 0; i < documents.Count; i++)
        {
            try
            {
                prepared.Add(DocumentPreparation.Prepare(documents[i], now));
                places.Add(i);
            }
            catch (CommandException exception)
            {
                errors.Add((i, exception));
                if (isOrdered)
                {
                    break;
                }
            }
        }

        return (prepared, places, errors);
    }
}
