using StackExchange.Redis;

namespace Lmtp.Tests.Integration.RateLimiting;

public sealed class RedisRateLimiterTests(RedisFixture redis) : RateLimiterTests, IClassFixture<RedisFixture>
{
    protected override string ConnectionString => redis.ConnectionString;

    protected override IDatabase Database
    {
        get
        {
            redis.Require();
            return redis.Connection.GetDatabase();
        }
    }
}
