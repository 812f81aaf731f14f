using System.Globalization;
using System.Text.Json;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Tests.Unit.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery.Scenarios;

/// <summary>Lists how what a delivery did differs from what WildDuck did in the same scenario; nothing but random ids may.</summary>
internal sealed class ScenarioComparison(ScenarioFixture fixture)
{
    private const int GoldenMagic = 57005;

    private readonly List<string> _differences = [];

    /// <summary>Compares answers, messages, journal, address register, attachments and Redis.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(Scenario scenario, DeliveryOutcome[] outcomes)
    {
        var messages = await fixture.Host.FindAsync("messages", "{ uid: { $ne: 7 } }");
        var journal = await fixture.Host.FindAsync("journal");
        for (var i = 0; i < scenario.Results.Count; i++)
        {
            var expected = scenario.Results[i];
            var message = messages.Find(stored => stored["_id"].ToString() == outcomes[i].MessageId);
            CompareAnswer(expected, outcomes[i], i);
            CompareMessage(expected, message, i);
            CompareJournal(expected, journal.FindAll(entry => message is not null && entry["message"] == message["_id"]), i);
        }

        Expect("number of messages", scenario.Results.Count(result => result.TryGetProperty("stored", out _)), messages.Count);
        await CompareAttachmentsAsync(scenario.Results[^1], messages);
        await CompareAddressRegisterAsync(scenario);
        await CompareRedisAsync(scenario);
        await CompareLimitsAsync(scenario);
        _differences.AddRange(await QueueComparison.DifferencesAsync(
            scenario, fixture.Host.Get<MailDatabase>(), scenario.Results.Count == 1 && messages.Count == 1 ? outcomes[0].MessageId : null));
        return _differences;
    }

    private void CompareAnswer(JsonElement expected, DeliveryOutcome outcome, int index)
    {
        var words = expected.GetProperty("response").GetString()!;
        var status = words switch
        {
            _ when words.StartsWith("Message stored as", StringComparison.Ordinal) => DeliveryStatus.Stored,
            _ when words.StartsWith("Message dropped by policy", StringComparison.Ordinal) => DeliveryStatus.Dropped,
            _ => DeliveryStatus.Duplicate,
        };
        Expect($"answer {index}", status, outcome.Status);
        if (status == DeliveryStatus.Duplicate)
        {
            Expect($"id in answer {index}", words[^24..], outcome.MessageId);
        }
    }

    private void CompareMessage(JsonElement expected, BsonDocument? message, int index)
    {
        if (!expected.TryGetProperty("stored", out var stored))
        {
            Expect($"message {index} stored", false, message is not null);
            return;
        }

        if (message is null)
        {
            _differences.Add($"message {index} is missing");
            return;
        }

        Expect($"folder {index}", expected.GetProperty("folder").GetString(), ScenarioFixture.PathOf(message["mailbox"]));
        message = message.DeepClone().AsBsonDocument;
        foreach (var field in stored.EnumerateObject())
        {
            var value = field.Name.Split('.').Aggregate((BsonValue?)message, Member);
            if (value is null)
            {
                _differences.Add($"message {index}: {field.Name} is missing");
            }
            else if (field.Name is not ("magic" or "outbound"))
            {
                _differences.AddRange(Golden.Differences(field.Value, value, $"message {index}: {field.Name}", "transactionId"));
            }
        }

        foreach (var optional in new[] { "rdate", "junk", "outbound", "forwardTargets" })
        {
            Expect($"message {index} has {optional}", stored.TryGetProperty(optional, out _), message.Contains(optional));
        }
    }

    private void CompareJournal(JsonElement expected, List<BsonDocument> entries, int index)
    {
        var wanted = expected.GetProperty("journal");
        Expect($"journal entries of message {index}", wanted.GetArrayLength(), entries.Count);
        for (var i = 0; i < Math.Min(entries.Count, wanted.GetArrayLength()); i++)
        {
            _differences.AddRange(Golden.Differences(wanted[i], entries[i], $"journal {index}", "_id", "message", "thread"));
        }
    }

