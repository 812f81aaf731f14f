using System.Diagnostics;
using System.Globalization;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Exim delivers to us by LMTP over TCP (its smtp driver) and over a Unix socket (its lmtp driver).</summary>
public sealed class EximTests : IDisposable
{
    private const string User = "Debian-exim";

    // Exim's user must be able to enter, and delivers a bounce in the background.
    private readonly TemporaryDirectory _folder = TemporaryDirectory.ForEverybody();

    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    /// <summary>
    /// Exim's smtp driver is the client that proves CHUNKING: it sends BDAT to whoever announces it (K in its log), which
    /// Postfix's LMTP client never does. Its lmtp driver, the one for Unix sockets, knows DATA only.
    /// </summary>
    [Theory]
    [InlineData(TestTransport.Tcp, true)]
    [InlineData(TestTransport.Tcp, false)]
    [InlineData(TestTransport.Tls, true)]
    [InlineData(TestTransport.Tls, false)]
    [InlineData(TestTransport.UnixSocket, false)]
    public async Task Exim_delivers_to_several_recipients_at_once(TestTransport transport, bool chunking)
    {
        var program = Require();
        var socketPath = _folder.File("lmtp.sock");
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:Tls:Mode"] = "StartTls",
            ["Lmtp:Listeners:0:Tls:CertificatePath"] = _certificates.ServerPath,
            ["Lmtp:Listeners:0:Tls:KeyPath"] = _certificates.ServerKeyPath,
            ["Lmtp:Listeners:1:UnixSocket:Path"] = socketPath,
            ["Lmtp:Listeners:1:UnixSocket:Mode"] = "0666",
        });
        await WriteConfigurationAsync(program, transport == TestTransport.UnixSocket
            ? $"driver = lmtp\n  socket = {socketPath}\n  batch_max = 10\n  user = {User}"
            : string.Create(CultureInfo.InvariantCulture, $"""
                driver = smtp
                  protocol = lmtp
                  port = {host.Port}
                  allow_localhost
                  hosts_try_chunking = {(chunking ? "*" : "")}
                  {(transport == TestTransport.Tls ? "hosts_require_tls = *" : "hosts_avoid_tls = *")}
                  tls_verify_certificates = {_folder.Path}/ca.pem
                  tls_verify_hosts = *
                  tls_verify_cert_hostnames =
                """));
        File.Copy(_certificates.AuthorityPath, _folder.File("ca.pem"));
        var body = string.Concat(Enumerable.Repeat("a line of the body\n.a dot\n", 5_000));

        await RunAsync(program, "Subject: hello\n\n" + body, "-C", ConfigurationPath, "-odf", "-oi", "-f", "sender@a.test", "one@b.test", "two@b.test");

        var expected = "\r\n\r\n" + body.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.True(host.Agent.Messages.Count == 2, ReadLog());
        Assert.All(host.Agent.Messages, message => Assert.EndsWith(expected, message.Text, StringComparison.Ordinal));
        Assert.All(host.Agent.Messages, message => Assert.Equal(transport == TestTransport.Tls, message.Transaction.Session.TlsCipher is not null));
        Assert.Contains("Completed", ReadLog(), StringComparison.Ordinal);
        Assert.Equal(chunking, ReadLog().Contains(" K C=\"250 ", StringComparison.Ordinal));
        Assert.Equal(transport == TestTransport.Tls, ReadLog().Contains(" X=TLS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_after_chunks_reach_the_log_and_the_bounce_of_exim()
    {
        var program = Require();
        await using var host = await LmtpHost.StartAsync();
        await WriteConfigurationAsync(
            program, string.Create(CultureInfo.InvariantCulture, $"driver = smtp\n  protocol = lmtp\n  port = {host.Port}\n  allow_localhost\n  hosts_try_chunking = *"));

        await RunAsync(
            program,
            "Subject: hello\n\nbody\n",
            "-C", ConfigurationPath, "-odf", "-oi", "-f", "sender@a.test", "good@b.test", "data-mailboxfullpermanent@b.test", "data-mailboxfulltemporary@b.test");

        await Eventually.TrueAsync(
            () => host.Agent.Messages.Count == 2 && ReadLog().Contains("Completed", StringComparison.Ordinal), state: ReadLog);
        var bounce = Assert.Single(host.Agent.Messages, message => message.Recipient.Address == "sender@a.test");
        Assert.Contains("552 5.2.2 The mailbox is full: <data-mailboxfullpermanent@b.test>", bounce.Text, StringComparison.Ordinal);
        Assert.Contains("552 5.2.2 The mailbox is full: <data-mailboxfullpermanent@b.test>", ReadLog(), StringComparison.Ordinal);
        Assert.Contains("452 4.2.2 The mailbox is full: <data-mailboxfulltemporary@b.test>", ReadLog(), StringComparison.Ordinal);
    }

    private string ConfigurationPath => _folder.File("exim.conf");

    private static string Require()
    {
        var found = new[] { Environment.GetEnvironmentVariable("EXIM"), "/usr/sbin/exim4", "/opt/exim4/usr/sbin/exim4" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "exim4 is not installed (Debian package exim4-daemon-light; beside Postfix, unpack it to /opt/exim4).");
        Assert.SkipUnless(Environment.UserName == "root", "Exim is set up by root.");
        Assert.SkipUnless(File.ReadLines("/etc/passwd").Any(line => line.StartsWith(User + ":", StringComparison.Ordinal)), $"There is no user {User}.");
        return found!;
    }

    private async Task WriteConfigurationAsync(string program, string transport)
    {
        foreach (var name in new[] { "spool", "log" })
        {
            await RunAsync("chown", "", User, Directory.CreateDirectory(_folder.File(name)).FullName);
        }

        await File.WriteAllTextAsync(ConfigurationPath, $"""
            exim_path = {program}
            exim_user = {User}
            exim_group = {User}
            spool_directory = {_folder.Path}/spool
            log_file_path = {_folder.Path}/log/%slog
            primary_hostname = mta.example.test
            keep_environment =
            trusted_users = root

            begin routers
            all:
              {(transport.StartsWith("driver = smtp", StringComparison.Ordinal) ? "driver = manualroute\n  route_list = * 127.0.0.1 byname\n  self = send" : "driver = accept")}
              transport = delivery

            begin transports
            delivery:
              {transport}

            begin retry
            * * F,1h,1m

            """);
    }

    private string ReadLog() => string.Concat(Directory.GetFiles(_folder.File("log")).Select(File.ReadAllText));

    private static async Task RunAsync(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        if (input.Length > 0)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
