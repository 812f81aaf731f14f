using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Listeners;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;
using Lmtp.Tests.Unit.Protocol.Conformance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>
/// A session over a pair of pipes, as the client sees it. Each write is handled on the writer's thread before it
/// returns, so that nothing is joined that was sent apart.
/// </summary>
internal sealed class SessionDialogue : IAsyncDisposable
{
    public const string SessionId = "S1";

    private static readonly LmtpProtocolMetrics Metrics = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
        new FixedOptions(new()),
        new ConnectionGate(new FixedOptions(new())));

    private static readonly ConcurrentDictionary<ConformanceProfile, LmtpOptions> Profiles = new();

    private static readonly PipeOptions InlinePipe = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Pipe _toServer = new(InlinePipe);
    private readonly Pipe _toClient;
    private readonly CountingPipeWriter _output;
    private readonly ServerLifetime _lifetime;

    public SessionDialogue(ConformanceProfile profile)
        : this(Profiles.GetOrAdd(profile, key => Options(ConformanceSettings.Of(key))), Listener(profile), null, null)
    {
    }

    public SessionDialogue(Action<LmtpOptions>? configure = null, TimeProvider? time = null, ListenerOptions? listener = null, long outputLimit = 0)
        : this(Configured(configure), listener ?? new ListenerOptions(), time, outputLimit)
    {
    }

    private SessionDialogue(LmtpOptions options, ListenerOptions listener, TimeProvider? time, long? outputLimit)
    {
        _toClient = new(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: outputLimit ?? 0,
            resumeWriterThreshold: (outputLimit ?? 0) / 2,
            useSynchronizationContext: false));
        _lifetime = new ServerLifetime(new NoLifetime(), Microsoft.Extensions.Options.Options.Create(options));
        var services = new SessionServices(
            Agent,
            new FixedOptions(options),
            time ?? TimeProvider.System,
            Metrics,
            new ServiceAccounts(Microsoft.Extensions.Options.Options.Create(options)),
            _lifetime,
            NullLogger<LmtpSession>.Instance);
        var profile = new ConnectionProfile
        {
            SessionId = SessionId,
            Listener = "test",
            ClientAddress = IPAddress.Loopback,
            PeerAddress = IPAddress.Loopback,
            Policy = new ListenerPolicy(listener, TimeProvider.System, NullLogger.Instance),
        };
        _output = new CountingPipeWriter(_toClient.Writer);
        Session = new LmtpSession(new Duplex(_toServer.Reader, _output), profile, services);
        Ended = RunAsync();
    }

    public InMemoryDeliveryAgent Agent { get; } = new();

    public LmtpSession Session { get; }

    /// <summary>The session's end.</summary>
    public Task Ended { get; }

    /// <summary>The client's side, for a test that speaks TLS.</summary>
    public IDuplexPipe ClientSide => new Duplex(_toClient.Reader, _toServer.Writer);

    /// <summary>How often the server sent something.</summary>
    public int Flushes => _output.Flushes;

    /// <summary>Sends text, one byte for each character.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes);

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
    public async Task<byte[]> ReadAllBytesAsync()
    {
        using var all = new MemoryStream();
        await _toClient.Reader.CopyToAsync(all, TestContext.Current.CancellationToken);
        return all.ToArray();
    }

    /// <summary>Reads everything up to the end of the session as lines.</summary>
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
        await Ended;
        await Session.DisposeAsync();
        _lifetime.Dispose();
    }

    private static LmtpOptions Configured(Action<LmtpOptions>? configure)
    {
        var options = new LmtpOptions { ServerName = "mx.example.test" };
        configure?.Invoke(options);
        return options;
    }

    private static LmtpOptions Options(Dictionary<string, string?> settings)
    {
        var options = new LmtpOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(LmtpOptions.Section).Bind(options);
        return options;
    }

    private static ListenerOptions Listener(ConformanceProfile profile)
    {
        var options = new ListenerOptions();
        new ConfigurationBuilder().AddInMemoryCollection(ConformanceSettings.OfListener(profile)).Build().Bind(options);
        return options;
    }

    private async Task RunAsync()
    {
        await Session.RunAsync();
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
