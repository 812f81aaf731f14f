using MongoDB.Driver.Core.Configuration;

namespace MongoDB.Driver;

/// <summary>Makes connection strings.</summary>
public class MongoUrlBuilder
{
    /// <summary>Creates one with the defaults.</summary>
    public MongoUrlBuilder()
    {
    }

    /// <summary>Creates one from a connection string; a faulty one is a MongoConfigurationException.</summary>
    public MongoUrlBuilder(string url)
        : this()
    {
        Parse(url);
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
    public int? SrvMaxHosts { get; set; }

    /// <summary>The name of the DNS service.</summary>
    public string SrvServiceName { get; set; } = "mongodb";

    /// <summary>How long to wait for a connection of the pool.</summary>
    public TimeSpan WaitQueueTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The mechanism of authentication.</summary>
    public string AuthenticationMechanism { get; set; }

    /// <summary>The properties of the mechanism.</summary>
    public IEnumerable<KeyValuePair<string, string>> AuthenticationMechanismProperties { get; set; } = [];

    /// <summary>The database that knows the user.</summary>
    public string AuthenticationSource { get; set; }

    /// <summary>The database.</summary>
    public string DatabaseName { get; set; }

    /// <summary>Whether writes are flushed to disk.</summary>
    public bool? FSync { get; set; }

    /// <summary>Whether writes wait for the journal.</summary>
    public bool? Journal { get; set; }

    /// <summary>The password.</summary>
    public string Password { get; set; }

    /// <summary>Which writes a read sees.</summary>
    public ReadConcernLevel? ReadConcernLevel { get; set; }

    /// <summary>Which servers are read from.</summary>
    public ReadPreference ReadPreference { get; set; }

    /// <summary>Whether reads are tried a second time.</summary>
    public bool? RetryReads { get; set; }

    /// <summary>Whether writes are tried a second time.</summary>
    public bool? RetryWrites { get; set; }

    /// <summary>The servers.</summary>
    public IEnumerable<MongoServerAddress> Servers { get; set; } = [new MongoServerAddress("localhost")];

    /// <summary>Whether revocation lists are not asked.</summary>
    public bool TlsDisableCertificateRevocationCheck { get; set; } = true;

    /// <summary>The name of the user.</summary>
    public string Username { get; set; }

    /// <summary>Whether connections are encrypted.</summary>
    public bool UseTls { get; set; }

    /// <summary>How many or which servers writes wait for.</summary>
    public WriteConcern.WValue W { get; set; }

    /// <summary>How long writes wait for servers.</summary>
    public TimeSpan? WTimeout { get; set; }

    /// <summary>The only, or first, server.</summary>
    public MongoServerAddress Server
    {
        get => Servers?.FirstOrDefault();
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

    /// <summary>Takes everything from a connection string.</summary>
    public void Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        ConnectionStringParser.Parse(url, this);
    }

    /// <summary>The write concern.</summary>
    public WriteConcern GetWriteConcern(bool enabledDefault)
    {
        if (W is null && WTimeout is null && FSync is null && Journal is null)
        {
            return enabledDefault ? WriteConcern.Acknowledged : WriteConcern.Unacknowledged;
        }

        return new WriteConcern(W, WTimeout, FSync, Journal);
    }

    /// <summary>The connection string as an object.</summary>
    public MongoUrl ToMongoUrl() => new(ToString());

    /// <summary>The connection string.</summary>
    public override string ToString() => ConnectionStringFormatter.Format(this);
}
