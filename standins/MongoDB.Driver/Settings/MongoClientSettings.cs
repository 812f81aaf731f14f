using MongoDB.Driver.Core.Configuration;

namespace MongoDB.Driver;

/// <summary>The settings of a client.</summary>
public class MongoClientSettings : IEquatable<MongoClientSettings>
{
    /// <summary>Creates one with the defaults.</summary>
    public MongoClientSettings()
    {
    }

    /// <summary>Whether any certificate of the server is accepted.</summary>
    public bool AllowInsecureTls { get; set; }

    /// <summary>The name that the server's log shows.</summary>
    public string ApplicationName { get; set; }

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether only the given server is used.</summary>
    public bool DirectConnection { get; set; }

    /// <summary>How often servers are checked.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a check may take.</summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether host names may resolve to IPv6 addresses.</summary>
    public bool IPv6 { get; set; }

    /// <summary>Whether a load balancer stands before the servers.</summary>
    public bool LoadBalanced { get; set; }

    /// <summary>How much slower than the fastest a server may be.</summary>
    public TimeSpan LocalThreshold { get; set; } = TimeSpan.FromMilliseconds(15);

    /// <summary>How many connections are opened at the same time.</summary>
    public int MaxConnecting { get; set; } = 2;

    /// <summary>How long an unused connection is kept.</summary>
    public TimeSpan MaxConnectionIdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a connection is used.</summary>
    public TimeSpan MaxConnectionLifeTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many connections a server gets at most; 0 for no limit.</summary>
    public int MaxConnectionPoolSize { get; set; } = 100;

    /// <summary>How many connections are kept open.</summary>
    public int MinConnectionPoolSize { get; set; }

    /// <summary>The name of the replica set.</summary>
    public string ReplicaSetName { get; set; }

    /// <summary>The scheme.</summary>
    public ConnectionStringScheme Scheme { get; set; }

    /// <summary>How long to wait for a usable server.</summary>
    public TimeSpan ServerSelectionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for an answer; zero for no limit.</summary>
    public TimeSpan SocketTimeout { get; set; }

    /// <summary>How many of the servers found by DNS are used; 0 for all.</summary>
    public int SrvMaxHosts { get; set; }

    /// <summary>The name of the DNS service.</summary>
    public string SrvServiceName { get; set; } = "mongodb";

    /// <summary>How long to wait for a connection of the pool.</summary>
    public TimeSpan WaitQueueTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The credentials, or null.</summary>
    public MongoCredential Credential { get; set; }

    /// <summary>A library on top of the driver.</summary>
    public LibraryInfo LibraryInfo { get; set; }

    /// <summary>Which writes a read sees.</summary>
    public ReadConcern ReadConcern { get; set; } = ReadConcern.Default;

    /// <summary>Which servers are read from.</summary>
    public ReadPreference ReadPreference { get; set; } = ReadPreference.Primary;

    /// <summary>Whether reads are tried a second time.</summary>
    public bool RetryReads { get; set; } = true;

    /// <summary>Whether writes are tried a second time.</summary>
    public bool RetryWrites { get; set; } = true;

    /// <summary>The servers.</summary>
    public IEnumerable<MongoServerAddress> Servers { get; set; } = [new MongoServerAddress("localhost")];

    /// <summary>How TLS is set up.</summary>
    public SslSettings SslSettings { get; set; }

    /// <summary>Whether connections are encrypted.</summary>
    public bool UseTls { get; set; }

    /// <summary>When a write counts as done.</summary>
    public WriteConcern WriteConcern { get; set; } = WriteConcern.Acknowledged;

    /// <summary>The only, or first, server.</summary>
    public MongoServerAddress Server
    {
        get => Servers.FirstOrDefault();
        set => Servers = [value];
    }

    /// <summary>Whether connections are encrypted.</summary>
    public bool UseSsl
    {
        get => UseTls;
        set => UseTls = value;
    }

    /// <summary>Whether only trusted certificates of the server are accepted.</summary>
    public bool VerifySslCertificate
    {
        get => !AllowInsecureTls;
        set => AllowInsecureTls = !value;
    }

    /// <summary>The settings of a connection string.</summary>
    public static MongoClientSettings FromConnectionString(string connectionString) => FromUrl(new MongoUrl(connectionString));