    // WildDuck's counts are those after the last recipient; its random number was pinned.
    private async Task CompareAttachmentsAsync(JsonElement expected, List<BsonDocument> messages)
    {
        var wanted = expected.GetProperty("attachmentFiles");
        var files = await fixture.Host.FindAsync("attachments.files");
        Expect("number of attachment files", wanted.GetArrayLength(), files.Count);
        for (var i = 0; i < Math.Min(files.Count, wanted.GetArrayLength()); i++)
        {
            var metadata = files[i]["metadata"].AsBsonDocument;
            var magic = messages[0]["magic"].ToInt64();
            Expect("sum of magic", metadata["c"].ToInt64() * magic, metadata["m"].ToInt64());
            metadata["m"] = (int)(metadata["c"].ToInt64() * GoldenMagic);
            _differences.AddRange(Golden.Differences(wanted[i], metadata, "attachment"));
        }
    }

    private async Task CompareAddressRegisterAsync(Scenario scenario)
    {
        var wanted = scenario.Results
            .SelectMany(result => result.GetProperty("addressregister").EnumerateArray())
            .Select(Scenario.ToBson)
            .Select(upsert => upsert["query"].AsBsonDocument
                .Merge(upsert["update"]["$setOnInsert"].AsBsonDocument, overwriteExistingElements: true)
                .Merge(upsert["update"]["$set"].AsBsonDocument, overwriteExistingElements: true))
            .Select(Show)
            .Distinct()
            .Order();
        var found = (await fixture.Host.FindAsync("addressregister")).Select(Show).Order();
        Expect("address register", string.Join('\n', wanted), string.Join('\n', found));
    }

    private async Task CompareRedisAsync(Scenario scenario)
    {
        var calls = scenario.Results.SelectMany(result => result.GetProperty("redis").EnumerateArray()).ToList();
        foreach (var counter in calls.Where(call => call[0].GetString() == "cachedcounter").GroupBy(call => call[1].GetString()!))
        {
            var raised = counter.Sum(call => call[2].GetInt32());
            await Eventually.TrueAsync(async () => await fixture.RaisedAsync(counter.Key) == raised);
        }

        // Two copies that are stored at the same time are announced together.
        var published = calls.Where(call => call[0].GetString() == "publish").Select(call => call[2].GetString()).Distinct().ToList();
        await Eventually.TrueAsync(() => published.All(fixture.Published.Contains));
        Expect("published", string.Join('\n', published), string.Join('\n', fixture.Published.Distinct()));
    }

    // Counts of a day, whom an autoreply has answered, and how long Redis keeps either.
    private async Task CompareLimitsAsync(Scenario scenario)
    {
        var redis = fixture.Redis.Connection.GetDatabase();
        var calls = scenario.Results.SelectMany(result => result.GetProperty("redis").EnumerateArray()).ToList();
        foreach (var call in calls.Where(call => call[0].GetString() == "ttlcounter"))
        {
            var expected = scenario.CounterReached ?? call[2].GetInt32();
            Expect(call[1].GetString()!, expected, (int)await redis.StringGetAsync(call[1].GetString()!));
            var life = (await redis.KeyTimeToLiveAsync(call[1].GetString()!))!.Value;
            Expect($"life of {call[1]}", true, life <= TimeSpan.FromDays(1) && life > TimeSpan.FromMinutes(1));
        }

        foreach (var add in calls.Where(call => call[0].GetString() == "multi").Select(call => call[2]))
        {
            var key = add[1].GetString()!;
            Expect(key, add[3].GetDouble(), await redis.SortedSetScoreAsync(key, add[4].GetString()!));
            Expect($"life of {key}", true, await redis.KeyTimeToLiveAsync(key) > TimeSpan.FromSeconds(14_399_000));
        }

        var server = fixture.Redis.Connection.GetServer(fixture.Redis.Connection.GetEndPoints()[0]);
        var sets = server.Keys(pattern: "war:*").Count();
        Expect("senders' sets", calls.Count(call => call[0].GetString() == "multi"), sets);
    }

    private static string Show(BsonDocument entry) => string.Join(
        ", ",
        entry.Where(element => element.Name != "_id").OrderBy(element => element.Name, StringComparer.Ordinal).Select(element => element.ToString()));

    private static BsonValue? Member(BsonValue? value, string name) =>
        value is BsonDocument document && document.TryGetValue(name, out var member) ? member : null;

    private void Expect<T>(string what, T expected, T found)
    {
        if (!Equals(expected, found))
        {
            _differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected}, was {found}"));
        }
    }
}
