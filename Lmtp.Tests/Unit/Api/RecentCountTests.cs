using Lmtp.Contracts;
using Lmtp.Server.Api.Status;
using Lmtp.Tests.Unit.Protocol;

namespace Lmtp.Tests.Unit.Api;

public sealed class RecentCountTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Last_minute_forgets_what_is_older_and_the_total_does_not()
    {
        var count = new RecentCount(_time);
        count.Add(5);
        _time.Advance(TimeSpan.FromSeconds(30));
        count.Add(2);
        Assert.Equal(new RateResponse(7, 7), count.Read());

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(new RateResponse(7, 7), count.Read());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new RateResponse(7, 2), count.Read());

        // A minute later to the second, in the place of the first.
        count.Add(1);
        Assert.Equal(new RateResponse(8, 3), count.Read());

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new RateResponse(8, 0), count.Read());
    }
}
