using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Lmtp.Server.Protocol.Security;

/// <summary>TLS over a connection, as a new pair of pipes over the old one.</summary>
internal sealed class TlsUpgrade : IDuplexPipe, IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly SslStream _stream;

    private TlsUpgrade(SslStream stream)
    {
        _stream = stream;

        // Reading nothing first means that a silent connection holds no buffer.
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>What the handshake agreed on.</summary>
    public TlsState State => new(_stream.NegotiatedCipherSuite.ToString(), _stream.RemoteCertificate as X509Certificate2);

    /// <summary>Does the server's side of the handshake.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The two sides do not agree.</exception>
    /// <exception cref="OperationCanceledException">The handshake took too long.</exception>
    public static async Task<TlsUpgrade> AuthenticateAsync(
        IDuplexPipe transport, TlsSettings settings, TimeSpan timeout, TimeProvider time)
    {
        var stream = new SslStream(new DuplexPipeStream(transport), leaveInnerStreamOpen: true);
        try
        {
            using var cancellation = new CancellationTokenSource(timeout, time);
            await stream.AuthenticateAsServerAsync(settings.ForHandshake(), cancellation.Token);
            return new TlsUpgrade(stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends what is left to be sent, if the client still takes it. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Input.CompleteAsync();
            await Output.CompleteAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ConnectionAbortedException)
        {
            // The connection is gone, and with it whoever could have read the rest.
        }

        await _stream.DisposeAsync();
    }
}
