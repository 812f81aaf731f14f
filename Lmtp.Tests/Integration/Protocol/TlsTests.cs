using System.Net.Security;
using System.Security.Authentication;

namespace Lmtp.Tests.Integration.Protocol;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Starttls_encrypts_and_forgets_what_was_before()
    {
        await using var host = await StartAsync("StartTls");
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        Assert.Contains("250-STARTTLS", await client.AskAsync("LHLO a"), StringComparison.Ordinal);

        Assert.Equal("220 2.0.0 Ready to start TLS", await client.AskAsync("STARTTLS"));
        client.Use(await LmtpHost.UseTlsAsync(client.Stream));

        Assert.Equal("503 5.5.1 Send LHLO first", await client.AskAsync("MAIL FROM:<>"));
        Assert.DoesNotContain("STARTTLS", await client.AskAsync("LHLO a"), StringComparison.Ordinal);
        Assert.Equal("503 5.5.1 TLS is on already", await client.AskAsync("STARTTLS"));
        await DeliverAsync(client);
        Assert.Equal("221 2.0.0 Bye", await client.AskAsync("QUIT"));
        Assert.StartsWith("TLS_", Assert.Single(host.Agent.Messages).Transaction.Session.TlsCipher, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_tells_which_certificate_it_shows_and_until_when()
    {
        await using var host = await StartAsync("StartTls");

        var certificate = Assert.Single(host.State.Listeners).Certificate!;

        Assert.Equal(("CN=mx.example.test", "CN=Test authority"), (certificate.Subject, certificate.Issuer));
        Assert.Equal(["mx.example.test"], certificate.Names);
        Assert.InRange(certificate.ValidTo, DateTimeOffset.UtcNow.AddDays(29), DateTimeOffset.UtcNow.AddDays(31));
    }

    [Fact]
    public async Task Nothing_pipelined_behind_starttls_survives_it()
    {
        await using var host = await StartAsync("StartTls");
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");

        await client.SendRawAsync("STARTTLS\r\nLHLO b\r\nMAIL FROM:<>\r\n");

        Assert.Equal("421 4.7.0 Nothing may be sent behind STARTTLS before its answer, closing the connection", await client.ReadReplyAsync());
        Assert.Equal("", await client.ReadReplyAsync());
    }

    [Fact]
    public async Task Clear_text_after_the_answer_to_starttls_breaks_the_handshake()
    {
        await using var host = await StartAsync("StartTls");
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");
        await client.AskAsync("STARTTLS");

        await client.SendRawAsync("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\n");

        Assert.DoesNotContain("250", await client.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Required_starttls_takes_no_mail_before_it()
    {
        await using var host = await StartAsync("StartTlsRequired");
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");

        Assert.Equal("530 5.7.0 Send STARTTLS first", await client.AskAsync("MAIL FROM:<>"));
        await client.AskAsync("STARTTLS");
        client.Use(await LmtpHost.UseTlsAsync(client.Stream));
        await client.AskAsync("LHLO a");
        await DeliverAsync(client);
    }

    [Fact]
    public async Task Handshake_that_does_not_come_is_given_up()
    {
        await using var host = await StartAsync("StartTls", new() { ["Lmtp:Limits:HandshakeTimeout"] = "00:00:00.1" });
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");
        Assert.Equal("220 2.0.0 Ready to start TLS", await client.AskAsync("STARTTLS"));

        Assert.Equal("", await client.ReadReplyAsync());
    }

    [Theory]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task Client_without_a_certificate_is_not_let_in_where_one_is_required(string mode)
    {
        await using var host = await StartAsync(mode, new()
        {
            ["Lmtp:Listeners:0:Tls:ClientCertificates"] = "Required",
            ["Lmtp:Listeners:0:Tls:ClientAuthoritiesPath"] = _certificates.AuthorityPath,
        });
        Assert.False(await IsServedAsync(host, mode, null));
        using var certificate = _certificates.IssueClient("mta.example.test");
        Assert.True(await IsServedAsync(host, mode, certificate));
    }

    [Fact]
    public async Task Stopping_server_tells_a_client_under_starttls()
    {
        await using var host = await StartAsync("StartTls");
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");
        await client.AskAsync("STARTTLS");
        client.Use(await LmtpHost.UseTlsAsync(client.Stream));
        await client.AskAsync("LHLO a");

        var stop = host.StopAsync();

        Assert.Equal("421 4.3.2 The server is stopping, connect again later", await client.ReadReplyAsync());
        await stop;
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Implicit_tls_works_with_any_alpn(SslProtocols protocol)
    {
        await using var host = await StartAsync("Implicit");
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        var tls = new SslStream(client.Stream);

        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "mx.example.test",
                EnabledSslProtocols = protocol,
                ApplicationProtocols = [new SslApplicationProtocol("lmtp")],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == "CN=Test authority",
            },
            TestContext.Current.CancellationToken);
        client.Use(tls);

        await client.ReadReplyAsync();
        Assert.DoesNotContain("STARTTLS", await client.AskAsync("LHLO a"), StringComparison.Ordinal);
        await DeliverAsync(client);
    }

    [Fact]
    public async Task Certificate_is_read_again_when_its_files_change()
    {
        await using var host = await StartAsync("Implicit", configure: services => services.AddTime(5));
        Assert.Equal("CN=mx.example.test", await SubjectAsync(host));

        _certificates.IssueServer("new.example.test");
        File.SetLastWriteTimeUtc(_certificates.ServerPath, DateTime.UtcNow.AddMinutes(1));

        Assert.Equal("CN=new.example.test", await SubjectAsync(host));
    }

    [Fact]
    public async Task Unusable_new_certificate_leaves_the_old_one()
    {
        await using var host = await StartAsync("Implicit", configure: services => services.AddTime(5));

        await File.WriteAllTextAsync(_certificates.ServerPath, "not a certificate", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(_certificates.ServerPath, DateTime.UtcNow.AddMinutes(1));

        Assert.Equal("CN=mx.example.test", await SubjectAsync(host));
    }

    [Theory]
    [InlineData("mta.example.test", true)]
    [InlineData("other.example.test", false)]
    [InlineData(null, false)]
    public async Task Only_allowed_client_certificates_are_let_in(string? name, bool welcome)
    {
        await using var host = await StartAsync("Implicit", new()
        {
            ["Lmtp:Listeners:0:Tls:ClientCertificates"] = "Required",
            ["Lmtp:Listeners:0:Tls:ClientAuthoritiesPath"] = _certificates.AuthorityPath,
            ["Lmtp:Listeners:0:Tls:AllowedSubjects:0"] = "mta.example.test",
        });

        Assert.Equal(welcome, await IsGreetedAsync(host, name is null ? null : _certificates.IssueClient(name)));
    }

    [Fact]
    public async Task Certificate_of_another_authority_is_not_let_in()
    {
        using var others = new TestCertificates();
        await using var host = await StartAsync("Implicit", new()
        {
            ["Lmtp:Listeners:0:Tls:ClientCertificates"] = "Optional",
            ["Lmtp:Listeners:0:Tls:ClientAuthoritiesPath"] = _certificates.AuthorityPath,
        });

        Assert.False(await IsGreetedAsync(host, others.IssueClient("mta.example.test")));
        Assert.True(await IsGreetedAsync(host, null));
    }

    [Fact]
    public async Task Client_certificate_authenticates_by_external()
    {
        await using var host = await StartAsync("StartTls", new()
        {
            ["Lmtp:Listeners:0:Auth"] = "Required",
            ["Lmtp:Listeners:0:Tls:ClientCertificates"] = "Optional",
            ["Lmtp:Listeners:0:Tls:ClientAuthoritiesPath"] = _certificates.AuthorityPath,
            ["Lmtp:ServiceAccounts:0:Name"] = "edge",
            ["Lmtp:ServiceAccounts:0:CertificateSubject"] = "mta.example.test",
        });
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");
        await client.AskAsync("STARTTLS");
        using var certificate = _certificates.IssueClient("mta.example.test");
        client.Use(await LmtpHost.UseTlsAsync(client.Stream, certificate));

        Assert.Contains("AUTH EXTERNAL SCRAM-SHA-256 PLAIN LOGIN", await client.AskAsync("LHLO a"), StringComparison.Ordinal);
        Assert.Equal("235 2.7.0 Authentication succeeded", await client.AskAsync("AUTH EXTERNAL ="));
        await DeliverAsync(client);
        Assert.Equal("edge", Assert.Single(host.Agent.Messages).Transaction.Session.AuthenticatedAs);
    }

    private static async Task DeliverAsync(LmtpClient client)
    {
        Assert.StartsWith("250", await client.AskAsync("MAIL FROM:<>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await client.AskAsync("RCPT TO:<a@b.test>"), StringComparison.Ordinal);
        Assert.StartsWith("354", await client.AskAsync("DATA"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.5 Message stored as ", await client.AskAsync("Subject: x\r\n\r\nhello\r\n."), StringComparison.Ordinal);
    }

    private static async Task<string> SubjectAsync(LmtpHost host)
    {
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await using var tls = await LmtpHost.UseTlsAsync(client.Stream);
        return tls.RemoteCertificate!.Subject;
    }

    private static async Task<bool> IsServedAsync(LmtpHost host, string mode, System.Security.Cryptography.X509Certificates.X509Certificate2? certificate)
    {
        if (mode == "Implicit")
        {
            return await IsGreetedAsync(host, certificate);
        }

        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO a");
        await client.AskAsync("STARTTLS");
        try
        {
            client.Use(await LmtpHost.UseTlsAsync(client.Stream, certificate));
            return (await client.AskAsync("NOOP")).StartsWith("250", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> IsGreetedAsync(LmtpHost host, System.Security.Cryptography.X509Certificates.X509Certificate2? certificate)
    {
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        try
        {
            client.Use(await LmtpHost.UseTlsAsync(client.Stream, certificate));
        }
        catch (AuthenticationException)
        {
            return false;
        }

        return (await client.ReadReplyAsync()).StartsWith("220", StringComparison.Ordinal);
    }

    private Task<LmtpHost> StartAsync(
        string mode,
        Dictionary<string, string?>? settings = null,
        Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? configure = null)
    {
        settings ??= [];
        settings["Lmtp:Listeners:0:Tls:Mode"] = mode;
        settings["Lmtp:Listeners:0:Tls:CertificatePath"] = _certificates.ServerPath;
        settings["Lmtp:Listeners:0:Tls:KeyPath"] = _certificates.ServerKeyPath;
        return LmtpHost.StartAsync(settings, configure);
    }
}
