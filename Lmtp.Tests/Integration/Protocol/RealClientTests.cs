using System.Diagnostics;
using System.Globalization;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Clients that others wrote. A test whose client is not installed skips and names it.</summary>
public sealed class RealClientTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lmtp-");

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Postfix_smtp_source_delivers_100_messages_in_5_sessions_to_3_recipients(bool unixSocket)
    {
        var program = Require("smtp-source", "postfix");
        await using var host = await StartAsync();

        await RunAsync(program, [
            "-L", "-m", "100", "-s", "5", "-r", "3", "-l", "5000", "-f", "sender@a.test", "-t", "user@b.test",
            unixSocket ? $"unix:{SocketPath}" : $"inet:127.0.0.1:{host.Port}"]);

        Assert.Equal(300, host.Agent.Messages.Count);
    }

    [Theory]
    [InlineData(TestTransport.Tcp)]
    [InlineData(TestTransport.UnixSocket)]
    [InlineData(TestTransport.Tls)]
    public async Task Swaks_delivers_to_two_recipients(TestTransport transport)
    {
        var program = Require("swaks", "swaks");
        if (transport == TestTransport.Tls)
        {
            Assert.SkipUnless(
                (await RunAsync(program, ["--support"])).Contains("TLS supported", StringComparison.Ordinal),
                "swaks cannot do TLS (Debian package libnet-ssleay-perl).");
        }

        await using var host = await StartAsync();

        await RunAsync(program, [
            "--protocol", "LMTP", "--from", "sender@a.test", "--to", "one@b.test,two@b.test", "--header", "Subject: swaks",
            .. transport == TestTransport.UnixSocket ? ["--socket", SocketPath] : new[] { "--server", $"127.0.0.1:{host.Port}" },
            .. transport == TestTransport.Tls ? new[] { "--tls" } : []]);

        Assert.Equal(["one@b.test", "two@b.test"], host.Agent.Messages.Select(message => message.Recipient.Address));
        Assert.All(host.Agent.Messages, message => Assert.Contains("Subject: swaks", message.Text, StringComparison.Ordinal));
        Assert.All(host.Agent.Messages, message => Assert.Equal(transport == TestTransport.Tls, message.Transaction.Session.TlsCipher is not null));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("login")]
    public async Task Swaks_authenticates(string mechanism)
    {
        var program = Require("swaks", "swaks");
        await using var host = await StartAsync(new()
        {
            ["Lmtp:Listeners:0:Auth"] = "Required",
            ["Lmtp:ServiceAccounts:0:Name"] = "mta",
            ["Lmtp:ServiceAccounts:0:Password"] = "a secret word",
        });

        await RunAsync(program, [
            "--protocol", "LMTP", "--from", "sender@a.test", "--to", "one@b.test", "--server", $"127.0.0.1:{host.Port}",
            "--auth", mechanism, "--auth-user", "mta", "--auth-password", "a secret word"]);

        Assert.Equal("mta", Assert.Single(host.Agent.Messages).Transaction.Session.AuthenticatedAs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Python_smtplib_delivers_utf8_and_dots(bool unixSocket)
    {
        var program = Require("python3", "python3");
        await using var host = await StartAsync();
        var target = unixSocket ? $"'{SocketPath}'" : $"'127.0.0.1', {host.Port.ToString(CultureInfo.InvariantCulture)}";
        var script = $"""
            import smtplib
            with smtplib.LMTP({target}) as client:
                client.ehlo_or_helo_if_needed()
                assert client.has_extn('smtputf8')
                client.sendmail('a@a.test', ['b@b.test'], b'Subject: x\r\n\r\n.dot\r\n..\r\n\xc3\xbc\r\n', mail_options=['BODY=8BITMIME'])
                client.sendmail('a@a.test', ['b\u00fc@b.test'], b'Subject: y\r\n\r\n', mail_options=['SMTPUTF8'])
            """;

        await RunAsync(program, ["-c", script]);

        Assert.Equal(
            ["Subject: x\r\n\r\n.dot\r\n..\r\n\u00c3\u00bc\r\n", "Subject: y\r\n\r\n"], host.Agent.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Python_smtplib_over_starttls()
    {
        var program = Require("python3", "python3");
        await using var host = await StartAsync();
        var script = $"""
            import smtplib, ssl
            context = ssl.create_default_context(cafile='{_certificates.AuthorityPath}')
            context.check_hostname = False
            client = smtplib.LMTP('127.0.0.1', {host.Port.ToString(CultureInfo.InvariantCulture)})
            client.starttls(context=context)
            client.sendmail('a@a.test', ['b@b.test'], b'Subject: x\r\n\r\n')
            client.quit()
            """;

        await RunAsync(program, ["-c", script]);

        Assert.NotNull(Assert.Single(host.Agent.Messages).Transaction.Session.TlsCipher);
    }

    private string SocketPath => Path.Combine(_folder.FullName, "lmtp.sock");

    private static string Require(string program, string package)
    {
        var found = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{program} is not installed (Debian package {package}).");
        return found!;
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
        return await output;
    }

    private Task<LmtpHost> StartAsync(Dictionary<string, string?>? settings = null)
    {
        settings ??= [];
        settings["Lmtp:Listeners:0:Tls:Mode"] = "StartTls";
        settings["Lmtp:Listeners:0:Tls:CertificatePath"] = _certificates.ServerPath;
        settings["Lmtp:Listeners:0:Tls:KeyPath"] = _certificates.ServerKeyPath;
        settings["Lmtp:Listeners:1:UnixSocket:Path"] = SocketPath;
        return LmtpHost.StartAsync(settings);
    }
}
