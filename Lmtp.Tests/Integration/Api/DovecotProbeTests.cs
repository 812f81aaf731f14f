using System.Runtime.Versioning;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>The probe tools against a server that others wrote.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DovecotProbeTests : IAsyncLifetime
{
    private DovecotServer? _dovecot;
    private MailSystem? _system;
    private HttpClient? _http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => new(_http!);

    private DovecotServer Dovecot => _dovecot!;

    public async ValueTask InitializeAsync()
    {
        DovecotServer.Require();
        _dovecot = await DovecotServer.StartAsync(CancellationToken.None);
        _system = await MailSystem.StartAsync(
            CancellationToken.None, new Dictionary<string, string?> { ["Lmtp__Api__ProbeSockets__0"] = _dovecot.Socket });
        _http = _system.CreateHttpClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        if (_dovecot is not null)
        {
            await _dovecot.DisposeAsync();
        }
    }

    [Fact]
    public async Task Greeting_capabilities_certificate_and_steps_are_told_for_each_way_in()
    {
        var clear = await Api.ConnectAsync(new LmtpConnectRequest { Host = "127.0.0.1", Port = Dovecot.Port }, Token);
        var upgraded = await Api.ConnectAsync(new LmtpConnectRequest { Host = "127.0.0.1", Port = Dovecot.Port, Tls = "starttls" }, Token);
        var encrypted = await Api.ConnectAsync(new LmtpConnectRequest { Host = "127.0.0.1", Port = Dovecot.TlsPort, Tls = "implicit" }, Token);
        var local = await Api.ConnectAsync(new LmtpConnectRequest { Host = Dovecot.Socket }, Token);

        foreach (var answer in (LmtpConnectResponse[])[clear, upgraded, encrypted, local])
        {
            Assert.True(answer.Success, answer.Note);
            Assert.Contains("Dovecot", answer.Greeting, StringComparison.Ordinal);
            Assert.Contains("PIPELINING", answer.Capabilities);
            Assert.NotEmpty(answer.Timings);
            Assert.Contains(answer.Transcript, line => line.StartsWith("C: LHLO", StringComparison.Ordinal));
        }

        Assert.Contains("STARTTLS", clear.Capabilities);
        Assert.Equal((null, null), (clear.Tls, local.Tls));
        Assert.All([upgraded.Tls, encrypted.Tls], tls =>
        {
            Assert.Equal("CN=mx.example.test", tls!.Subject);
            Assert.Equal("CN=Test authority", tls.Issuer);
            Assert.True(tls.ValidTo > DateTimeOffset.UtcNow);
            Assert.NotNull(tls.Problem);
        });
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("starttls")]
    [InlineData("implicit")]
    [InlineData("unix")]
    public async Task Message_arrives_and_each_recipient_has_an_answer_of_his_own(string way)
    {
        var answer = await Api.SendAsync(
            new LmtpSendRequest
            {
                Host = way == "unix" ? Dovecot.Socket : "127.0.0.1",
                Port = way == "unix" ? null : way == "implicit" ? Dovecot.TlsPort : Dovecot.Port,
                Tls = way is "starttls" or "implicit" ? way : null,
                From = "tester@example.org",
                To = [DovecotServer.User, "nobody@dovecot.test"],
                Subject = $"By {way}",
                Body = "Text",
            },
            Token);

        Assert.Equal((true, 2, 1, false), (answer.Success, answer.RecipientCount, answer.AcceptedCount, answer.AllDelivered));
        Assert.Equal([(250, true), (550, false)], answer.DeliveryStatus.Select(status => (status.Code, status.Delivered)));
        Assert.Contains(Dovecot.Messages, message => message.Contains($"Subject: By {way}", StringComparison.Ordinal));
    }
}
