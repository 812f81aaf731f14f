using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Lmtp.Tests.Integration.Protocol;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Debian's Dovecot as an LMTP server with one user: clear text, TLS from the first byte, and a Unix socket.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DovecotServer : IAsyncDisposable
{
    public const string User = "ann@dovecot.test";

    private const string Program = "/usr/sbin/dovecot";
    private const string Protocol = "/usr/lib/dovecot/lmtp";
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _folder = new();
    private readonly TestCertificates _certificates = new();
    private ChildProcess? _process;

    private DovecotServer()
    {
    }

    public int Port { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    public string Socket => _folder.File("lmtp.sock");

    /// <summary>Where the messages of <see cref="User"/> are.</summary>
    public IReadOnlyList<string> Messages =>
        Directory.Exists(_folder.File("mail/new")) ? [.. Directory.GetFiles(_folder.File("mail/new")).Select(File.ReadAllText)] : [];

    /// <summary>Skips the test where Dovecot cannot be run.</summary>
    public static void Require()
    {
        Assert.SkipUnless(File.Exists(Protocol), $"{Protocol} is not installed (Debian package dovecot-lmtpd).");
        Assert.SkipUnless(Environment.UserName == "root", "Dovecot is started by root only.");
    }

    public static async Task<DovecotServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new DovecotServer();
        try
        {
            await server.RunAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Terminate();
            await _process.WaitForExitAsync(StartLimit, CancellationToken.None);
            await _process.DisposeAsync();
        }

        _certificates.Dispose();
        _folder.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        File.SetUnixFileMode(_folder.Path, Everybody);
        Directory.CreateDirectory(_folder.File("mail"));
        File.SetUnixFileMode(_folder.File("mail"), Everybody);
        await File.WriteAllTextAsync(_folder.File("users"), $"{User}::65534:65534::{_folder.File("mail")}::\n", cancellationToken);
        await File.WriteAllTextAsync(_folder.File("dovecot.conf"), Configuration(), cancellationToken);
        _process = ChildProcess.Start(Program, ["-F", "-c", _folder.File("dovecot.conf")], workingDirectory: _folder.Path);
        await Eventually.TrueAsync(
            async () => !_process.HasExited ? await AnswersAsync(cancellationToken) : throw new InvalidOperationException(_process.Output),
            StartLimit,
            () => _process.Output);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, TlsPort, cancellationToken);
            return File.Exists(Socket);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Configuration() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        protocols = lmtp
        base_dir = {{_folder.File("run")}}
        state_dir = {{_folder.File("run")}}
        log_path = /dev/stderr
        mail_location = maildir:{{_folder.File("mail")}}
        ssl = yes
        ssl_cert = <{{_certificates.ServerPath}}
        ssl_key = <{{_certificates.ServerKeyPath}}
        lmtp_rcpt_check_quota = no
        passdb {
          driver = static
          args = nopassword=y
        }
        userdb {
          driver = passwd-file
          args = {{_folder.File("users")}}
        }
        service lmtp {
          inet_listener lmtp {
            address = 127.0.0.1
            port = {{Port}}
          }
          inet_listener lmtps {
            address = 127.0.0.1
            port = {{TlsPort}}
            ssl = yes
          }
          unix_listener {{Socket}} {
            mode = 0666
          }
        }

        """);
}
