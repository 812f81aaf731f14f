using StackExchange.Redis;

namespace Lmtp.Tests.Integration.Storage;

public sealed class RedisMailboxLeaseTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : MailboxLeaseTests(mongo), IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
    protected override string ConnectionString => redis.ConnectionString;

    protected override IConnectionMultiplexer Connection => redis.Connection;

    protected override void Require() => redis.Require();
}
