using StackExchange.Redis;

namespace Lmtp.Tests.Integration.RateLimiting;

public sealed class GarnetRateLimiterTests(GarnetFixture garnet) : RateLimiterTests, IClassFixture<GarnetFixture>
{
    protected override string ConnectionString => garnet.ConnectionString;

    protected override IDatabase Database
    {
        get
        {
            garnet.Require();
            return garnet.Connection.GetDatabase();
        }
    }
}
