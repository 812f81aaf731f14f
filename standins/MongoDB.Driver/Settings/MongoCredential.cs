namespace MongoDB.Driver;

/// <summary>Who the client is. The password is never part of any text.</summary>
public class MongoCredential : IEquatable<MongoCredential>
{
    private readonly Dictionary<string, object> _properties;

    private MongoCredential(string mechanism, string source, string username, string password, Dictionary<string, object> properties = null)
    {
        Mechanism = mechanism;
        Source = source;
        Username = username;
        SecretPassword = password;
        _properties = properties ?? [];
    }

    /// <summary>The mechanism, or null for the best that the server offers.</summary>
    public string Mechanism { get; }

    /// <summary>The database that knows the user.</summary>
    public string Source { get; }

    /// <summary>The name of the user.</summary>
    public string Username { get; }

    internal string SecretPassword { get; }

    /// <summary>Equality of value.</summary>
    public static bool operator ==(MongoCredential lhs, MongoCredential rhs) => Equals(lhs, rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(MongoCredential lhs, MongoCredential rhs) => !Equals(lhs, rhs);

    /// <summary>A name and password by the best mechanism that the server offers.</summary>
    public static MongoCredential CreateCredential(string databaseName, string username, string password) => new(null, databaseName, username, password);

    /// <summary>The certificate of the connection.</summary>
    public static MongoCredential CreateMongoX509Credential(string username = null) => new("MONGODB-X509", "$external", username, null);

    /// <summary>A name and password in clear text.</summary>
    public static MongoCredential CreatePlainCredential(string databaseName, string username, string password) => new("PLAIN", databaseName, username, password);

    /// <summary>A property of the mechanism, or the default.</summary>
    public T GetMechanismProperty<T>(string key, T defaultValue) => _properties.TryGetValue(key, out var value) ? (T)value : defaultValue;

    /// <summary>A copy with a property of the mechanism.</summary>
    public MongoCredential WithMechanismProperty(string key, object value)
    {
        return new MongoCredential(Mechanism, Source, Username, SecretPassword, new Dictionary<string, object>(_properties) { [key] = value });
    }

    /// <summary>Equality of value.</summary>
    public bool Equals(MongoCredential rhs)
    {
        return rhs is not null && Mechanism == rhs.Mechanism && Source == rhs.Source && Username == rhs.Username && SecretPassword == rhs.SecretPassword;
    }

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as MongoCredential);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Mechanism, Source, Username);

    /// <inheritdoc />
    public override string ToString() => $"{Username}@{Source}";

    internal static MongoCredential Create(string mechanism, string source, string username, string password) => new(mechanism, source, username, password);
}
