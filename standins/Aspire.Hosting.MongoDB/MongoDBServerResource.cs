namespace Aspire.Hosting.ApplicationModel;

/// <summary>A MongoDB server in a container.</summary>
public class MongoDBServerResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUserName = "admin";

    private readonly Dictionary<string, string> _databases = new(StringComparer.OrdinalIgnoreCase);

    public MongoDBServerResource(string name, ParameterResource? userNameParameter, ParameterResource? passwordParameter)
        : this(name)
    {
        UserNameParameter = userNameParameter;
        PasswordParameter = passwordParameter;
    }

    public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ParameterResource? UserNameParameter { get; }

    public ParameterResource? PasswordParameter { get; }

    public ReferenceExpression UserNameReference => UserNameParameter is null
        ? ReferenceExpression.Create($"{DefaultUserName}")
        : ReferenceExpression.Create($"{UserNameParameter}");

    public ReferenceExpression UriExpression => BuildConnectionString(null);

    public ReferenceExpression ConnectionStringExpression => BuildConnectionString(null);

    public IReadOnlyDictionary<string, string> Databases => _databases;

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => ConnectionProperties();

    internal void AddDatabase(string name, string databaseName) => _databases.TryAdd(name, databaseName);

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        yield return new("Username", UserNameReference);
        if (PasswordParameter is not null)
        {
            yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
            yield return new("AuthenticationDatabase", ReferenceExpression.Create($"admin"));
            yield return new("AuthenticationMechanism", ReferenceExpression.Create($"SCRAM-SHA-256"));
        }

        yield return new("Uri", UriExpression);
    }

    internal ReferenceExpression BuildConnectionString(string? databaseName)
    {
        var builder = new ReferenceExpressionBuilder();
        builder.AppendLiteral("mongodb://");
        if (PasswordParameter is not null)
        {
            builder.Append($"{UserNameReference:uri}:{PasswordParameter:uri}@");
        }

        builder.Append($"{Host}:{Port}");
        if (databaseName is not null)
        {
            builder.Append($"/{databaseName}");
        }

        if (PasswordParameter is not null)
        {
            builder.AppendLiteral($"{(databaseName is null ? "/" : string.Empty)}?authSource=admin&authMechanism=SCRAM-SHA-256");
        }

        return builder.Build();
    }
}

/// <summary>A database of a MongoDB server.</summary>
public class MongoDBDatabaseResource(string name, string databaseName, MongoDBServerResource parent)
    : Resource(name), IResourceWithParent<MongoDBServerResource>, IResourceWithConnectionString
{
    public string DatabaseName { get; } = databaseName;

    public MongoDBServerResource Parent { get; } = parent;

    public ReferenceExpression UriExpression => Parent.BuildConnectionString(DatabaseName);

    public ReferenceExpression ConnectionStringExpression => Parent.BuildConnectionString(DatabaseName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        .. Parent.ConnectionProperties().Where(property => property.Key != "Uri"),
        new("Uri", UriExpression),
        new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
    ];
}
