using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Diagnostics;

/// <summary>What the server says of itself. The version is that of the MongoDB whose behaviour it follows.</summary>
internal static class ServerInformation
{
    /// <summary>The MongoDB version that clients see.</summary>
    public const string MongoVersion = "7.0.0";

    /// <summary>This program's own version.</summary>
    public static string ProgramVersion { get; } =
        typeof(ServerInformation).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The answer of <c>buildInfo</c>, without <c>ok</c>.</summary>
    /// <returns>The document.</returns>
    public static BsonDocument Build() => new()
    {
        { "version", MongoVersion },
        { "gitVersion", "lmtp-embeddedmongo-" + ProgramVersion },
        { "modules", new BsonArray { "lmtp-embeddedmongo" } },
        { "sysInfo", "deprecated" },
        { "versionArray", new BsonArray { 7, 0, 0, 0 } },
        { "bits", 64 },
        { "debug", false },
        { "maxBsonObjectSize", Wire.WireProtocol.MaxDocumentBytes },
        { "storageEngines", new BsonArray { "lmtp" } },
    };
}
