using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace MongoDB.Driver.Wire;

/// <summary>Opens connections: socket, TLS, handshake, authentication.</summary>
internal sealed class ConnectionFactory(MongoClientSettings settings)
{
    private static readonly string DriverVersion = typeof(ConnectionFactory).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly Authenticator _authenticator = new(settings.Credential);

    public async Task<Connection> OpenAsync(ServerId server, int generation, TimeSpan commandTimeout, bool authenticate, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (settings.ConnectTimeout > TimeSpan.Zero)
        {
            limit.CancelAfter(settings.ConnectTimeout);
        }

        var id = new ConnectionId(server);
        Connection connection = null;
        try
        {
            var stream = await ConnectAsync(server.Address, limit.Token).ConfigureAwait(false);
            connection = new Connection(id, stream, commandTimeout) { Generation = generation };
            await GreetAsync(connection, authenticate, limit.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            if (cancellationToken.IsCancellationRequested || exception is MongoAuthenticationException)
            {
                throw;
            }

            throw exception is OperationCanceledException
                ? new MongoConnectionException(id, "An exception occurred while opening a connection to the server.", new TimeoutException($"Timed out connecting to {server.Address} after {settings.ConnectTimeout}."))
                : new MongoConnectionException(id, "An exception occurred while opening a connection to the server.", exception);
        }
    }

    /// <summary>Asks the server for its state.</summary>
    public static async Task<HelloResult> HelloAsync(Connection connection, CancellationToken cancellationToken)
    {
        var command = new DriverCommand("admin", new BsonDocument { { "hello", 1 }, { "helloOk", true } });
        var reply = await connection.ExchangeAsync(command, null, keep: false, CommandReply.Materialize(connection, command), cancellationToken).ConfigureAwait(false);
        return new HelloResult(reply);
    }

    private async Task GreetAsync(Connection connection, bool authenticate, CancellationToken cancellationToken)
    {
        var hello = new BsonDocument { { "hello", 1 }, { "helloOk", true }, { "client", ClientMetadata() }, { "compression", new BsonArray() } };
        if (settings.LoadBalanced)
        {
            hello.Add("loadBalanced", true);
        }

        var credential = settings.Credential;
        if (authenticate && credential is { Mechanism: null })
        {
            hello.Add("saslSupportedMechs", $"{credential.Source}.{credential.Username}");
        }

        var command = new DriverCommand("admin", hello);
        var reply = await connection.ExchangeAsync(command, null, keep: false, CommandReply.Materialize(connection, command), cancellationToken).ConfigureAwait(false);
        connection.Hello = new HelloResult(reply);
        if (authenticate)
        {
            await _authenticator.AuthenticateAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    private BsonDocument ClientMetadata()
    {
        var (name, version) = settings.LibraryInfo is { } library ? ($"mongo-csharp-driver|{library.Name}", $"{DriverVersion}|{library.Version}") : ("mongo-csharp-driver", DriverVersion);
        var metadata = new BsonDocument();
        if (!string.IsNullOrEmpty(settings.ApplicationName))
        {
            metadata.Add("application", new BsonDocument("name", settings.ApplicationName));
        }

        return metadata
            .Add("driver", new BsonDocument { { "name", name }, { "version", version } })
            .Add("os", new BsonDocument { { "type", OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "macOS" : "Windows" }, { "architecture", RuntimeInformation.OSArchitecture.ToString() } })
            .Add("platform", RuntimeInformation.FrameworkDescription);
    }

    private async Task<Stream> ConnectAsync(MongoServerAddress address, CancellationToken cancellationToken)
    {
        var socket = await ConnectSocketAsync(address, cancellationToken).ConfigureAwait(false);
        var network = new NetworkStream(socket, ownsSocket: true);
        if (!settings.UseTls)
        {
            return network;
        }

        var tls = new SslStream(network, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(TlsOptions(address), cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Socket> ConnectSocketAsync(MongoServerAddress address, CancellationToken cancellationToken)
    {
        var endPoint = address.ToEndPoint();
        if (endPoint is DnsEndPoint { Host: var host } && !settings.IPv6)
        {
            var found = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancellationToken).ConfigureAwait(false);
            endPoint = found.Length > 0 ? new IPEndPoint(found[0], address.Port) : throw new SocketException((int)SocketError.HostNotFound);
        }

        var socket = endPoint switch
        {
            UnixDomainSocketEndPoint => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            IPEndPoint ip => new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp),
            _ => new Socket(SocketType.Stream, ProtocolType.Tcp),
        };
        try
        {
            if (endPoint is not UnixDomainSocketEndPoint)
            {
                socket.NoDelay = true;
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            }

            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "Only where the user asks for it by AllowInsecureTls.")]
    private SslClientAuthenticationOptions TlsOptions(MongoServerAddress address)
    {
        var ssl = settings.SslSettings ?? new SslSettings();
        var certificates = new X509CertificateCollection();
        foreach (var certificate in ssl.ClientCertificates ?? [])
        {
            certificates.Add(certificate);
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = address.Host.Trim('[', ']'),
            ClientCertificates = certificates,
            LocalCertificateSelectionCallback = ssl.ClientCertificateSelectionCallback,
            EnabledSslProtocols = ssl.EnabledSslProtocols,
            CertificateRevocationCheckMode = ssl.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = settings.AllowInsecureTls ? AcceptAny : ssl.ServerCertificateValidationCallback,
        };
    }

    private static bool AcceptAny(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors) => true;
}
