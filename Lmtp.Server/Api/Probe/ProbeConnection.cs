using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Server.Api.Probe;

/// <summary>One connection to an LMTP server, with everything written down that goes over it.</summary>
internal sealed class ProbeConnection(ProbeTarget target) : IAsyncDisposable
{
    private const int MaxLineLength = 2048;
    private const int MaxReplyLines = 128;

    private readonly byte[] _buffer = new byte[4096];
    private readonly List<string> _transcript = [];
    private readonly List<LmtpTimingResponse> _timings = [];
    private Socket? _socket;
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    public ProbeTarget Target { get; } = target;

    public IReadOnlyList<string> Transcript => _transcript;

    public IReadOnlyList<LmtpTimingResponse> Timings => _timings;

    public LmtpTlsResponse? Tls { get; private set; }

    /// <summary>Connects to the first address that lets it.</summary>
    /// <exception cref="SocketException">None did; this is what the last one said.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) => MeasureAsync("connect", async () =>
    {
        var next = 0;
        while (!await TryConnectAsync(Target.EndPoints[next], isLast: next == Target.EndPoints.Count - 1, cancellationToken))
        {
            next++;
        }

        return true;
    });

    /// <summary>Sends a command and reads its reply.</summary>
    public Task<ProbeReply> CommandAsync(string command, CancellationToken cancellationToken) =>
        MeasureAsync(command.Split(' ', 2)[0], async () =>
        {
            _transcript.Add($"C: {command}");
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
            return await ReadReplyAsync(cancellationToken);
        });

    /// <summary>Sends a message and its end; the replies are read one by one.</summary>
    public async Task SendDataAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        _transcript.Add(string.Create(CultureInfo.InvariantCulture, $"C: ({message.Length} bytes)"));
        await _stream.WriteAsync(ProbeData.Encode(message.Span), cancellationToken);
    }

    public Task<ProbeReply> ReadReplyAsync(string step, CancellationToken cancellationToken) =>
        MeasureAsync(step, () => ReadReplyAsync(cancellationToken));

    /// <summary>Encrypts from here on. A certificate that is not trusted is reported, not refused: this is a probe.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "The faults are what the probe reports; nothing secret is sent.")]
    public Task EncryptAsync(CancellationToken cancellationToken) => MeasureAsync("tls", async () =>
    {
        if (_start != _end)
        {
            throw new ProbeException("The server sent something between its answer to STARTTLS and the handshake.");
        }

        var faults = SslPolicyErrors.None;
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = Target.HostName,
                RemoteCertificateValidationCallback = (_, _, _, errors) =>
                {
                    faults = errors;
                    return true;
                },
            },
            cancellationToken);
        Tls = Describe(tls, faults);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket?.Dispose();
    }

    private async Task<bool> TryConnectAsync(EndPoint endPoint, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            _socket = endPoint is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(endPoint, cancellationToken);
            _stream = new NetworkStream(_socket);
            return true;
        }
        catch (SocketException) when (!isLast)
        {
            _socket?.Dispose();
            return false;
        }
    }

    private static LmtpTlsResponse Describe(SslStream tls, SslPolicyErrors faults)
    {
        using var certificate = new X509Certificate2(tls.RemoteCertificate!);
        return new LmtpTlsResponse
        {
            Protocol = tls.SslProtocol.ToString(),
            CipherSuite = tls.NegotiatedCipherSuite.ToString(),
            Subject = certificate.Subject,
            Issuer = certificate.Issuer,
            ValidTo = certificate.NotAfter.ToUniversalTime(),
            Problem = faults == SslPolicyErrors.None ? null : faults.ToString(),
        };
    }

    private async Task<ProbeReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        while (lines.Count < MaxReplyLines)
        {
            var line = await ReadLineAsync(cancellationToken);
            _transcript.Add($"S: {line}");
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new ProbeException("The answer is not an LMTP reply: it does not begin with three digits.");
            }

            lines.Add(line.Length > 4 ? line[4..] : string.Empty);
            if (line.Length == 3 || line[3] != '-')
            {
                return new ProbeReply(code, lines);
            }
        }

        throw new ProbeException($"The reply has more than {MaxReplyLines} lines.");
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            if (_end - _start > MaxLineLength)
            {
                throw new ProbeException($"A line of the answer is longer than {MaxLineLength} bytes.");
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read > 0 ? read : throw new ProbeException("The server closed the connection.");
        }
    }

    private async Task<T> MeasureAsync<T>(string step, Func<Task<T>> action)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await action();
        }
        finally
        {
            _timings.Add(new LmtpTimingResponse(step, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3)));
        }
    }
}
