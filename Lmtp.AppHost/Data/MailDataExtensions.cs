namespace Lmtp.AppHost.Data;

/// <summary>Adds MongoDB and Redis to the application.</summary>
internal static class MailDataExtensions
{
    private const string Database = "mail";

    public static async Task<MailData> AddMailDataAsync(this IDistributedApplicationBuilder builder, AppHostSettings settings)
    {
        var source = builder.ExecutionContext.IsPublishMode
            ? DataSource.Connection
            : await DataSourceChoice.ChooseAsync(builder.Configuration, settings, CancellationToken.None);
        return source switch
        {
            DataSource.Embedded => builder.AddEmbedded(settings),
            DataSource.Container => builder.AddContainers(settings),
            _ => builder.AddConnections(),
        };
    }

    /// <summary>A deployed system, or one told to, uses servers that somebody else runs.</summary>
    private static MailData AddConnections(this IDistributedApplicationBuilder builder) =>
        new(DataSource.Connection, builder.AddConnectionString("maildb"), builder.AddConnectionString("redis"), []);

    private static MailData AddContainers(this IDistributedApplicationBuilder builder, AppHostSettings settings)
    {
        var mongo = builder.AddMongoDB("mongo", settings.Ports.Mongo).WithDataVolume("lmtp-mongo");
        var redis = builder.AddRedis("redis", settings.Ports.Redis).WithDataVolume("lmtp-redis").WithPersistence();
        var mail = mongo.AddDatabase("maildb", Database);
        return new MailData(DataSource.Container, mail, redis, [mongo, mail, redis]);
    }

    private static MailData AddEmbedded(this IDistributedApplicationBuilder builder, AppHostSettings settings)
    {
        var mongo = builder.AddEmbeddedMongo("mongo", settings.Ports.Mongo, Path.Combine(settings.DataDirectory, "mongo"));
        var mail = builder.AddConnectionString(
            "maildb",
            ReferenceExpression.Create($"mongodb://{mongo.GetEndpoint("mongo").Property(EndpointProperty.HostAndPort)}/{Database}"));
        var redis = builder.AddGarnet("redis", settings.Ports.Redis, Path.Combine(settings.DataDirectory, "redis"));
        return new MailData(DataSource.Embedded, mail, redis, [mongo, redis]);
    }
}
