using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Portal;

[Collection(PortalTestGroup.Name)]
public sealed class SessionKeyTests(ApiSystem system, RedisFixture redis) : IClassFixture<RedisFixture>, IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Session_survives_a_restart_and_holds_at_another_replica(bool inRedis)
    {
        if (inRedis)
        {
            redis.Require();
        }

        var settings = inRedis ? InRedis() : InFolder(_folder.File("keys"));
        using var visitor = new PortalVisitor();
        await using (var first = await StartAsync(settings))
        {
            await visitor.SignUpAsync(first, system.Api, ApiSystem.NewName("keeper"));
            Assert.True(await visitor.IsSignedInAsync(first));
            await using var replica = await StartAsync(settings);
            Assert.True(await visitor.IsSignedInAsync(replica));
        }

        await using var again = await StartAsync(settings);
        Assert.True(await visitor.IsSignedInAsync(again));
        Assert.Equal(!inRedis, Directory.Exists(_folder.File("keys")));
    }

    [Fact]
    public async Task Session_is_worth_nothing_where_the_keys_are_others()
    {
        using var visitor = new PortalVisitor();
        await using var first = await StartAsync(InFolder(_folder.File("keys")));
        await visitor.SignUpAsync(first, system.Api, ApiSystem.NewName("keeper"));

        await using var other = await StartAsync(InFolder(_folder.File("others")));

        Assert.False(await visitor.IsSignedInAsync(other));
    }

    [Fact]
    public async Task Keys_in_redis_are_one_list()
    {
        redis.Require();
        using var visitor = new PortalVisitor();
        await using var portal = await StartAsync(InRedis());
        await visitor.SignUpAsync(portal, system.Api, ApiSystem.NewName("keeper"));

        var keys = await redis.Connection.GetDatabase().ListRangeAsync("lmtp:portal:keys");

        Assert.Contains("<key id=", Assert.Single(keys).ToString(), StringComparison.Ordinal);
    }

    private Dictionary<string, string?> InRedis() => new(InFolder(_folder.File("keys"))) { ["ConnectionStrings__redis"] = redis.ConnectionString };

    private static Dictionary<string, string?> InFolder(string folder) => new() { ["Lmtp__Portal__KeyDirectory"] = folder };

    private Task<PortalProcess> StartAsync(Dictionary<string, string?> settings) =>
        PortalProcess.StartAsync(system.System.Api, settings, Token);
}