    /// <summary>The settings of a connection string.</summary>
    public static MongoClientSettings FromUrl(MongoUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new MongoClientSettings
        {
            AllowInsecureTls = url.AllowInsecureTls,
            ApplicationName = url.ApplicationName,
            ConnectTimeout = url.ConnectTimeout,
            DirectConnection = url.DirectConnection,
            HeartbeatInterval = url.HeartbeatInterval,
            HeartbeatTimeout = url.HeartbeatTimeout,
            IPv6 = url.IPv6,
            LoadBalanced = url.LoadBalanced,
            LocalThreshold = url.LocalThreshold,
            MaxConnecting = url.MaxConnecting,
            MaxConnectionIdleTime = url.MaxConnectionIdleTime,
            MaxConnectionLifeTime = url.MaxConnectionLifeTime,
            MaxConnectionPoolSize = url.MaxConnectionPoolSize,
            MinConnectionPoolSize = url.MinConnectionPoolSize,
            ReplicaSetName = url.ReplicaSetName,
            Scheme = url.Scheme,
            ServerSelectionTimeout = url.ServerSelectionTimeout,
            SocketTimeout = url.SocketTimeout,
            SrvMaxHosts = url.SrvMaxHosts.GetValueOrDefault(0),
            SrvServiceName = url.SrvServiceName,
            WaitQueueTimeout = url.WaitQueueTimeout,
            Credential = url.GetCredential(),
            ReadConcern = new ReadConcern(url.ReadConcernLevel),
            ReadPreference = url.ReadPreference ?? ReadPreference.Primary,
            RetryReads = url.RetryReads ?? true,
            RetryWrites = url.RetryWrites ?? true,
            Servers = [.. url.Servers],
            SslSettings = url.UseTls ? new SslSettings { CheckCertificateRevocation = !url.TlsDisableCertificateRevocationCheck } : null,
            UseTls = url.UseTls,
            WriteConcern = url.GetWriteConcern(enabledDefault: true),
        };
    }

    /// <summary>A copy.</summary>
    public MongoClientSettings Clone() => (MongoClientSettings)MemberwiseClone();

    /// <summary>Equality of value.</summary>
    public bool Equals(MongoClientSettings obj)
    {
        return obj is not null
            && Servers.SequenceEqual(obj.Servers)
            && Equals(AllowInsecureTls, obj.AllowInsecureTls)
            && Equals(ApplicationName, obj.ApplicationName)
            && Equals(ConnectTimeout, obj.ConnectTimeout)
            && Equals(DirectConnection, obj.DirectConnection)
            && Equals(HeartbeatInterval, obj.HeartbeatInterval)
            && Equals(HeartbeatTimeout, obj.HeartbeatTimeout)
            && Equals(IPv6, obj.IPv6)
            && Equals(LoadBalanced, obj.LoadBalanced)
            && Equals(LocalThreshold, obj.LocalThreshold)
            && Equals(MaxConnecting, obj.MaxConnecting)
            && Equals(MaxConnectionIdleTime, obj.MaxConnectionIdleTime)
            && Equals(MaxConnectionLifeTime, obj.MaxConnectionLifeTime)
            && Equals(MaxConnectionPoolSize, obj.MaxConnectionPoolSize)
            && Equals(MinConnectionPoolSize, obj.MinConnectionPoolSize)
            && Equals(ReplicaSetName, obj.ReplicaSetName)
            && Equals(Scheme, obj.Scheme)
            && Equals(ServerSelectionTimeout, obj.ServerSelectionTimeout)
            && Equals(SocketTimeout, obj.SocketTimeout)
            && Equals(SrvMaxHosts, obj.SrvMaxHosts)
            && Equals(SrvServiceName, obj.SrvServiceName)
            && Equals(WaitQueueTimeout, obj.WaitQueueTimeout)
            && Equals(Credential, obj.Credential)
            && Equals(LibraryInfo, obj.LibraryInfo)
            && Equals(ReadConcern, obj.ReadConcern)
            && Equals(ReadPreference, obj.ReadPreference)
            && Equals(RetryReads, obj.RetryReads)
            && Equals(RetryWrites, obj.RetryWrites)
            && Equals(UseTls, obj.UseTls)
            && Equals(WriteConcern, obj.WriteConcern);
    }

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as MongoClientSettings);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Servers.Count(), Server, ReplicaSetName, Credential);

    /// <summary>The servers and their settings, without the password.</summary>
    public override string ToString() => $"Servers={string.Join(',', Servers)};ReplicaSetName={ReplicaSetName};Credential={Credential}";
}
