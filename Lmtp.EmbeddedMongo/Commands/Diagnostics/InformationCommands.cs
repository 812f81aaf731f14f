using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Diagnostics;

/// <summary><c>buildInfo</c>.</summary>
internal sealed class BuildInfoCommand : Command
{
    /// <inheritdoc />
    public override string Name => "buildInfo";

    /// <inheritdoc />
    public override IReadOnlyList<string> Aliases => ["buildinfo"];

    /// <inheritdoc />
    public override bool IsOpen => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context) =>
        ValueTask.FromResult<CommandReply>(ServerInformation.Build().Add("ok", 1.0));
}

/// <summary><c>connectionStatus</c>.</summary>
internal sealed class ConnectionStatusCommand : Command
{
    /// <inheritdoc />
    public override string Name => "connectionStatus";

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["showPrivileges"];

    /// <inheritdoc />
    public override bool IsOpen => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var users = new BsonArray();
        if (context.Session.User is { } user)
        {
            users.Add(new BsonDocument { { "user", user }, { "db", "admin" } });
        }

        var info = new BsonDocument { { "authenticatedUsers", users }, { "authenticatedUserRoles", new BsonArray() } };
        return ValueTask.FromResult<CommandReply>(new BsonDocument { { "authInfo", info }, { "ok", 1.0 } });
    }
}

/// <summary><c>whatsmyuri</c>.</summary>
internal sealed class WhatsMyUriCommand : Command
{
    /// <inheritdoc />
    public override string Name => "whatsmyuri";

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context) =>
        ValueTask.FromResult<CommandReply>(new BsonDocument { { "you", $"connection:{context.Session.ConnectionId}" }, { "ok", 1.0 } });
}

/// <summary><c>getParameter</c>, of which only the feature version is known.</summary>
internal sealed class GetParameterCommand : Command
{
    /// <inheritdoc />
    public override string Name => "getParameter";

    /// <inheritdoc />
    public override bool AcceptsUnknownFields => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var isAll = context.Body.GetElement(0).Value is BsonString { Value: "*" };
        return isAll || context.Body.Contains("featureCompatibilityVersion")
            ? ValueTask.FromResult<CommandReply>(new BsonDocument
            {
                { "featureCompatibilityVersion", new BsonDocument("version", "7.0") },
                { "ok", 1.0 },
            })
            : throw new CommandException(ErrorCode.InvalidOptions, "no option found to get");
    }
}

/// <summary><c>getLog</c>, which has no lines: the log goes to standard output.</summary>
internal sealed class GetLogCommand : Command
{
    /// <inheritdoc />
    public override string Name => "getLog";

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var name = context.Body.GetElement(0).Value as BsonString;
        return name?.Value switch
        {
            "*" => Answer(new BsonDocument("names", new BsonArray { "global", "startupWarnings" })),
            "global" or "startupWarnings" => Answer(new BsonDocument { { "totalLinesWritten", 0 }, { "log", new BsonArray() } }),
            _ => throw new CommandException(ErrorCode.OperationFailed, $"No log named '{name?.Value}'"),
        };
    }

    private static ValueTask<CommandReply> Answer(BsonDocument reply) => ValueTask.FromResult<CommandReply>(reply.Add("ok", 1.0));
}

/// <summary><c>hostInfo</c>.</summary>
internal sealed class HostInfoCommand : Command
{
    /// <inheritdoc />
    public override string Name => "hostInfo";

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var system = new BsonDocument
        {
            { "currentTime", new BsonDateTime(context.Now.ToUnixTimeMilliseconds()) },
            { "hostname", Environment.MachineName },
            { "cpuAddrSize", 64 },
            { "numCores", Environment.ProcessorCount },
        };
        return ValueTask.FromResult<CommandReply>(new BsonDocument { { "system", system }, { "ok", 1.0 } });
    }
}

/// <summary><c>serverStatus</c>.</summary>
/// <param name="database">The storage.</param>
/// <param name="cursors">The open cursors.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerStatusCommand(Database database, Cursors.CursorRegistry cursors, TimeProvider time) : Command
{
    private readonly long _started = time.GetTimestamp();

    /// <inheritdoc />
    public override string Name => "serverStatus";

    /// <inheritdoc />
    public override bool AcceptsUnknownFields => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var uptime = time.GetElapsedTime(_started);
        var storage = new BsonDocument { { "name", "lmtp" }, { "persistent", true }, { "readOnly", database.Engine.Failure is not null } };
        if (database.Engine.Failure is { } failure)
        {
            storage.Add("failure", failure.Message);
        }

        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "host", Environment.MachineName },
            { "version", ServerInformation.MongoVersion },
            { "process", "lmtp-embeddedmongo" },
            { "pid", (long)Environment.ProcessId },
            { "uptime", uptime.TotalSeconds },
            { "uptimeMillis", (long)uptime.TotalMilliseconds },
            { "localTime", new BsonDateTime(context.Now.ToUnixTimeMilliseconds()) },
            { "mem", new BsonDocument { { "bits", 64 }, { "resident", (int)(Environment.WorkingSet >> 20) } } },
            { "metrics", new BsonDocument("cursor", new BsonDocument("open", new BsonDocument("total", (long)cursors.Count))) },
            { "catalogStats", new BsonDocument("collections", database.Engine.Collections.Count) },
            { "storageEngine", storage },
            { "ok", 1.0 },
        });
    }
}

/// <summary><c>collStats</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class CollStatsCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "collStats";

    /// <inheritdoc />
    public override IReadOnlyList<string> Aliases => ["collstats"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["scale"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var collection = database.Engine.Find(ns);
        var scale = Math.Max(1, context.Integer("scale", 1));
        var (count, size) = (collection?.Count ?? 0, collection?.DataSize ?? 0);
        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "ns", ns.ToString() },
            { "size", size / scale },
            { "count", count },
            { "avgObjSize", count == 0 ? 0 : size / count },
            { "storageSize", size / scale },
            { "nindexes", collection?.Indexes.Count ?? 0 },
            { "capped", false },
            { "scaleFactor", scale },
            { "ok", 1.0 },
        });
    }
}

/// <summary><c>dbStats</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class DbStatsCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "dbStats";

    /// <inheritdoc />
    public override IReadOnlyList<string> Aliases => ["dbstats"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["scale"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["freeStorage"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var collections = database.Engine.CollectionsOf(context.Database);
        var scale = Math.Max(1, context.Integer("scale", 1));
        var count = collections.Sum(collection => collection.Count);
        var size = collections.Sum(collection => collection.DataSize);
        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "db", context.Database },
            { "collections", (long)collections.Count },
            { "views", 0L },
            { "objects", count },
            { "avgObjSize", count == 0 ? 0.0 : (double)size / count },
            { "dataSize", (double)size / scale },
            { "storageSize", (double)size / scale },
            { "indexes", (long)collections.Sum(collection => collection.Indexes.Count) },
            { "scaleFactor", scale },
            { "ok", 1.0 },
        });
    }
}
