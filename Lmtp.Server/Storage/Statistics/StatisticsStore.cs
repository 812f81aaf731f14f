using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Statistics;

/// <summary>
/// Counts by minute and by hour, in the database of our own. All servers add into the same documents. Each document
/// remembers the last number of each writer, so that counts whose acknowledgement was lost are not added twice.
/// </summary>
internal sealed class StatisticsStore(MailDatabase database, IOptionsMonitor<StatisticsOptions> options)
{
    public const string CollectionName = "statistics";

    /// <summary>How many domains an hour keeps once it is over; the minutes' together may be many more.</summary>
    public const int DomainsOfAnHour = 200;

    private const string Trimmed = "trimmed";
    private const int MaxAttempts = 3;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private IMongoCollection<BsonDocument> Statistics => database.Own.GetCollection<BsonDocument>(CollectionName);

    /// <summary>Adds counts to a minute and to its hour. Repeating a call with the same number changes nothing.</summary>
    /// <param name="minute">The beginning of the minute.</param>
    /// <param name="counts">The counts.</param>
    /// <param name="writer">Names the process, without dots.</param>
    /// <param name="number">The process's number of these counts, higher than of those before.</param>
    /// <param name="cancellationToken">Gives up; whether the counts are added is unknown then.</param>
    public async Task AddAsync(
        DateTimeOffset minute, StatisticsCounts counts, string writer, long number, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var hour = StartOf(StatisticsStep.Hour, minute);
        await AddAsync(StatisticsStep.Minute, minute, settings.MinuteRetention, counts, writer, number, cancellationToken);
        await AddAsync(StatisticsStep.Hour, hour, settings.HourRetention, counts, writer, number, cancellationToken);
    }

    /// <summary>The counts there are from a time on, in the order of their times.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Time, StatisticsCounts Counts)>> ReadAsync(
        StatisticsStep step, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var documents = await Statistics
            .Find(Filter.Gte("_id", StatisticsDocument.IdOf(step, from)) & Filter.Lt("_id", StatisticsDocument.IdOf(step, before)))
            .Project(Builders<BsonDocument>.Projection.Exclude(StatisticsDocument.Writers))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .ToListAsync(cancellationToken);
        return [.. documents.Select(static document => (document.TimeOrDefault(StatisticsDocument.Time), StatisticsDocument.Read(document)))];
    }

    /// <summary>Leaves hours that are over no more domains than anybody looks at.</summary>
    /// <param name="from">The first hour to look at.</param>
    /// <param name="before">The hour that may still grow.</param>
    /// <param name="cancellationToken">Gives up; what is done stays.</param>
    public async Task TrimAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var hours = await Statistics
            .Find(
                Filter.Gte("_id", StatisticsDocument.IdOf(StatisticsStep.Hour, from))
                & Filter.Lt("_id", StatisticsDocument.IdOf(StatisticsStep.Hour, before))
                & Filter.Exists(Trimmed, false))
            .ToListAsync(cancellationToken);
        foreach (var hour in hours)
        {
            var counts = StatisticsDocument.Read(hour);
            counts.KeepTopDomains(DomainsOfAnHour);

            // Only as it was read: a server that is late may be adding to it, and the next round comes soon.
            await Statistics.UpdateOneAsync(
                Filter.Eq("_id", hour["_id"]) & Filter.Eq(StatisticsDocument.Writers, hour.DocumentOrNull(StatisticsDocument.Writers)),
                Update.Set(Trimmed, true)
                    .Set(StatisticsDocument.Domains, StatisticsDocument.ToBson(counts.Domains))
                    .Set(StatisticsDocument.OtherDomains, StatisticsDocument.ToBson(counts.OtherDomains)),
                cancellationToken: cancellationToken);
        }
    }

    /// <summary>The beginning of the minute or hour of a time.</summary>
    public static DateTimeOffset StartOf(StatisticsStep step, DateTimeOffset time)
    {
        var length = step == StatisticsStep.Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerMinute;
        return new DateTimeOffset(time.UtcTicks - (time.UtcTicks % length), TimeSpan.Zero);
    }

    private async Task AddAsync(
        StatisticsStep step,
        DateTimeOffset time,
        TimeSpan retention,
        StatisticsCounts counts,
        string writer,
        long number,
        CancellationToken cancellationToken)
    {
        var id = StatisticsDocument.IdOf(step, time);
        var field = $"{StatisticsDocument.Writers}.{writer}";
        var update = Update.Combine(
            StatisticsDocument.Add(counts),
            Update.Set(field, number),
            Update.SetOnInsert(StatisticsDocument.Time, time.UtcDateTime),
            Update.SetOnInsert(StatisticsDocument.ExpireAt, (time + retention).UtcDateTime));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Statistics.UpdateOneAsync(
                    Filter.Eq("_id", id) & Filter.Not(Filter.Gte(field, number)), update, new UpdateOptions { IsUpsert = true }, cancellationToken);
                return;
            }
            catch (MongoWriteException exception) when (exception.WriteError.Category == ServerErrorCategory.DuplicateKey)
            {
                // Either another server made the document at the same moment, or these counts are in it already.
                if (attempt == MaxAttempts)
                {
                    return;
                }
            }
        }
    }
}
