namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoCredential for user name and password.</summary>
public sealed class MongoCredential
{
    private MongoCredential(string mechanism, string source, string username, string password)
    {
        Mechanism = mechanism;
        Source = source;
        Username = username;
        Password = password;
    }

    /// <summary>The SASL mechanism; null lets server and driver choose.</summary>
    public string Mechanism { get; }

    public string Source { get; }

    public string Username { get; }

    internal string Password { get; }

    public static MongoCredential CreateCredential(string databaseName, string username, string password) =>
        new(null, databaseName, username, password);

    internal static MongoCredential FromComponents(string mechanism, string source, string databaseName, string username, string password) =>
        username is null ? null : new(mechanism, source ?? databaseName ?? "admin", username, password);

    public override string ToString() => $"{Username}@{Source}";
}
