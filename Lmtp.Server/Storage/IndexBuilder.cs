using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Creates the indexes that are missing, in the background, the unique ones first. What is there stays as it is, and
/// so does everything else in an existing database.
/// </summary>
internal sealed partial class IndexBuilder(
    MailDatabase database, IOptions<StorageOptions> options, TimeProvider time, ILogger<IndexBuilder> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A new database gets dozens of indexes within a second, which nobody wants to read of one by one.</summary>
    private static readonly TimeSpan LongCreation = TimeSpan.FromSeconds(1);

    /// <summary>Creates what is missing, once; returns how many indexes were made.</summary>
    public async Task<int> CreateMissingAsync(CancellationToken cancellationToken)
    {
        var created = 0;
        var collections = IndexCatalog.All
            .GroupBy(index => (index.Place, index.Collection))
            .OrderByDescending(group => group.Any(index => index.IsUnique));
        foreach (var group in collections)
        {
            created += await CreateMissingAsync(database.CollectionOf(group.First()), group, cancellationToken);
        }

        return created;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.CreateIndexes)
        {
            return;
        }

        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var created = await CreateMissingAsync(stoppingToken);
                LogDone(created, IndexCatalog.All.Count);
                return;
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                LogRetry(pause, exception);
                await Task.Delay(pause, time, stoppingToken);
            }
        }
    }

    private static CreateIndexModel<BsonDocument> Model(IndexSpecification index) => new(
        index.KeyDocument(),
        new CreateIndexOptions<BsonDocument>
        {
            Name = index.Name,
            Unique = index.IsUnique ? true : null,
            Sparse = index.IsSparse ? true : null,
            ExpireAfter = index.ExpireAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            PartialFilterExpression = index.Partial is { } partial
                ? new BsonDocumentFilterDefinition<BsonDocument>(BsonDocument.Parse(partial))
                : null,
        });

    private async Task<int> CreateMissingAsync(
        IMongoCollection<BsonDocument> collection, IEnumerable<IndexSpecification> indexes, CancellationToken cancellationToken)
    {
        using var cursor = await collection.Indexes.ListAsync(cancellationToken);
        var present = await cursor.ToListAsync(cancellationToken);
        var names = present.Select(index => index.StringOrEmpty("name")).ToHashSet(StringComparer.Ordinal);
        var keys = present.Select(index => index.DocumentOrNull("key") ?? []).ToList();
        var created = 0;
        foreach (var index in indexes.Where(index => !names.Contains(index.Name) && !keys.Contains(index.KeyDocument())))
        {
            try
            {
                var begun = time.GetTimestamp();
                await collection.Indexes.CreateOneAsync(Model(index), cancellationToken: cancellationToken);
                var duration = time.GetElapsedTime(begun);
                LogCreated(duration < LongCreation ? LogLevel.Debug : LogLevel.Information, index.Name, index.Collection, duration);
                created++;
            }
            catch (MongoCommandException exception)
            {
                LogNotCreated(index.Name, index.Collection, exception);
            }
        }

        return created;
    }

    [LoggerMessage(EventId = 1, Message = "Created index {Index} of {Collection} in {Duration}")]
    private partial void LogCreated(LogLevel level, string index, string collection, TimeSpan duration);

    [LoggerMessage(2, LogLevel.Information, "Indexes are complete: {Created} of {Total} were missing and have been created")]
    private partial void LogDone(int created, int total);

    [LoggerMessage(3, LogLevel.Error, "Index {Index} of {Collection} could not be created")]
    private partial void LogNotCreated(string index, string collection, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The database does not answer; indexes are looked at again in {Pause}")]
    private partial void LogRetry(TimeSpan pause, Exception exception);
}
