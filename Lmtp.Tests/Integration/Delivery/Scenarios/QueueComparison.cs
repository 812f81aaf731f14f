using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lmtp.Server.Storage;
using Lmtp.Tests.Unit.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Scenarios;

/// <summary>Lists how the outgoing queue differs from WildDuck's in the same scenario; nothing but made-up ids may.</summary>
internal static partial class QueueComparison
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<List<string>> DifferencesAsync(Scenario scenario, MailDatabase database, string? messageId)
    {
        // A file without data is what WildDuck leaves of a message that it refuses to queue.
        var wantedFiles = scenario.Results.SelectMany(result => result.GetProperty("queueFiles").EnumerateArray())
            .Where(file => file.GetProperty("file").GetProperty("metadata").TryGetProperty("data", out _)).ToList();
        var wantedEntries = scenario.Results.SelectMany(result => result.GetProperty("zoneQueue").EnumerateArray()).ToList();
        var files = await ReadAsync(database.QueueFiles);
        var entries = await ReadAsync(database.QueueEntries);
        if (files.Count != wantedFiles.Count || entries.Count != wantedEntries.Count)
        {
            return [$"queue: expected {wantedFiles.Count} files and {wantedEntries.Count} entries, was {files.Count} and {entries.Count}"];
        }

        var differences = new List<string>();
        for (var i = 0; i < files.Count; i++)
        {
            var body = await ReadBodyAsync(database, files[i]["_id"].AsObjectId);
            differences.AddRange(CompareFile(wantedFiles[i], files[i], body, $"QUEUEID-{i + 1}", messageId, entries));
        }

        for (var i = 0; i < entries.Count; i++)
        {
            differences.AddRange(Golden.Differences(wantedEntries[i], entries[i], $"queue entry {i}", "_id"));
        }

        return differences;
    }

    private static List<string> CompareFile(
        JsonElement wanted, BsonDocument file, string body, string name, string? messageId, List<BsonDocument> entries)
    {
        var wantedBody = wanted.GetProperty("body").GetString()!;
        var wantedData = wanted.GetProperty("file").GetProperty("metadata").GetProperty("data");
        var data = file["metadata"]["data"].AsBsonDocument;
        var names = new List<(string Made, string Name)> { (data["id"].AsString, name) };
        foreach (var entry in entries.Where(entry => entry["id"] == data["id"]))
        {
            entry["id"] = name;
        }

        // The id of a message that is not stored shows nowhere else.
        var parent = data["parentId"].ToString()!;
        if (messageId is not null && parent != messageId)
        {
            return [$"{name}: belongs to {parent} instead of {messageId}"];
        }

        names.Add((parent, wantedData.GetProperty("parentId").GetProperty("$oid").GetString()!));
        data["parentId"] = ObjectId.Parse(names[^1].Name);

        if (wantedData.GetProperty("messageId").GetString()!.StartsWith("MESSAGEID", StringComparison.Ordinal))
        {
            names.Add((data["messageId"].AsString, wantedData.GetProperty("messageId").GetString()!));
        }

        var isMultipart = Boundary().Match(body) is { Success: true };
        if (isMultipart)
        {
            var boundary = Boundary().Match(body).Groups[1].Value;
            names.Add(($"--{boundary}--", "--BOUNDARY-4"));
            names.Add((boundary, "BOUNDARY-3"));
        }

        // What follows from a made-up boundary is another digest.
        string[] ignored = isMultipart ? ["_id", "bodyHash"] : ["_id"];
        var differences = Golden.Differences(wanted.GetProperty("file"), Renamed(file, names), name, ignored);
        if (Renamed(body, names) != wantedBody)
        {
            differences.Add($"{name}: body is {Renamed(body, names)}");
        }

        return differences;
    }

    private static BsonValue Renamed(BsonValue value, List<(string Made, string Name)> names) => value switch
    {
        BsonString text => Renamed(text.Value, names),
        BsonArray array => new BsonArray(array.Select(item => Renamed(item, names))),
        BsonDocument document => new BsonDocument(
            document.Elements.Select(element => new BsonElement(element.Name, Renamed(element.Value, names)))),
        _ => value,
    };

    private static string Renamed(string text, List<(string Made, string Name)> names) =>
        names.Aggregate(text, (current, pair) => current.Replace(pair.Made, pair.Name, StringComparison.Ordinal));

    private static async Task<List<BsonDocument>> ReadAsync(IMongoCollection<BsonDocument> collection) => await collection
        .Find(FilterDefinition<BsonDocument>.Empty)
        .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
        .ToListAsync(Token);

    private static async Task<string> ReadBodyAsync(MailDatabase database, ObjectId file)
    {
        var chunks = await database.QueueChunks
            .Find(Builders<BsonDocument>.Filter.Eq("files_id", file))
            .Sort(Builders<BsonDocument>.Sort.Ascending("n"))
            .ToListAsync(Token);
        return Encoding.Latin1.GetString([.. chunks.SelectMany(chunk => chunk["data"].AsByteArray)]);
    }

    [GeneratedRegex(@"\A--(\S+)\r\n")]
    private static partial Regex Boundary();
}
