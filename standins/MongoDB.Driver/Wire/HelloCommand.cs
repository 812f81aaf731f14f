using System.Runtime.InteropServices;
using MongoDB.Bson;

namespace MongoDB.Driver.Wire;

/// <summary>The first command of every connection (MongoDB handshake specification).</summary>
internal static class HelloCommand
{
    private const string DriverName = "mongo-csharp-driver";
    private const string DriverVersion = "3.9.0";

    public static BsonDocument For(MongoClientSettings settings)
    {
        var library = settings.LibraryInfo;
        var client = new BsonDocument
        {
            { "driver", new BsonDocument
                {
                    { "name", library is null ? DriverName : $"{DriverName}|{library.Name}" },
                    { "version", library?.Version is null ? DriverVersion : $"{DriverVersion}|{library.Version}" },
                } },
            { "os", new BsonDocument { { "type", OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux" } } },
            { "platform", RuntimeInformation.FrameworkDescription },
        };
        if (settings.ApplicationName is not null)
        {
            client.InsertAt(0, new BsonElement("application", new BsonDocument("name", settings.ApplicationName)));
        }

        var hello = new BsonDocument { { "hello", 1 }, { "helloOk", true }, { "client", client }, { "$db", "admin" } };
        if (settings.Credential is { Mechanism: null } credential)
        {
            hello.Add("saslSupportedMechs", $"{credential.Source}.{credential.Username}");
        }

        return hello;
    }
}
