using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Administration;

/// <summary><c>createIndexes</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class CreateIndexesCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "createIndexes";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["indexes"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["commitQuorum"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var documents = context.Documents("indexes");
        if (documents.Count == 0)
        {
            throw new CommandException(ErrorCode.BadValue, "Must specify at least one index to create");
        }

        var definitions = documents.Select(IndexSpecificationParser.Parse).ToList();
        var isNew = database.Engine.Find(ns) is null;
        var collection = database.Engine.FindOrCreate(ns);
        var before = collection.Indexes.Count;
        LogPosition position = default;
        foreach (var definition in definitions)
        {
            var made = database.Engine.CreateIndex(
                collection, definition, () => !IndexConflicts.Exists(collection, definition), context.Budget.Check);
            position = LogPosition.Max(position, made);
        }

        var after = collection.Indexes.Count;
        await database.WaitAsync(position, context);
        var reply = new BsonDocument
        {
            { "numIndexesBefore", before },
            { "numIndexesAfter", after },
            { "createdCollectionAutomatically", isNew },
        };
        if (before == after)
        {
            reply.Add("note", "all indexes already exist");
        }

        return reply.Add("ok", 1.0);
    }
}

/// <summary><c>dropIndexes</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class DropIndexesCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "dropIndexes";

    /// <inheritdoc />
    public override IReadOnlyList<string> Aliases => ["deleteIndexes"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["index"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var collection = database.Engine.Find(ns) ?? throw new CommandException(ErrorCode.NamespaceNotFound, $"ns not found {ns}");
        var before = collection.Indexes.Count;
        LogPosition position = default;
        foreach (var name in Names(collection, context.Body.GetValue("index", null) ?? throw context.Missing("index")))
        {
            position = database.Engine.DropIndex(collection, name);
        }

        await database.WaitAsync(position, context);
        return new BsonDocument { { "nIndexesWas", before }, { "ok", 1.0 } };
    }

    private static List<string> Names(Collection collection, BsonValue index)
    {
        switch (index)
        {
            case BsonString { Value: "*" }:
                return [.. collection.Indexes.Skip(1).Select(other => other.Definition.Name)];
            case BsonArray several:
                return [.. several.SelectMany(one => Names(collection, one))];
        }

        var found = collection.Indexes.FirstOrDefault(other => index switch
        {
            BsonString name => other.Definition.Name == name.Value,
            BsonDocument key => ValueOrder.Instance.Equals(RawDocument.Decode(other.Definition.KeyPattern.Span), key),
            _ => throw new CommandException(ErrorCode.TypeMismatch, $"BSON field 'dropIndexes.index' is the wrong type '{TypeNames.Of(index)}', expected types '[string, object]'"),
        });
        if (found is null)
        {
            throw new CommandException(
                ErrorCode.IndexNotFound,
                index is BsonString text ? $"index not found with name [{text.Value}]" : $"can't find index with key: {TypeNames.Show(index)}");
        }

        return found == collection.IdIndex
            ? throw new CommandException(ErrorCode.InvalidOptions, "cannot drop _id index")
            : [found.Definition.Name];
    }
}

/// <summary><c>listIndexes</c>.</summary>
/// <param name="database">The storage.</param>
/// <param name="cursors">Keeps what does not fit into the first batch.</param>
internal sealed class ListIndexesCommand(Database database, CursorRegistry cursors) : Command
{
    /// <inheritdoc />
    public override string Name => "listIndexes";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["cursor"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var collection = database.Engine.Find(ns) ?? throw new CommandException(ErrorCode.NamespaceNotFound, $"ns does not exist: {ns}");
        var documents = collection.Indexes.Select(index => index.Definition.Specification).ToList();
        return ValueTask.FromResult(CursorAnswers.First(
            cursors,
            new Cursor(ns.ToString(), documents, context.Budget),
            CursorAnswers.BatchSize(context),
            false));
    }
}
