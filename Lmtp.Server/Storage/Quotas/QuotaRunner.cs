using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Quotas;

/// <summary>
/// Recalculates the used storage of many users in small batches, by the same steps as for a single one: mail flows on. A
/// server that dies leaves its run to another one, after the last batch that was noted.
/// </summary>
internal sealed partial class QuotaRunner(
    QuotaRunStore runs, QuotaRecalculation recalculation, MailDatabase database, TimeProvider time, ILogger<QuotaRunner> logger)
    : BackgroundService
{
    private const int BatchSize = 50;
    private const int Parallel = 4;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private readonly SemaphoreSlim _asked = new(0);

    /// <summary>Has the next run begun at once rather than at the next look.</summary>
    public void Wake() => _asked.Release();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await WaitAsync(stoppingToken);
            try
            {
                if (await runs.TakeAsync(stoppingToken) is { } run)
                {
                    await RunAsync(run, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                LogAway(exception);
            }
        }
    }

    // A clock that tests move by hand is for leases; the look itself may come early.
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = _asked.WaitAsync(either.Token);
        await Task.WhenAny(asked, Task.Delay(LookInterval, time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RunAsync(QuotaRun run, CancellationToken cancellationToken)
    {
        LogBegun(run.Domain ?? "*", run.Done);
        try
        {
            run = run with { Total = run.Total ?? await database.Users.CountDocumentsAsync(Scope(run), cancellationToken: cancellationToken) };
            var isOurs = await runs.NoteAsync(run, cancellationToken);
            while (isOurs && await NextAsync(run, cancellationToken) is { Count: > 0 } users)
            {
                run = await RunBatchAsync(run, users, cancellationToken);
                isOurs = await runs.NoteAsync(run, cancellationToken);
            }

            if (isOurs && await runs.CompleteAsync(run, cancellationToken))
            {
                LogDone(run.Done, run.Corrected, run.Skipped);
            }
        }
        catch (Exception exception) when (exception is not MongoException)
        {
            await runs.ReleaseAsync(run, CancellationToken.None);
            throw;
        }
    }

    private async Task<QuotaRun> RunBatchAsync(QuotaRun run, List<ObjectId> users, CancellationToken cancellationToken)
    {
        var differences = new long?[users.Count];
        await System.Threading.Tasks.Parallel.ForAsync(
            0,
            users.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (index, token) => differences[index] = await recalculation.RunAsync(users[index], token));
        return run with
        {
            Done = run.Done + users.Count,
            Corrected = run.Corrected + differences.Count(difference => difference is not (null or 0)),
            CorrectedBytes = run.CorrectedBytes + differences.Sum(difference => Math.Abs(difference ?? 0)),
            Skipped = run.Skipped + differences.Count(difference => difference is null),
            After = users[^1],
        };
    }

    private async Task<List<ObjectId>> NextAsync(QuotaRun run, CancellationToken cancellationToken)
    {
        var users = await database.Users.Find(Scope(run) & Filter.Gt("_id", run.After))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .Limit(BatchSize)
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id"))
            .ToListAsync(cancellationToken);
        return users.ConvertAll(user => user["_id"].AsObjectId);
    }

    private static FilterDefinition<BsonDocument> Scope(QuotaRun run) => run.Domain is { } domain
        ? Filter.Regex("address", new BsonRegularExpression($"@{Regex.Escape(domain)}$", "i"))
        : FilterDefinition<BsonDocument>.Empty;

    [LoggerMessage(1, LogLevel.Information, "Recalculation of the used storage of {Domain} goes on after {Done} users")]
    private partial void LogBegun(string domain, long done);

    [LoggerMessage(2, LogLevel.Information, "The used storage of {Done} users was recalculated: {Corrected} corrected, {Skipped} skipped")]
    private partial void LogDone(long done, long corrected, long skipped);

    [LoggerMessage(3, LogLevel.Warning, "Recalculation of the used storage waits: the database does not answer")]
    private partial void LogAway(Exception exception);
}
