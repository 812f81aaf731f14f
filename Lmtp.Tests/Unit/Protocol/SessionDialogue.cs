using System.IO.Pipelines;
using System.Net;
using System.Text;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>A session over a pair of pipes, as the client sees it.</summary>
internal sealed class SessionDialogue : IAsyncDisposable
{
    public const string SessionId = "S1";

    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ServerLifetime _lifetime;
    private readonly LmtpSession _session;
    private readonly Task _running;

    public SessionDialogue(Action<LmtpOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new LmtpOptions { ServerName = "mx.example.test" };
        configure?.Invoke(options);
        _lifetime = new ServerLifetime(new NoLifetime(), Options.Create(options));
        var services = new SessionServices(
            Agent,
            new FixedOptions(options),
            time ?? TimeProvider.System,
            new LmtpProtocolMetrics(_metrics.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()),
            _lifetime,
            NullLogger<LmtpSession>.Instance);
        var profile = new ConnectionProfile { SessionId = SessionId, Listener = "test", ClientAddress = IPAddress.Loopback };
        _session = new LmtpSession(new Duplex(_toServer.Reader, _toClient.Writer), profile, services);
        _running = RunAsync();
    }

    public InMemoryDeliveryAgent Agent { get; } = new();

    public LmtpSession Session => _session;

    /// <summary>The session's end.</summary>
    public Task Ended => _running;

    /// <summary>Sends text, one byte for each character.</summary>
    public async Task SendAsync(string text) => await _toServer.Writer.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Says that nothing more comes from the client.</summary>
    public void HalfClose() => _toServer.Writer.Complete();

    /// <summary>Reads one line of reply, without its CRLF; null at the end.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _toClient.Reader.ReadAsync(cancellationToken);
            var text = Encoding.UTF8.GetString(read.Buffer);
            var end = text.IndexOf("\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var bytes = Encoding.UTF8.GetByteCount(text.AsSpan(0, end + 2));
                _toClient.Reader.AdvanceTo(read.Buffer.GetPosition(bytes));
                return text[..end];
            }

            _toClient.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Reads everything up to the end of the session.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Sends all of this as one write, says that nothing more comes, and returns all replies but the greeting.</summary>
    public async Task<string> ConverseAsync(string input, CancellationToken cancellationToken)
    {
        await SendAsync(input);
        HalfClose();
        await ReadLineAsync(cancellationToken);
        return await ReadToEndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await _running;
        _session.Dispose();
        _lifetime.Dispose();
        await _metrics.DisposeAsync();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        await _session.RunAsync();
        await _toClient.Writer.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class FixedOptions(LmtpOptions value) : IOptionsMonitor<LmtpOptions>
    {
        public LmtpOptions CurrentValue => value;

        public LmtpOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<LmtpOptions, string?> listener) => null;
    }

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
