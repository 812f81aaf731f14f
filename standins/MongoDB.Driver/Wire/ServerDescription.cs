using MongoDB.Bson;

namespace MongoDB.Driver.Wire;

/// <summary>What a server said of itself in hello.</summary>
internal sealed class ServerDescription(BsonDocument hello)
{
    private static readonly string[] MemberFields = ["hosts", "passives"];

    public bool IsWritable => hello.GetValue("isWritablePrimary", hello.GetValue("ismaster", false)).ToBoolean();

    public bool IsSecondary => hello.GetValue("secondary", false).ToBoolean();

    public bool IsRouter => hello.GetValue("msg", string.Empty) == "isdbgrid";

    public string SetName => hello.TryGetValue("setName", out var name) ? name.AsString : null;

    public int MaxWriteBatchSize => hello.GetValue("maxWriteBatchSize", 100_000).ToInt32();

    public int MaxMessageSize => hello.GetValue("maxMessageSizeBytes", 48_000_000).ToInt32();

    public bool SupportsRetryableWrites => SetName is not null || IsRouter;

    public bool SupportsSessions => hello.Contains("logicalSessionTimeoutMinutes");

    public IEnumerable<MongoServerAddress> Members =>
        MemberFields
            .Where(hello.Contains)
            .SelectMany(name => hello[name].AsBsonArray)
            .Select(host => MongoServerAddress.Parse(host.AsString));

    public MongoServerAddress Primary =>
        hello.TryGetValue("primary", out var primary) && primary.IsString ? MongoServerAddress.Parse(primary.AsString) : null;
}
