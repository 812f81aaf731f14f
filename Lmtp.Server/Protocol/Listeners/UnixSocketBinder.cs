using System.Net.Sockets;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// Binds the configured Unix sockets: a socket that nobody listens on any more is replaced, mode and group are set
/// before the first connection can come. Other endpoints are bound as Kestrel does it.
/// </summary>
internal sealed class UnixSocketBinder(IOptions<LmtpOptions> options, ILogger<UnixSocketBinder> logger) : IConfigureOptions<SocketTransportOptions>
{
    public void Configure(SocketTransportOptions transport)
    {
        var bindOther = transport.CreateBoundListenSocket;
        transport.CreateBoundListenSocket = endPoint =>
            endPoint is UnixDomainSocketEndPoint unix && Find(unix) is { } unixSocket ? Bind(unix, unixSocket) : bindOther(endPoint);
    }

    private UnixSocketOptions? Find(UnixDomainSocketEndPoint endPoint) => options.Value.Listeners
        .Select(listener => listener.UnixSocket)
        .FirstOrDefault(unixSocket => unixSocket?.Path == endPoint.ToString());

    private Socket Bind(UnixDomainSocketEndPoint endPoint, UnixSocketOptions unixSocket)
    {
        RemoveStale(endPoint, unixSocket.Path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);

            // Nothing can connect yet: Kestrel calls listen only once it has the socket.
            if (unixSocket.Group.Length > 0)
            {
                UnixFile.SetGroup(unixSocket.Path, unixSocket.Group);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(unixSocket.Path, unixSocket.ParsedMode!.Value);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void RemoveStale(UnixDomainSocketEndPoint endPoint, string path)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused && UnixFile.IsSocket(path))
        {
            File.Delete(path);
            logger.StaleSocketReplaced(path);
            return;
        }
        catch (SocketException exception)
        {
            throw new IOException($"Cannot listen on {path}: something that is not a socket of this server is there.", exception);
        }

        throw new IOException($"Cannot listen on {path}: another server listens there.");
    }
}
