using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Statistics;

/// <summary>How counts are written and read.</summary>
internal static class StatisticsDocument
{
    public const string Time = "time";
    public const string ExpireAt = "expireAt";
    public const string Writers = "writers";
    public const string Domains = "domains";
    public const string OtherDomains = "otherDomains";
    public const string Storage = "storage";

    private const string Recipients = "recipients";
    private const string Bytes = "bytes";
    private const string Outcomes = "outcomes";
    private const string Latencies = "latencies";

    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>The id of the counts of a minute or an hour; ids sort as the times do.</summary>
    public static string IdOf(StatisticsStep step, DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"{(step == StatisticsStep.Hour ? "hour" : "minute")} {time.UtcDateTime:yyyy-MM-dd'T'HH:mm}");

    /// <summary>The update that adds the counts.</summary>
    public static UpdateDefinition<BsonDocument> Add(StatisticsCounts counts)
    {
        List<(string Field, long Count)> fields =
        [
            ("sessions", counts.Sessions),
            ("rejected", counts.RejectedConnections),
            ("messages", counts.Messages),
            (Bytes, counts.Bytes),
            ($"{OtherDomains}.{Recipients}", counts.OtherDomains.Recipients),
            ($"{OtherDomains}.{Bytes}", counts.OtherDomains.Bytes),
            .. counts.Outcomes.Select(static pair => ($"{Outcomes}.{FieldName(pair.Key)}", pair.Value)),
            .. counts.Latencies.Select(static pair => ($"{Latencies}.{pair.Key.ToString(CultureInfo.InvariantCulture)}", pair.Value)),
        ];
        foreach (var (domain, count) in counts.Domains)
        {
            fields.Add(($"{Domains}.{FieldName(domain)}.{Recipients}", count.Recipients));
            fields.Add(($"{Domains}.{FieldName(domain)}.{Bytes}", count.Bytes));
        }

        var increments = fields.Where(static field => field.Count != 0).Select(static field => Update.Inc(field.Field, field.Count));
        return Update.Combine(counts.Storage is { } sample ? increments.Append(Update.Set(Storage, ToBson(sample))) : increments);
    }

    /// <summary>The counts of a document.</summary>
    public static StatisticsCounts Read(BsonDocument document)
    {
        var counts = new StatisticsCounts
        {
            Sessions = document.Number("sessions"),
            RejectedConnections = document.Number("rejected"),
            Messages = document.Number("messages"),
            Bytes = document.Number(Bytes),
            OtherDomains = ReadDomain(document.DocumentOrNull(OtherDomains) ?? []),
            Storage = document.DocumentOrNull(Storage) is { } sample ? ReadSample(sample) : null,
        };
        foreach (var outcome in document.DocumentOrNull(Outcomes) ?? [])
        {
            counts.Outcomes[Text(outcome.Name)] = outcome.Value.ToInt64();
        }

        foreach (var latency in document.DocumentOrNull(Latencies) ?? [])
        {
            counts.Latencies[int.Parse(latency.Name, CultureInfo.InvariantCulture)] = latency.Value.ToInt64();
        }

        foreach (var domain in document.DocumentOrNull(Domains) ?? [])
        {
            counts.Domains[Text(domain.Name)] = ReadDomain(domain.Value.AsBsonDocument);
        }

        return counts;
    }

    public static BsonDocument ToBson(IReadOnlyDictionary<string, DomainCount> domains) =>
        new(domains.Select(static pair => new BsonElement(FieldName(pair.Key), ToBson(pair.Value))));

    public static BsonDocument ToBson(DomainCount count) => new() { { Recipients, count.Recipients }, { Bytes, count.Bytes } };

    public static BsonDocument ToBson(StorageSample sample) => new()
    {
        { "users", sample.Users },
        { "messages", sample.Messages },
        { Bytes, sample.Bytes },
        { "attachments", sample.Attachments },
        { "attachmentBytes", sample.AttachmentBytes },
    };

    public static StorageSample ReadSample(BsonDocument sample) => new(
        sample.Number("users"), sample.Number("messages"), sample.Number(Bytes), sample.Number("attachments"), sample.Number("attachmentBytes"));

    // A dot separates the names of a path, and a dollar begins an operator.
    private static string FieldName(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace(".", "%2E", StringComparison.Ordinal)
        .Replace("$", "%24", StringComparison.Ordinal);

    private static string Text(string name) => Uri.UnescapeDataString(name);

    private static DomainCount ReadDomain(BsonDocument count) => new(count.Number(Recipients), count.Number(Bytes));
}
