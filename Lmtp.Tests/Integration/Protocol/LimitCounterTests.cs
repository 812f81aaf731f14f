using System.Text.RegularExpressions;
using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Each limit that a client meets with is counted under its own name, and once.</summary>
public sealed partial class LimitCounterTests : IDisposable
{
    private const string Opening = "MAIL FROM:<>\r\nRCPT TO:<a@b>\r\n";
    private const string Short = "00:00:00.1";

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("max_connections", "MaxConnections", "1", "")]
    [InlineData("max_connections_per_client", "MaxConnectionsPerClient", "1", "")]
    [InlineData("max_messages_per_connection", "MaxMessagesPerConnection", "1", Opening + "DATA\r\n.\r\nMAIL FROM:<>\r\n")]
    [InlineData("max_recipients", "MaxRecipients", "1", Opening + "RCPT TO:<c@b>\r\n")]
    [InlineData("max_message_size", "MaxMessageSize", "1024", "MAIL FROM:<> SIZE=1025\r\n")]
    [InlineData("max_message_size", "MaxMessageSize", "1024", Opening + "RCPT TO:<c@b>\r\nDATA\r\n{1100}\r\n.\r\n")]
    [InlineData("max_message_size", "MaxMessageSize", "1024", Opening + "BDAT 1102\r\n{1100}\r\n")]
    [InlineData("max_header_size", "MaxHeaderSize", "1024", Opening + "DATA\r\nA: {1100}\r\n.\r\n")]
    [InlineData("max_received_headers", "MaxReceivedHeaders", "1", Opening + "DATA\r\nReceived: a\r\nReceived: b\r\n.\r\n")]
    [InlineData("max_mime_depth", "MaxErrors", "20", "MAIL FROM:<>\r\nRCPT TO:<data-messagetoocomplex@b>\r\nRCPT TO:<data-messagetoocomplex@c>\r\nDATA\r\n.\r\n")]
    [InlineData("max_command_length", "MaxCommandLength", "512", "NOOP {600}\r\n")]
    [InlineData("max_errors", "MaxErrors", "1", "XYZZY\r\n")]
    [InlineData("idle_timeout", "IdleTimeout", Short, "")]
    [InlineData("command_timeout", "CommandTimeout", Short, "NOO")]
    [InlineData("data_timeout", "DataTimeout", Short, Opening + "DATA\r\nx")]
    [InlineData("min_data_rate", "MinDataRateGrace", Short, Opening + "DATA\r\nx")]
    [InlineData("session_timeout", "SessionTimeout", Short, "NOOP\r\n")]
    [InlineData("delivery_timeout", "DeliveryTimeout", Short, Opening + "DATA\r\n.\r\n")]
    public async Task Limit_met_in_a_session_is_counted(string limit, string key, string value, string input)
    {
        await using var host = await LmtpHost.StartAsync(new() { [$"Lmtp:Limits:{key}"] = value });
        host.Agent.BeforeOutcome = (_, cancellationToken) =>
            limit == "delivery_timeout" ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
        using var measured = new CollectedMeasurements(host);
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await using var second = limit.StartsWith("max_connections", StringComparison.Ordinal) ? await LmtpClient.ConnectAsync(host.Port) : null;

        await client.SendRawAsync("LHLO x\r\n" + Filler().Replace(input, match => new string('x', int.Parse(match.Groups[1].ValueSpan, null))));

        await Eventually.TrueAsync(() => measured.Limits.Count > 0);
        await client.DisposeAsync();
        Assert.Equal([limit], measured.Limits);
    }

    [Fact]
    public async Task Client_that_talks_before_a_delayed_greeting_is_counted()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:GreetingDelay"] = "00:01:00" });
        using var measured = new CollectedMeasurements(host);
        await using var client = await LmtpClient.ConnectAsync(host.Port);

        Assert.StartsWith("554 5.5.0", await client.AskAsync("LHLO x"), StringComparison.Ordinal);

        Assert.Equal(["greeting_delay"], measured.Limits);
    }

    [Theory]
    [InlineData("Tls:Mode", "Implicit")]
    [InlineData("Tls:Mode", "StartTls")]
    [InlineData("ProxyNetworks:0", "127.0.0.1")]
    public async Task Handshake_that_does_not_come_is_counted(string key, string value)
    {
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Limits:HandshakeTimeout"] = Short,
            ["Lmtp:Listeners:0:Tls:CertificatePath"] = _certificates.ServerPath,
            ["Lmtp:Listeners:0:Tls:KeyPath"] = _certificates.ServerKeyPath,
            [$"Lmtp:Listeners:0:{key}"] = value,
        });
        using var measured = new CollectedMeasurements(host);
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        if (value == "StartTls")
        {
            await client.ReadReplyAsync();
            await client.AskAsync("LHLO x");
            await client.AskAsync("STARTTLS");
        }

        Assert.Equal("", await client.ReadReplyAsync());

        await Eventually.TrueAsync(() => measured.Limits.Count > 0);
        Assert.Equal(["handshake_timeout"], measured.Limits);
    }

    [Fact]
    public async Task Client_that_leaves_its_replies_unread_is_counted()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:WriteTimeout"] = Short });
        using var measured = new CollectedMeasurements(host);
        await using var client = await LmtpClient.ConnectAsync(host.Port);

        // Many times what the buffers between the two hold.
        var sending = client.SendRawAsync(string.Concat(Enumerable.Repeat("HELP\r\n", 500_000)));

        await Eventually.TrueAsync(() => measured.Limits.Count > 0);
        Assert.Equal(["write_timeout"], measured.Limits);
        await client.DisposeAsync();
        await sending.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Theory]
    [InlineData("DATA\r\nhal")]
    [InlineData("BDAT 3\r\nhal")]
    [InlineData("DATA\r\n.\r\n")]
    public async Task Message_that_a_stop_does_not_wait_for_is_counted(string input)
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:ShutdownGrace"] = "00:00:00.2" });
        host.Agent.BeforeOutcome = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        using var measured = new CollectedMeasurements(host);
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.SendRawAsync("LHLO x\r\n" + Opening + input);
        await Eventually.TrueAsync(() => host.Agent.OpenIntakes == 1);

        await host.StopAsync();

        Assert.Equal(["shutdown_grace"], measured.Limits);
    }

    [Fact]
    public void Each_limit_has_a_name_to_be_counted_under()
    {
        var settings = typeof(LimitOptions).GetProperties().Select(property => property.Name)
            .Except([nameof(LimitOptions.MinDataRateGrace)])
            .Append(nameof(Lmtp.Server.Delivery.DeliveryOptions.MaxMimeDepth));

        Assert.Equal(settings.Order(), Enum.GetNames<LimitName>().Order());
    }

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Filler();
}
