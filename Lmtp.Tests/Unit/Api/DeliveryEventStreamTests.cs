using System.IO.Pipelines;
using Lmtp.Server.Api.Deliveries;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Tests.Unit.Protocol;
using Microsoft.AspNetCore.Http;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Api;

public sealed class DeliveryEventStreamTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Stream_beats_while_nothing_happens_tells_what_does_and_ends_with_the_server()
    {
        var time = new ManualTimeProvider();
        var feed = new DeliveryFeed();
        var pipe = new Pipe();
        using var stopping = new CancellationTokenSource();
        var context = new DefaultHttpContext { Response = { Body = pipe.Writer.AsStream() } };
        var stream = new DeliveryEventStream(feed, new DeliveryLogQuery(), Heartbeat, time, stopping.Token);
        var running = stream.ExecuteAsync(context);
        using var reader = new StreamReader(pipe.Reader.AsStream());

        Assert.Equal(": watching", await ReadAsync(reader));
        await Eventually.TrueAsync(() => time.IsWaiting(Heartbeat));
        time.Advance(Heartbeat);
        Assert.Equal(": heartbeat", await ReadAsync(reader));
        var record = NewRecord();
        feed.Publish(record);
        Assert.Equal("event: delivery", await ReadAsync(reader));
        Assert.Equal($"id: {record.Id}", await ReadAsync(reader));
        Assert.Contains("\"subject\":\"line\\nbreak\"", await ReadAsync(reader), StringComparison.Ordinal);

        await stopping.CancelAsync();
        await running.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, feed.Watchers);
        Assert.Equal(DeliveryEventStream.MediaType, context.Response.ContentType);
    }

    private static async Task<string?> ReadAsync(StreamReader reader)
    {
        string? line;
        do
        {
            line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line is { Length: 0 });
        return line;
    }

    private static DeliveryRecord NewRecord() => new()
    {
        Id = ObjectId.GenerateNewId(),
        Time = DateTimeOffset.UnixEpoch,
        Server = "mx1",
        Phase = DeliveryPhase.Message,
        Session = "s",
        ClientHost = "localhost",
        LhloName = "client",
        Sender = "",
        Recipient = "user@example.com",
        Address = "user@example.com",
        Outcome = "stored",
        Reply = "250 2.1.5 ok",
        Subject = "line\nbreak",
    };
}
