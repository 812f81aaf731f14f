using System.Collections.Concurrent;
using System.Diagnostics;
using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Integration.Delivery.Records;

public sealed class DeliverySpanTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task Delivery_is_a_span_with_its_stages_below_and_names_no_person()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Lmtp.Server" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("spans"));
        await host.AddUserAsync("alice@example.test");
        using var outer = source.StartActivity("outer")!;
        var outcome = Assert.Single(await host.DeliverAsync("Subject: x\r\n\r\nx\r\n", "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);

        var mine = spans.Where(span => span.TraceId == outer.TraceId).ToList();
        var delivery = Assert.Single(mine, span => span.OperationName == "lmtp.deliver");
        Assert.Equal(outer.SpanId, delivery.ParentSpanId);
        Assert.Equal("example.test", delivery.GetTagItem("lmtp.recipient.domain"));
        Assert.Equal("stored", delivery.GetTagItem("lmtp.delivery.status"));
        string[] stages = ["recheck", "filter", "mailbox", "duplicate", "store"];
        Assert.All(stages, stage => Assert.Equal(
            delivery.SpanId, Assert.Single(mine, span => span.OperationName == $"lmtp.deliver.{stage}").ParentSpanId));
        Assert.Contains(mine, span => span.OperationName == "lmtp.deliver.index" && span.ParentSpanId == outer.SpanId);
        Assert.DoesNotContain(mine.SelectMany(span => span.Tags), tag => tag.Value?.Contains('@', StringComparison.Ordinal) == true);
        Assert.Same(outer, Activity.Current);
    }
}
