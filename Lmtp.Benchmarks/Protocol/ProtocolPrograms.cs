using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lmtp.Benchmarks.Protocol;

/// <summary>What the child processes of <see cref="LoadScenarios"/> do. Each ends when its input does.</summary>
internal static class ProtocolPrograms
{
    /// <summary>Serves; says port and socket, then the live bytes of its heap for each line that it reads.</summary>
    public static async Task ServeAsync()
    {
        await using var server = await ProtocolServer.StartAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{server.Port} {server.SocketPath}"));
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{server.State.OpenConnections} {GC.GetTotalMemory(forceFullCollection: true)}"));
        }
    }

    /// <summary>Opens connections that say LHLO and nothing more; says how many once they stand.</summary>
    public static async Task StayIdleAsync(string socketPath, int count)
    {
        var clients = new List<LoadClient>(count);
        for (var i = 0; i < count; i++)
        {
            clients.Add(await LoadScenarios.OpenAsync(new UnixDomainSocketEndPoint(socketPath)));
        }

        Console.WriteLine(clients.Count.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadLineAsync();
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>Opens connections that are inside a message and send a byte a second; says how many once they stand.</summary>
    public static async Task TrickleAsync(int port, int count)
    {
        using var stop = new CancellationTokenSource();
        var senders = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var client = await LoadScenarios.OpenAsync(new IPEndPoint(IPAddress.Loopback, port));
            await client.SendAsync("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\n");
            await client.ReadLinesAsync(3);
            senders.Add(TrickleAsync(client, stop.Token));
        }

        Console.WriteLine(senders.Count.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadLineAsync(stop.Token);
        await stop.CancelAsync();
        await Task.WhenAll(senders);
    }

    private static async Task TrickleAsync(LoadClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            var one = "x"u8.ToArray();
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            try
            {
                do
                {
                    await client.SendAsync(one);
                }
                while (await second.WaitForNextTickAsync(cancellationToken));
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
        }
    }
}
