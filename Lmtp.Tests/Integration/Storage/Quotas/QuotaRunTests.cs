using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Quotas;
using Lmtp.Tests.Unit.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage.Quotas;

/// <summary>How servers share a recalculation: each store stands for one of them.</summary>
public sealed class QuotaRunTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private readonly ManualTimeProvider _time = new();
    private readonly string _own = $"own{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_is_taken_by_one_server_at_a_time()
    {
        var (first, second) = (NewStore(), NewStore());
        var run = (await first.AddAsync("example.test", Token))!;
        Assert.Equal(QuotaRunState.Waiting, run.State);

        Assert.Equal((run.Id, QuotaRunState.Running), ((await first.TakeAsync(Token))!.Id, (await first.GetAsync(run.Id, Token))!.State));
        Assert.Null(await second.TakeAsync(Token));
    }

    [Fact]
    public async Task Run_of_a_server_that_is_gone_goes_on_after_the_last_batch_elsewhere()
    {
        var (first, second) = (NewStore(), NewStore());
        await first.AddAsync(null, Token);
        var run = (await first.TakeAsync(Token))! with { Total = 9, Done = 5, Corrected = 2, CorrectedBytes = 70, Skipped = 1 };
        Assert.True(await first.NoteAsync(run, Token));

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await second.TakeAsync(Token));
        _time.Advance(TimeSpan.FromSeconds(2));
        var taken = (await second.TakeAsync(Token))!;

        Assert.Equal(run with { State = QuotaRunState.Running }, taken);
        Assert.False(await first.NoteAsync(run, Token));
        Assert.False(await first.CompleteAsync(run, Token));
        Assert.True(await second.CompleteAsync(taken, Token));
        Assert.Equal(QuotaRunState.Done, (await first.GetAsync(run.Id, Token))!.State);
    }

    [Fact]
    public async Task Run_that_is_given_back_is_there_for_all_at_once()
    {
        var (first, second) = (NewStore(), NewStore());
        await first.AddAsync(null, Token);
        await first.ReleaseAsync((await first.TakeAsync(Token))!, Token);

        Assert.NotNull(await second.TakeAsync(Token));
    }

    [Fact]
    public async Task Cancelled_run_is_at_its_end_for_whoever_is_at_it()
    {
        var store = NewStore();
        var run = (await store.AddAsync(null, Token))!;
        var taken = (await store.TakeAsync(Token))!;

        Assert.True(await store.CancelAsync(run.Id, Token));
        Assert.False(await store.CancelAsync(run.Id, Token));
        Assert.False(await store.NoteAsync(taken, Token));
        Assert.Null(await store.TakeAsync(Token));
        Assert.Equal(QuotaRunState.Cancelled, (await store.GetAsync(run.Id, Token))!.State);
    }

    private QuotaRunStore NewStore() => new(
        new MailDatabase(
            new MongoClient(mongo.ConnectionString),
            Options.Create(new StorageOptions { OwnDatabase = _own }),
            new ConfigurationBuilder().Build()),
        _time);
}
