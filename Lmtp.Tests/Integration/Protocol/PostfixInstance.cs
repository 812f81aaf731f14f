using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>A whole Postfix of its own, which hands everything that it gets by SMTP to an LMTP server.</summary>
internal sealed class PostfixInstance : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";
    private const string Daemons = "/usr/lib/postfix/sbin";

    private readonly TemporaryDirectory _folder;

    private PostfixInstance(TemporaryDirectory folder, int port)
    {
        _folder = folder;
        Port = port;
    }

    /// <summary>Where it takes mail by SMTP.</summary>
    public int Port { get; }

    /// <summary>Skips the test where Postfix cannot be run.</summary>
    public static void Require()
    {
        Assert.SkipUnless(File.Exists(Program) && Directory.Exists(Daemons), "postfix is not installed (Debian package postfix).");
        Assert.SkipUnless(Environment.UserName == "root", "Postfix starts only as root.");
    }

    /// <summary>Starts it in a folder that the user "postfix" may enter.</summary>
    public static async Task<PostfixInstance> StartAsync(TemporaryDirectory folder, string transport, string[] settings)
    {
        var port = FreePort.Next();
        var postfix = new PostfixInstance(folder, port);
        foreach (var name in new[] { "etc", "queue", "data" })
        {
            Directory.CreateDirectory(folder.File(name));
        }

        await RunAsync("chown", "postfix", Path.Combine(folder.Path, "data"));
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "etc", "main.cf"), [
            "compatibility_level = 3.6",
            $"queue_directory = {folder.Path}/queue",
            $"data_directory = {folder.Path}/data",
            "command_directory = /usr/sbin",
            $"daemon_directory = {Daemons}",
            "mail_owner = postfix",
            "setgid_group = postdrop",
            "inet_interfaces = 127.0.0.1",
            "inet_protocols = ipv4",
            "myhostname = mta.example.test",
            "mydestination =",
            "mynetworks = 127.0.0.0/8",
            "smtpd_relay_restrictions = permit_mynetworks, reject",
            $"default_transport = lmtp:{transport}",
            $"maillog_file = {folder.Path}/log",
            $"maillog_file_prefixes = {folder.Path}",
            .. settings,
        ]);

        // A message that the queue manager meets while its delivery is just ending goes back to "incoming" for a minute, and is
        // looked for there when the next one comes or by this clock, which an ordinary Postfix has at 300 seconds.
        const int WakeUpSeconds = 5;
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "etc", "master.cf"), [
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port} inet n - n - - smtpd"),
            "cleanup unix n - n - 0 cleanup",
            string.Create(CultureInfo.InvariantCulture, $"qmgr unix n - n {WakeUpSeconds} 1 qmgr"),
            "tlsmgr unix - - n 1000? 1 tlsmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "proxymap unix - - n - - proxymap",
            "lmtp unix - - n - - lmtp",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "anvil unix - - n - 1 anvil",
            "scache unix - - n - 1 scache",
            "postlog unix-dgram n - n - 1 postlogd",
        ]);
        await RunAsync(Program, "-c", Path.Combine(folder.Path, "etc"), "start");
        return postfix;
    }

    /// <summary>What it logged so far.</summary>
    public string Log() => File.Exists(Path.Combine(_folder.Path, "log")) ? File.ReadAllText(Path.Combine(_folder.Path, "log")) : "";

    /// <summary>What its queue holds: the files of messages, each with the queue that it is in.</summary>
    public IReadOnlyList<string> Queue() => [.. new[] { "maildrop", "incoming", "active", "deferred" }
        .Select(name => new DirectoryInfo(Path.Combine(_folder.Path, "queue", name)))
        .Where(queue => queue.Exists)
        .SelectMany(queue => queue.EnumerateFiles("*", SearchOption.AllDirectories), (queue, file) => $"{queue.Name}/{file.Name}")];

    /// <summary>What it logged, what its queue holds and which of its processes live.</summary>
    public async Task<string> DescribeAsync()
    {
        const int LogEnd = 16_000;
        var log = Log();
        var (_, queue) = await ChildProcess.RunAsync(
            "/usr/sbin/postqueue", ["-c", Path.Combine(_folder.Path, "etc"), "-p"], TestContext.Current.CancellationToken);
        var (_, processes) = await ChildProcess.RunAsync(
            "ps", ["-o", "pid,lstart,stat,wchan:20,args", "-u", "postfix"], TestContext.Current.CancellationToken);
        return $"""
            In the queue: {string.Join(", ", Queue())}
            {queue}
            Processes of all Postfixes:
            {processes}
            Log:
            {(log.Length > LogEnd ? log[^LogEnd..] : log)}

            """;
    }

    /// <summary>Hands it a message by SMTP.</summary>
    public async Task SubmitAsync(string[] recipients, string content)
    {
        await using var client = await ConnectAsync();
        await client.ReadReplyAsync();
        await AskAsync(client, "EHLO test");
        await AskAsync(client, "MAIL FROM:<sender@a.test>");
        foreach (var recipient in recipients)
        {
            await AskAsync(client, $"RCPT TO:<{recipient}>");
        }

        await AskAsync(client, "DATA");
        await AskAsync(client, content + ".");
        await AskAsync(client, "QUIT");
    }

    public async ValueTask DisposeAsync() => await RunAsync(Program, "-c", Path.Combine(_folder.Path, "etc"), "stop");

    private static async Task AskAsync(LmtpClient client, string line)
    {
        var reply = await client.AskAsync(line);
        Assert.True(reply.Length > 0 && reply[0] is '2' or '3', $"{line}: {reply}");
    }

    private async Task<LmtpClient> ConnectAsync()
    {
        LmtpClient? client = null;
        await Eventually.TrueAsync(async () => (client = await TryConnectAsync()) is not null, state: Log);
        return client!;
    }

    private async Task<LmtpClient?> TryConnectAsync()
    {
        try
        {
            return await LmtpClient.ConnectAsync(Port);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
