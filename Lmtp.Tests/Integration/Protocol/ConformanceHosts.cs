using System.Net.Sockets;
using Lmtp.Tests.Unit.Protocol.Conformance;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>One server for each profile of the conformance table, each with a listener for each transport.</summary>
public sealed class ConformanceHosts : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly Dictionary<ConformanceProfile, LmtpHost> _hosts = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lmtp-");

    public async ValueTask InitializeAsync()
    {
        foreach (var profile in Enum.GetValues<ConformanceProfile>())
        {
            _hosts[profile] = await StartAsync(profile);
        }
    }

    /// <summary>Sends the writes one after the other, says that nothing more comes, and returns all that the server sent.</summary>
    public async Task<byte[]> ConverseAsync(ConformanceProfile profile, TestTransport transport, IEnumerable<byte[]> writes)
    {
        var host = _hosts[profile];
        using var socket = await LmtpHost.ConnectAsync(
            host.PortOf(transport == TestTransport.Tls ? 1 : 0), transport == TestTransport.UnixSocket ? SocketPath(profile) : null);
        await using var plain = new NetworkStream(socket);
        await using Stream stream = transport == TestTransport.Tls ? await LmtpHost.UseTlsAsync(plain) : plain;
        var reading = ReadAsync(stream);
        try
        {
            foreach (var write in writes)
            {
                await stream.WriteAsync(write, TestContext.Current.CancellationToken);
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // A server that has said its last word closes, whatever the client still wants to send.
        }

        return await reading;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }

        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Whatever came before the reset counts.
        }

        return all.ToArray();
    }

    private Task<LmtpHost> StartAsync(ConformanceProfile profile)
    {
        var settings = ConformanceSettings.Of(profile);
        settings["Lmtp:Listeners:1:UnixSocket:Path"] = SocketPath(profile);
        settings["Lmtp:Listeners:2:Port"] = "0";
        settings["Lmtp:Listeners:2:Tls:Mode"] = "Implicit";
        settings["Lmtp:Listeners:2:Tls:CertificatePath"] = _certificates.ServerPath;
        settings["Lmtp:Listeners:2:Tls:KeyPath"] = _certificates.ServerKeyPath;
        foreach (var (key, value) in ConformanceSettings.OfListener(profile))
        {
            for (var i = 0; i < 3; i++)
            {
                settings[$"Lmtp:Listeners:{i}:{key}"] = value;
            }
        }

        return LmtpHost.StartAsync(settings);
    }

    private string SocketPath(ConformanceProfile profile) => Path.Combine(_folder.FullName, $"{profile}.sock");
}
