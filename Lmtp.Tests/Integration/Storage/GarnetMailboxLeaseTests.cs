namespace Lmtp.Tests.Integration.Storage;

public sealed class GarnetMailboxLeaseTests(EmbeddedMongoFixture mongo, GarnetFixture garnet)
    : MailboxLeaseTests(mongo), IClassFixture<EmbeddedMongoFixture>, IClassFixture<GarnetFixture>
{
    protected override string ConnectionString => garnet.ConnectionString;

    protected override void Require() => garnet.Require();
}
