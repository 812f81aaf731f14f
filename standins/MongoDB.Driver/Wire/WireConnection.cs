using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver.Wire;

/// <summary>One authenticated connection to one server; one command at a time.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    private const int MaximumReply = 64 * 1024 * 1024;

    private static long _lastLocalValue;
    private static int _lastRequestId;

    private readonly Socket _socket;
    private readonly byte[] _header = new byte[WireMessage.HeaderLength];
    private Stream _stream;

    private WireConnection(MongoServerAddress address, Socket socket)
    {
        Address = address;
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        Id = new ConnectionId(address.ToString(), Interlocked.Increment(ref _lastLocalValue));
    }

    public MongoServerAddress Address { get; }

    public ConnectionId Id { get; }

    public ServerDescription Server { get; private set; }

    public long LastUsed { get; private set; } = Environment.TickCount64;

    /// <summary>Whether nothing went wrong so far; a connection on which a command was cut off must not be used again.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>Whether the server closed the connection while it was idle.</summary>
    public bool IsClosedByPeer => _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;

    public static async Task<WireConnection> OpenAsync(MongoServerAddress address, MongoClientSettings settings, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (settings.ConnectTimeout > TimeSpan.Zero)
        {
            limit.CancelAfter(settings.ConnectTimeout);
        }

        WireConnection connection = null;
        try
        {
            connection = new WireConnection(address, await ConnectAsync(address, limit.Token).ConfigureAwait(false));
            await connection.HandshakeAsync(settings, limit.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            if (exception is MongoException || cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw new MongoConnectionException(
                connection?.Id ?? new ConnectionId(address.ToString(), 0),
                $"An exception occurred while opening a connection to {address}.",
                exception is OperationCanceledException ? new TimeoutException($"Timed out connecting to {address}.") : exception);
        }
    }

    /// <summary>Sends one command and reads its reply, whatever that says.</summary>
    public async Task<BsonDocument> RoundTripAsync(BsonDocument command, DocumentSequence sequence, CancellationToken cancellationToken)
    {
        try
        {
            var request = WireMessage.Encode(Interlocked.Increment(ref _lastRequestId), command, sequence);
            await _stream.WriteAsync(request.WrittenMemory, cancellationToken).ConfigureAwait(false);
            await _stream.ReadExactlyAsync(_header, cancellationToken).ConfigureAwait(false);
            var length = BitConverter.ToInt32(_header) - WireMessage.HeaderLength;
            if (length is < 0 or > MaximumReply)
            {
                throw new MongoInternalException($"The server announced a reply of {length} bytes.");
            }

            var body = GC.AllocateUninitializedArray<byte>(length);
            await _stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
            LastUsed = Environment.TickCount64;
            return WireMessage.Decode(_header, body);
        }
        catch (Exception exception)
        {
            IsUsable = false;
            if (exception is IOException or SocketException or ObjectDisposedException)
            {
                throw new MongoConnectionException(Id, $"The connection to {Address} was lost while a command was under way.", exception);
            }

            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        IsUsable = false;
        return _stream.DisposeAsync();
    }

    private static async Task<Socket> ConnectAsync(MongoServerAddress address, CancellationToken cancellationToken)
    {
        if (address.IsUnixSocket)
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await local.ConnectAsync(new UnixDomainSocketEndPoint(address.Host), cancellationToken).ConfigureAwait(false);
            return local;
        }

        var socket = IPAddress.TryParse(address.Host, out var ip)
            ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task HandshakeAsync(MongoClientSettings settings, CancellationToken cancellationToken)
    {
        if (settings.UseTls)
        {
            await StartTlsAsync(settings, cancellationToken).ConfigureAwait(false);
        }

        var hello = await RoundTripAsync(HelloCommand.For(settings), null, cancellationToken).ConfigureAwait(false);
        CommandErrors.ThrowIfFailed(Id, hello, hello);
        Server = new ServerDescription(hello);
        if (settings.Credential is { } credential)
        {
            await new ScramAuthenticator(this, credential).AuthenticateAsync(hello, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StartTlsAsync(MongoClientSettings settings, CancellationToken cancellationToken)
    {
        var ssl = new SslStream(_stream);
        _stream = ssl;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = Address.Host,
            EnabledSslProtocols = settings.SslSettings?.EnabledSslProtocols ?? default,
            ClientCertificates = settings.SslSettings?.ClientCertificates is { } certificates ? [.. certificates.ToArray()] : null,
            CertificateRevocationCheckMode = settings.SslSettings?.CheckCertificateRevocation == true ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = settings.AllowInsecureTls
#pragma warning disable CA5359 // The user asked for exactly this by tlsInsecure=true.
                ? (_, _, _, _) => true
#pragma warning restore CA5359
                : settings.SslSettings?.ServerCertificateValidationCallback,
        };
        await ssl.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
    }
}
