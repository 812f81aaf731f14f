using StackExchange.Redis;

namespace Lmtp.Tests.Integration.Storage;

public sealed class GarnetMailboxLeaseTests(EmbeddedMongoFixture mongo, GarnetFixture garnet)
    : MailboxLeaseTests(mongo), IClassFixture<EmbeddedMongoFixture>, IClassFixture<GarnetFixture>
{
    protected override string ConnectionString => garnet.ConnectionString;

    protected override IConnectionMultiplexer Connection => garnet.Connection;

    protected override void Require() => garnet.Require();
}
