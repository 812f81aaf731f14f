using MongoDB.Driver.Core.Configuration;

namespace MongoDB.Driver;

/// <summary>A connection string that has been read.</summary>
public class MongoUrl : IEquatable<MongoUrl>
{
    private readonly MongoUrlBuilder _builder;

    /// <summary>Reads a connection string; a faulty one is a MongoConfigurationException.</summary>
    public MongoUrl(string url)
    {
        _builder = new MongoUrlBuilder(url);
        Url = _builder.ToString();
    }

    /// <summary>Whether any certificate of the server is accepted.</summary>
    public bool AllowInsecureTls => _builder.AllowInsecureTls;

    /// <summary>The name that the server's log shows.</summary>
    public string ApplicationName => _builder.ApplicationName;

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout => _builder.ConnectTimeout;

    /// <summary>Whether only the given server is used.</summary>
    public bool DirectConnection => _builder.DirectConnection;

    /// <summary>How often servers are checked.</summary>
    public TimeSpan HeartbeatInterval => _builder.HeartbeatInterval;

    /// <summary>How long a check may take.</summary>
    public TimeSpan HeartbeatTimeout => _builder.HeartbeatTimeout;

    /// <summary>Whether host names may resolve to IPv6 addresses.</summary>
    public bool IPv6 => _builder.IPv6;

    /// <summary>Whether a load balancer stands before the servers.</summary>
    public bool LoadBalanced => _builder.LoadBalanced;

    /// <summary>How much slower than the fastest a server may be.</summary>
    public TimeSpan LocalThreshold => _builder.LocalThreshold;

    /// <summary>How many connections are opened at the same time.</summary>
    public int MaxConnecting => _builder.MaxConnecting;

    /// <summary>How long an unused connection is kept.</summary>
    public TimeSpan MaxConnectionIdleTime => _builder.MaxConnectionIdleTime;

    /// <summary>How long a connection is used.</summary>
    public TimeSpan MaxConnectionLifeTime => _builder.MaxConnectionLifeTime;

    /// <summary>How many connections a server gets at most; 0 for no limit.</summary>
    public int MaxConnectionPoolSize => _builder.MaxConnectionPoolSize;

    /// <summary>How many connections are kept open.</summary>
    public int MinConnectionPoolSize => _builder.MinConnectionPoolSize;

    /// <summary>The name of the replica set.</summary>
    public string ReplicaSetName => _builder.ReplicaSetName;

    /// <summary>The scheme.</summary>
    public ConnectionStringScheme Scheme => _builder.Scheme;

    /// <summary>How long to wait for a usable server.</summary>
    public TimeSpan ServerSelectionTimeout => _builder.ServerSelectionTimeout;

    /// <summary>How long to wait for an answer; zero for no limit.</summary>
    public TimeSpan SocketTimeout => _builder.SocketTimeout;

    /// <summary>How many of the servers found by DNS are used; 0 for all.</summary>
    public int? SrvMaxHosts => _builder.SrvMaxHosts;

    /// <summary>The name of the DNS service.</summary>
    public string SrvServiceName => _builder.SrvServiceName;

    /// <summary>How long to wait for a connection of the pool.</summary>
    public TimeSpan WaitQueueTimeout => _builder.WaitQueueTimeout;

    /// <summary>The mechanism of authentication.</summary>
    public string AuthenticationMechanism => _builder.AuthenticationMechanism;

    /// <summary>The properties of the mechanism.</summary>
    public IEnumerable<KeyValuePair<string, string>> AuthenticationMechanismProperties => _builder.AuthenticationMechanismProperties;

    /// <summary>The database that knows the user.</summary>
    public string AuthenticationSource => _builder.AuthenticationSource;

    /// <summary>The database.</summary>
    public string DatabaseName => _builder.DatabaseName;

    /// <summary>Whether writes are flushed to disk.</summary>
    public bool? FSync => _builder.FSync;

    /// <summary>Whether writes wait for the journal.</summary>
    public bool? Journal => _builder.Journal;

    /// <summary>The password.</summary>
    public string Password => _builder.Password;

    /// <summary>Which writes a read sees.</summary>
    public ReadConcernLevel? ReadConcernLevel => _builder.ReadConcernLevel;

    /// <summary>Which servers are read from.</summary>
    public ReadPreference ReadPreference => _builder.ReadPreference;

    /// <summary>Whether reads are tried a second time.</summary>
    public bool? RetryReads => _builder.RetryReads;

    /// <summary>Whether writes are tried a second time.</summary>
    public bool? RetryWrites => _builder.RetryWrites;

    /// <summary>The servers.</summary>
    public IEnumerable<MongoServerAddress> Servers => _builder.Servers;

    /// <summary>Whether revocation lists are not asked.</summary>
    public bool TlsDisableCertificateRevocationCheck => _builder.TlsDisableCertificateRevocationCheck;

    /// <summary>The name of the user.</summary>
    public string Username => _builder.Username;

    /// <summary>Whether connections are encrypted.</summary>
    public bool UseTls => _builder.UseTls;

    /// <summary>How many or which servers writes wait for.</summary>
    public WriteConcern.WValue W => _builder.W;

    /// <summary>How long writes wait for servers.</summary>
    public TimeSpan? WTimeout => _builder.WTimeout;

    /// <summary>Whether there are credentials.</summary>
    public bool HasAuthenticationSettings => Username is not null || AuthenticationMechanism is not null;

    /// <summary>Whether the servers are known without asking DNS.</summary>
    public bool IsResolved => Scheme != ConnectionStringScheme.MongoDBPlusSrv;

    /// <summary>The only, or first, server.</summary>
    public MongoServerAddress Server => _builder.Server;

    /// <summary>The connection string.</summary>
    public string Url { get; }

    /// <summary>Whether connections are encrypted.</summary>
    public bool UseSsl => UseTls;

    /// <summary>Whether only trusted certificates of the server are accepted.</summary>
    public bool VerifySslCertificate => !AllowInsecureTls;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(MongoUrl lhs, MongoUrl rhs) => Equals(lhs, rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(MongoUrl lhs, MongoUrl rhs) => !Equals(lhs, rhs);

    /// <summary>Reads a connection string; a faulty one is a MongoConfigurationException.</summary>
    public static MongoUrl Create(string url) => new(url);

    /// <summary>The credentials, or null.</summary>
    public MongoCredential GetCredential()
    {
        if (!HasAuthenticationSettings)
        {
            return null;
        }

        var external = AuthenticationMechanism is "MONGODB-X509" or "PLAIN" or "GSSAPI" or "MONGODB-AWS" or "MONGODB-OIDC";
        var source = AuthenticationSource ?? (external && AuthenticationMechanism != "PLAIN" ? "$external" : DatabaseName ?? (external ? "$external" : "admin"));
        var credential = MongoCredential.Create(AuthenticationMechanism, source, Username, Password);
        foreach (var (name, value) in AuthenticationMechanismProperties)
        {
            credential = credential.WithMechanismProperty(name, value);
        }

        return credential;
    }

    /// <summary>The write concern.</summary>
    public WriteConcern GetWriteConcern(bool enabledDefault) => _builder.GetWriteConcern(enabledDefault);

    /// <summary>Equality of value.</summary>
    public bool Equals(MongoUrl rhs) => rhs is not null && Url == rhs.Url;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as MongoUrl);

    /// <inheritdoc />
    public override int GetHashCode() => Url.GetHashCode(StringComparison.Ordinal);

    /// <summary>The connection string, password included.</summary>
    public override string ToString() => Url;
}
