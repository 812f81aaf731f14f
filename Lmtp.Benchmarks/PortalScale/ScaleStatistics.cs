using Lmtp.Server.Storage.Statistics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Statistics as full as those of a busy system: two days of minutes, 90 days of hours, with domains, outcomes and latencies.</summary>
internal sealed class ScaleStatistics(IMongoDatabase own, DateTimeOffset now)
{
    private const int Domains = 50;
    private const int BatchSize = 500;

    private static readonly string[] Outcomes =
        ["stored", "duplicate", "unknown_recipient", "mailbox_full", "mailbox_disabled", "rejected_by_filter", "rate_limited", "forwarded"];

    /// <summary>Inserts everything.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AddAsync(StatisticsStep.Minute, TimeSpan.FromMinutes(1), TimeSpan.FromHours(47), cancellationToken).ConfigureAwait(false);
        await AddAsync(StatisticsStep.Hour, TimeSpan.FromHours(1), TimeSpan.FromDays(89), cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(StatisticsStep step, TimeSpan length, TimeSpan reach, CancellationToken cancellationToken)
    {
        var last = StatisticsStore.StartOf(step, now) - length;
        var writes = Enumerable.Range(0, (int)(reach / length)).Select(number => Write(step, last - (number * length), number));
        foreach (var batch in writes.Chunk(BatchSize))
        {
            await own.GetCollection<BsonDocument>(StatisticsStore.CollectionName)
                .BulkWriteAsync(batch, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private static UpdateOneModel<BsonDocument> Write(StatisticsStep step, DateTimeOffset time, int number)
    {
        var update = Builders<BsonDocument>.Update;
        return new UpdateOneModel<BsonDocument>(
            Builders<BsonDocument>.Filter.Eq("_id", StatisticsDocument.IdOf(step, time)),
            update.Combine(
                StatisticsDocument.Add(Counts(number)),
                update.Set($"{StatisticsDocument.Writers}.w1", number + 1),
                update.SetOnInsert(StatisticsDocument.Time, time.UtcDateTime),
                update.SetOnInsert(StatisticsDocument.ExpireAt, time.AddDays(90).UtcDateTime)))
        {
            IsUpsert = true,
        };
    }

    private static StatisticsCounts Counts(int number)
    {
        var counts = new StatisticsCounts
        {
            Sessions = 200 + (number % 50),
            RejectedConnections = number % 3,
            Messages = 5_000 + (number % 700),
            Bytes = 100_000_000 + number,
            OtherDomains = new DomainCount(40, 800_000),
            Storage = new StorageSample(100_000, 1_000_000 + number, 20_000_000_000 + number, 50_000, 4_000_000_000),
        };
        for (var outcome = 0; outcome < Outcomes.Length; outcome++)
        {
            counts.Outcomes[Outcomes[outcome]] = (outcome == 0 ? 5_000 : 20) + (number % 10);
        }

        for (var bucket = 20; bucket < 44; bucket++)
        {
            counts.Latencies[bucket] = 100 + ((number + bucket) % 60);
        }

        for (var domain = 0; domain < Domains; domain++)
        {
            counts.Domains[ScaleNames.Domain(domain)] = new DomainCount(100 + domain, 2_000_000 + number);
        }

        return counts;
    }
}
