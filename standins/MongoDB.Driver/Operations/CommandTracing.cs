using System.Diagnostics;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Operations;

/// <summary>A span for each command, by OpenTelemetry's conventions for database clients.</summary>
internal static class CommandTracing
{
    public const string SourceName = "MongoDB.Driver.Core.Extensions.DiagnosticSources";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity Start(DriverCommand command, MongoServerAddress address)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var collection = command.Collection;
        var activity = Source.StartActivity(collection is null ? $"mongodb.{command.Name}" : $"{collection}.{command.Name}", ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.system", "mongodb");
            activity.SetTag("db.system.name", "mongodb");
            activity.SetTag("db.name", command.Database);
            activity.SetTag("db.namespace", command.Database);
            activity.SetTag("db.operation", command.Name);
            activity.SetTag("db.operation.name", command.Name);
            activity.SetTag("db.mongodb.collection", collection);
            activity.SetTag("db.collection.name", collection);
            activity.SetTag("server.address", address.Host);
            if (!address.IsUnixSocket)
            {
                activity.SetTag("server.port", address.Port);
            }
        }

        return activity;
    }

    public static void Fail(Activity activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error, exception is MongoServerException or MongoConnectionException ? exception.Message : null);
    }
}
