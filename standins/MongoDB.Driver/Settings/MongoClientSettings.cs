using MongoDB.Driver.Core.Configuration;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoClientSettings: everything a client is made from.</summary>
public class MongoClientSettings
{
    public string ApplicationName { get; set; }

    public Action<ClusterBuilder> ClusterConfigurator { get; set; }

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public MongoCredential Credential { get; set; }

    public bool? DirectConnection { get; set; }

    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    public LibraryInfo LibraryInfo { get; set; }

    public TimeSpan MaxConnectionIdleTime { get; set; } = TimeSpan.FromMinutes(10);

    public int MaxConnectionPoolSize { get; set; } = 100;

    public ReadConcern ReadConcern { get; set; } = ReadConcern.Default;

    public ReadPreference ReadPreference { get; set; } = ReadPreference.Primary;

    public string ReplicaSetName { get; set; }

    public bool RetryReads { get; set; } = true;

    public bool RetryWrites { get; set; } = true;

    public MongoServerAddress Server
    {
        get => Servers.First();
        set => Servers = [value];
    }

    public IEnumerable<MongoServerAddress> Servers { get; set; } = [new MongoServerAddress("localhost")];

    public TimeSpan ServerSelectionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Zero: no limit but the caller's token.</summary>
    public TimeSpan SocketTimeout { get; set; } = TimeSpan.Zero;

    public SslSettings SslSettings { get; set; }

    public bool UseTls { get; set; }

    public bool AllowInsecureTls { get; set; }

    public TimeSpan WaitQueueTimeout { get; set; } = TimeSpan.FromMinutes(2);

    public WriteConcern WriteConcern { get; set; } = WriteConcern.Acknowledged;

    public static MongoClientSettings FromConnectionString(string connectionString) => FromUrl(new MongoUrl(connectionString));

    public static MongoClientSettings FromUrl(MongoUrl url) => new()
    {
        ApplicationName = url.ApplicationName,
        ConnectTimeout = url.ConnectTimeout,
        Credential = url.GetCredential(),
        DirectConnection = url.DirectConnection,
        MaxConnectionIdleTime = url.MaxConnectionIdleTime,
        MaxConnectionPoolSize = url.MaxConnectionPoolSize,
        ReadConcern = url.ReadConcernLevel is { } level ? new ReadConcern(level) : ReadConcern.Default,
        ReadPreference = url.ReadPreference ?? ReadPreference.Primary,
        ReplicaSetName = url.ReplicaSetName,
        RetryReads = url.RetryReads ?? true,
        RetryWrites = url.RetryWrites ?? true,
        Servers = [.. url.Servers],
        ServerSelectionTimeout = url.ServerSelectionTimeout,
        SocketTimeout = url.SocketTimeout,
        UseTls = url.UseTls,
        AllowInsecureTls = url.AllowInsecureTls,
        WaitQueueTimeout = url.WaitQueueTimeout,
        WriteConcern = url.GetWriteConcern(true),
    };

    public MongoClientSettings Clone() => (MongoClientSettings)MemberwiseClone();
}
