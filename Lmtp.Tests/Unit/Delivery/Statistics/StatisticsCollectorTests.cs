using Lmtp.Server.Delivery.Statistics;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Statistics;
using Lmtp.Tests.Unit.Protocol;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Delivery.Statistics;

public sealed class StatisticsCollectorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly DateTimeOffset _start;
    private readonly StatisticsCollector _collector;

    public StatisticsCollectorTests()
    {
        _start = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(30));
        _collector = new StatisticsCollector(_time);
    }

    [Fact]
    public void Deliveries_are_counted_in_the_minute_in_which_they_end()
    {
        _collector.Count(Record("stored", "ann@one.test"));
        _collector.Count(Record("stored", "bob@two.test"));
        _time.Advance(TimeSpan.FromMinutes(1));
        _collector.Count(Record("duplicate", "ann@one.test"));

        var taken = _collector.Take();

        Assert.Equal([_start, _start.AddMinutes(1)], taken.Select(pair => pair.Key));
        Assert.Equal(2, taken[0].Value.Outcomes["stored"]);
        Assert.Equal(new DomainCount(1, 100), taken[0].Value.Domains["two.test"]);
        Assert.Equal(1, taken[1].Value.Outcomes["duplicate"]);
        Assert.Empty(_collector.Take());
    }

    [Fact]
    public void Refusal_at_rcpt_counts_as_an_outcome_but_has_no_latency()
    {
        _collector.Count(Record("unknown_recipient", "nobody@one.test", DeliveryPhase.Rcpt, user: false));

        var counts = Assert.Single(_collector.Take()).Value;
        Assert.Equal(1, counts.Outcomes["unknown_recipient"]);
        Assert.Empty(counts.Latencies);
        Assert.Empty(counts.Domains);
    }

    [Fact]
    public void Sessions_messages_and_bytes_are_counted()
    {
        _collector.CountSessions(2);
        _collector.CountRejectedConnections(1);
        _collector.CountMessage(500);
        _collector.CountMessage(700);

        var counts = Assert.Single(_collector.Take()).Value;
        Assert.Equal((2, 1, 2, 1200), (counts.Sessions, counts.RejectedConnections, counts.Messages, counts.Bytes));
    }

    [Fact]
    public void Domains_beyond_a_bound_are_summed_up()
    {
        for (var i = 0; i < 10_002; i++)
        {
            _collector.Count(Record("stored", $"ann@d{i}.test"));
        }

        var counts = Assert.Single(_collector.Take()).Value;
        Assert.Equal((10_000, 2), (counts.Domains.Count, counts.OtherDomains.Recipients));
    }

    [Fact]
    public void Oldest_minute_goes_when_a_day_of_them_waits()
    {
        for (var minute = 0; minute <= 24 * 60; minute++)
        {
            _collector.CountMessage(1);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var taken = _collector.Take();
        Assert.Equal(24 * 60, taken.Count);
        Assert.Equal(_start.AddMinutes(1), taken[0].Key);
    }

    private static DeliveryRecord Record(string outcome, string address, DeliveryPhase phase = DeliveryPhase.Message, bool user = true) => new()
    {
        Id = ObjectId.GenerateNewId(),
        Time = DateTimeOffset.UnixEpoch,
        Server = "here",
        Phase = phase,
        Session = "session",
        ClientHost = "client",
        LhloName = "client",
        Sender = "sender@friend.test",
        Recipient = address,
        Address = address,
        User = user ? ObjectId.GenerateNewId() : null,
        Size = 100,
        Outcome = outcome,
        Reply = "250 2.1.5",
        Duration = TimeSpan.FromMilliseconds(3),
    };
}
