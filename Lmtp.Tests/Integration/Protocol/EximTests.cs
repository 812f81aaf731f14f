using System.Diagnostics;
using System.Globalization;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Exim delivers to us by LMTP over TCP (its smtp driver) and over a Unix socket (its lmtp driver).</summary>
public sealed class EximTests : IDisposable
{
    private const string User = "Debian-exim";

    // Not CreateTempSubdirectory: Exim's user must be able to enter.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"lmtp-ex-{Guid.NewGuid():N}"[..20]));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(TestTransport.Tcp)]
    [InlineData(TestTransport.UnixSocket)]
    public async Task Exim_delivers_to_several_recipients_at_once(TestTransport transport)
    {
        var program = Require();
        var socketPath = Path.Combine(_folder.FullName, "lmtp.sock");
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:1:UnixSocket:Path"] = socketPath,
            ["Lmtp:Listeners:1:UnixSocket:Mode"] = "0666",
        });
        await WriteConfigurationAsync(program, transport == TestTransport.Tcp
            ? string.Create(CultureInfo.InvariantCulture, $"driver = smtp\n  protocol = lmtp\n  port = {host.Port}\n  allow_localhost")
            : $"driver = lmtp\n  socket = {socketPath}\n  batch_max = 10\n  user = {User}");

        await RunAsync(program, "Subject: hello\n\nbody\n.a dot\n", "-C", ConfigurationPath, "-odf", "-oi", "-f", "sender@a.test", "one@b.test", "two@b.test");

        Assert.True(host.Agent.Messages.Count == 2, ReadLog());
        Assert.All(host.Agent.Messages, message => Assert.EndsWith("\r\n\r\nbody\r\n.a dot\r\n", message.Text, StringComparison.Ordinal));
        Assert.Contains("Completed", ReadLog(), StringComparison.Ordinal);
    }

    private string ConfigurationPath => Path.Combine(_folder.FullName, "exim.conf");

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
            await RunAsync("chown", "", User, _folder.CreateSubdirectory(name).FullName);
        }

        await File.WriteAllTextAsync(ConfigurationPath, $"""
            exim_path = {program}
            exim_user = {User}
            exim_group = {User}
            spool_directory = {_folder.FullName}/spool
            log_file_path = {_folder.FullName}/log/%slog
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

    private string ReadLog() => string.Concat(Directory.GetFiles(Path.Combine(_folder.FullName, "log")).Select(File.ReadAllText));

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
