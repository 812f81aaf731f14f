using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Administration;

/// <summary><c>create</c>. Settings of the storage engine are accepted without effect.</summary>
/// <param name="database">The storage.</param>
internal sealed class CreateCommand(Database database) : Command
{
    private static readonly string[] Refused =
        ["capped", "size", "max", "viewOn", "pipeline", "validator", "timeseries", "clusteredIndex", "changeStreamPreAndPostImages", "encryptedFields", "expireAfterSeconds"];

    // What listCollections shows of the accepted options.
    private static readonly string[] Kept = ["storageEngine", "indexOptionDefaults", "validationLevel", "validationAction"];

    /// <inheritdoc />
    public override string Name => "create";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => Refused;

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields =>
        [.. Kept, "autoIndexId", "idIndex"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        foreach (var name in Refused)
        {
            if (context.Body.GetValue(name, null) is { } value and not BsonBoolean { Value: false })
            {
                throw new CommandException(ErrorCode.InvalidOptions, $"create option '{name}' is not supported: {Query.Values.TypeNames.Show(value)}");
            }
        }

        var ns = context.Collection();
        if (database.Engine.Find(ns) is not null)
        {
            throw new CommandException(ErrorCode.NamespaceExists, $"Collection {ns} already exists.");
        }

        var options = new BsonDocument(context.Body.Where(option => Kept.Contains(option.Name)));
        var (_, position) = database.Engine.Create(ns, options.ToBson());
        await database.WaitAsync(position, context);
        return new BsonDocument("ok", 1.0);
    }
}

/// <summary><c>drop</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class DropCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "drop";

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        if (database.Engine.Find(ns) is not { } collection)
        {
            return new BsonDocument("ok", 1.0);
        }

        var indexes = collection.Indexes.Count;
        await database.WaitAsync(database.Engine.Drop(collection), context);
        return new BsonDocument { { "nIndexesWas", indexes }, { "ns", ns.ToString() }, { "ok", 1.0 } };
    }
}

/// <summary><c>dropDatabase</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class DropDatabaseCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "dropDatabase";

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        if (database.Engine.CollectionsOf(context.Database).Count == 0)
        {
            return new BsonDocument("ok", 1.0);
        }

        await database.WaitAsync(database.Engine.DropDatabase(context.Database), context);
        return new BsonDocument { { "dropped", context.Database }, { "ok", 1.0 } };
    }
}

/// <summary><c>renameCollection</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class RenameCollectionCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "renameCollection";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["to", "dropTarget"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var from = Split(context.Body.GetElement(0).Value is BsonString name ? name.Value : string.Empty);
        var to = Split(context.Text("to") ?? throw context.Missing("to"));
        if (database.Engine.Find(from) is null)
        {
            throw new CommandException(ErrorCode.NamespaceNotFound, $"Source collection {from} does not exist");
        }

        if (from.Database != to.Database)
        {
            throw new CommandException(ErrorCode.InvalidOptions, "renaming across databases is not supported");
        }

        if (database.Engine.Find(to) is not null && !context.Flag("dropTarget"))
        {
            throw new CommandException(ErrorCode.NamespaceExists, "target namespace exists");
        }

        await database.WaitAsync(database.Engine.Rename(from, to, context.Flag("dropTarget")), context);
        return new BsonDocument("ok", 1.0);
    }

    private static Namespace Split(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? throw new CommandException(ErrorCode.InvalidNamespace, $"Invalid namespace specified '{name}'")
            : NamespaceName.Create(name[..dot], name[(dot + 1)..]);
    }
}

/// <summary><c>listCollections</c>.</summary>
/// <param name="database">The storage.</param>
/// <param name="cursors">Keeps what does not fit into the first batch.</param>
internal sealed class ListCollectionsCommand(Database database, CursorRegistry cursors) : Command
{
    /// <inheritdoc />
    public override string Name => "listCollections";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["filter", "nameOnly", "cursor"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["authorizedCollections"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var filter = FilterParser.Parse(context.Document("filter") ?? []);
        var state = new MatchState { Now = context.Now };
        var documents = database.Engine.CollectionsOf(context.Database)
            .Select(collection => Describe(collection, context.Flag("nameOnly")).ToBson())
            .Where(document => filter.Matches(document, state))
            .Select(document => (ReadOnlyMemory<byte>)document)
            .ToList();
        var cursor = new Cursor($"{context.Database}.$cmd.listCollections", documents, context.Budget);
        return ValueTask.FromResult(CursorAnswers.First(cursors, cursor, CursorAnswers.BatchSize(context), false));
    }

    private static BsonDocument Describe(Collection collection, bool nameOnly)
    {
        var document = new BsonDocument { { "name", collection.Namespace.Collection }, { "type", "collection" } };
        return nameOnly
            ? document
            : document
                .Add("options", RawDocument.Decode(collection.Options.Span))
                .Add("info", new BsonDocument
                {
                    { "readOnly", false },
                    { "uuid", new BsonBinaryData(collection.Uuid.ToByteArray(bigEndian: true), BsonBinarySubType.UuidStandard) },
                })
                .Add("idIndex", RawDocument.Decode(IndexDefinition.Id.Specification.Span));
    }
}

/// <summary><c>listDatabases</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class ListDatabasesCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "listDatabases";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["filter", "nameOnly"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["authorizedDatabases"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        if (context.Database != "admin")
        {
            throw new CommandException(ErrorCode.Unauthorized, "listDatabases may only be run against the admin database.");
        }

        var filter = FilterParser.Parse(context.Document("filter") ?? []);
        var state = new MatchState { Now = context.Now };
        var databases = database.Engine.Databases
            .Select(Describe)
            .Where(description => filter.Matches(description.ToBson(), state))
            .ToList();
        if (Expression.IsTrue(context.Body.GetValue("nameOnly", null)))
        {
            return ValueTask.FromResult<CommandReply>(new BsonDocument
            {
                { "databases", new BsonArray(databases.Select(description => new BsonDocument("name", description["name"]))) },
                { "ok", 1.0 },
            });
        }

        var total = databases.Sum(description => description["sizeOnDisk"].AsInt64);
        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "databases", new BsonArray(databases) },
            { "totalSize", total },
            { "totalSizeMb", total / (1024 * 1024) },
            { "ok", 1.0 },
        });
    }

    private BsonDocument Describe(string name)
    {
        var size = database.Engine.CollectionsOf(name).Sum(collection => collection.DataSize);
        return new BsonDocument { { "name", name }, { "sizeOnDisk", size }, { "empty", size == 0 } };
    }
}
