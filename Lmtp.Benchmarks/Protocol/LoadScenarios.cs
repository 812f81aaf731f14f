using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Benchmarks.Protocol;

/// <summary>
/// What a protocol layer under load must hold: little memory for each idle connection, and slow senders that do not
/// slow others. Results are ratios within one run.
/// </summary>
internal static class LoadScenarios
{
    private const int LhloLines = 9;

    /// <summary>Runs them all and prints one line for each result.</summary>
    public static async Task RunAsync(int idleConnections, int slowSenders)
    {
        await IdleConnectionsAsync(idleConnections);
        await SlowSendersAsync(slowSenders);
    }

    /// <summary>Memory of the server process for each connection that has said LHLO and is silent.</summary>
    private static async Task IdleConnectionsAsync(int count)
    {
        await using var server = await ProtocolServer.StartAsync();
        var endPoint = new UnixDomainSocketEndPoint(server.SocketPath);
        var clients = new List<LoadClient>(count);
        await WarmUpAsync(endPoint);
        var before = Memory();
        for (var i = 0; i < count; i++)
        {
            var client = await LoadClient.ConnectAsync(endPoint);
            clients.Add(client);
            await client.SendAsync("LHLO x\r\n");
            await client.ReadLinesAsync(LhloLines);
        }

        var after = Memory();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"idle connections: {server.State.OpenConnections} open, {(after - before) / 1048576.0:0.0} MiB more, client side included ({(after - before) / count} bytes each)"));
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>Speed of normal deliveries while many others send a byte a second, as a share of the speed without them.</summary>
    private static async Task SlowSendersAsync(int count)
    {
        await using var server = await ProtocolServer.StartAsync();
        var endPoint = new IPEndPoint(IPAddress.Loopback, server.Port);
        await WarmUpAsync(endPoint);
        var without = await DeliveriesPerSecondAsync(endPoint);
        using var stop = new CancellationTokenSource();
        var senders = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var client = await LoadClient.ConnectAsync(endPoint);
            await client.SendAsync("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\n");
            await client.ReadLinesAsync(LhloLines + 3);
            senders.Add(TrickleAsync(client, stop.Token));
        }

        var with = await DeliveriesPerSecondAsync(endPoint);
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"slow senders: {without:0} deliveries/s without, {with:0} with {count}; ratio {with / without:0.00}"));
    }

    private static async Task WarmUpAsync(EndPoint endPoint)
    {
        using var client = await LoadClient.ConnectAsync(endPoint);
        await client.SendAsync("LHLO x\r\n");
        await client.ReadLinesAsync(LhloLines);
        await DeliverAsync(client, 2_000);
    }

    private static async Task<double> DeliveriesPerSecondAsync(EndPoint endPoint)
    {
        const int clients = 4;
        const int messages = 5_000;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            using var client = await LoadClient.ConnectAsync(endPoint);
            await client.SendAsync("LHLO x\r\n");
            await client.ReadLinesAsync(LhloLines);
            await DeliverAsync(client, messages);
        }));
        return clients * messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task DeliverAsync(LoadClient client, int messages)
    {
        var envelope = Encoding.ASCII.GetBytes("MAIL FROM:<s@a.test>\r\nRCPT TO:<r@b.test>\r\nDATA\r\n");
        var content = Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 50)) + ".\r\n");
        for (var i = 0; i < messages; i++)
        {
            await client.SendAsync(envelope);
            await client.ReadLinesAsync(3);
            await client.SendAsync(content);
            await client.ReadLinesAsync(1);
        }
    }

    private static async Task TrickleAsync(LoadClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            var one = "x"u8.ToArray();
            try
            {
                while (true)
                {
                    await client.SendAsync(one);
                    await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
        }
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
