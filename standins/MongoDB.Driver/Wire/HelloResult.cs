using MongoDB.Bson;

namespace MongoDB.Driver.Wire;

/// <summary>What a server says of itself.</summary>
internal sealed class HelloResult
{
    private static readonly string[] HostLists = ["hosts", "passives", "arbiters"];

    public HelloResult(BsonDocument reply)
    {
        Limits = new ServerLimits(
            Integer(reply, "maxBsonObjectSize", ServerLimits.Default.MaxDocumentSize),
            Integer(reply, "maxMessageSizeBytes", ServerLimits.Default.MaxMessageSize),
            Integer(reply, "maxWriteBatchSize", ServerLimits.Default.MaxBatchCount));
        SetName = Text(reply, "setName");
        IsMongos = Text(reply, "msg") == "isdbgrid";
        IsWritablePrimary = Flag(reply, "isWritablePrimary") || Flag(reply, "ismaster");
        IsSecondary = Flag(reply, "secondary");
        SessionTimeout = reply.TryGetValue("logicalSessionTimeoutMinutes", out var minutes) && minutes.IsNumeric ? TimeSpan.FromMinutes(minutes.ToDouble()) : null;
        MaxWireVersion = Integer(reply, "maxWireVersion", 0);
        Me = Text(reply, "me");
        Hosts = [.. HostLists.SelectMany(name => Addresses(reply, name))];
        Tags = reply.GetValue("tags", BsonNull.Value) is BsonDocument tags ? new TagSet(tags.Select(tag => new Tag(tag.Name, tag.Value.ToString()))) : new TagSet();
        Mechanisms = reply.GetValue("saslSupportedMechs", BsonNull.Value) is BsonArray mechanisms ? [.. mechanisms.Select(value => value.AsString)] : [];
    }

    public ServerLimits Limits { get; }

    public string SetName { get; }

    public bool IsMongos { get; }

    public bool IsWritablePrimary { get; }

    public bool IsSecondary { get; }

    public TimeSpan? SessionTimeout { get; }

    public int MaxWireVersion { get; }

    public string Me { get; }

    public IReadOnlyList<MongoServerAddress> Hosts { get; }

    public TagSet Tags { get; }

    public IReadOnlyList<string> Mechanisms { get; }

    /// <summary>Whether a write may carry a number by which a repetition is known.</summary>
    public bool SupportsRetryableWrites => SessionTimeout is not null && (SetName is not null || IsMongos);

    private static IEnumerable<MongoServerAddress> Addresses(BsonDocument reply, string name)
    {
        foreach (var value in reply.GetValue(name, BsonNull.Value) as BsonArray ?? [])
        {
            if (value is BsonString text && MongoServerAddress.TryParse(text.Value, out var address))
            {
                yield return address;
            }
        }
    }

    private static int Integer(BsonDocument reply, string name, int otherwise) => reply.GetValue(name, otherwise) is { IsNumeric: true } value ? value.ToInt32() : otherwise;

    private static string Text(BsonDocument reply, string name) => (reply.GetValue(name, BsonNull.Value) as BsonString)?.Value;

    private static bool Flag(BsonDocument reply, string name) => reply.GetValue(name, false).ToBoolean();
}
