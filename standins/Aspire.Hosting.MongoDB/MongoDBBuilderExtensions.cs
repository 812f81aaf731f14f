using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.MongoDB;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static class MongoDBBuilderExtensions
{
    private const int ContainerPort = 27017;
    private const string Image = "library/mongo";
    private const string Tag = "8.3";
    private const string Registry = "docker.io";

    public static IResourceBuilder<MongoDBServerResource> AddMongoDB(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) =>
        builder.AddMongoDB(name, port, null, null);

    /// <summary>Adds a MongoDB server; the user is <c>admin</c> and the password generated unless they are given.</summary>
    public static IResourceBuilder<MongoDBServerResource> AddMongoDB(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new MongoDBServerResource(name, userName?.Resource, passwordParameter);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().AddCheck(check, new MongoDBHealthCheck(server));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ContainerPort, name: MongoDBServerResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithEnvironment("MONGO_INITDB_ROOT_USERNAME", server.UserNameReference)
            .WithEnvironment(context => context.EnvironmentVariables["MONGO_INITDB_ROOT_PASSWORD"] = passwordParameter)
            .WithHealthCheck(check);
    }

    public static IResourceBuilder<MongoDBDatabaseResource> AddDatabase(this IResourceBuilder<MongoDBServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new MongoDBDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        var check = $"{name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(check, new MongoDBHealthCheck(builder.Resource));
        return builder.ApplicationBuilder.AddResource(database).WithHealthCheck(check);
    }

    public static IResourceBuilder<MongoDBServerResource> WithDataVolume(this IResourceBuilder<MongoDBServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? $"{builder.Resource.Name}-data", "/data/db", isReadOnly);
    }
}
