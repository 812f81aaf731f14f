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
    private const int ConnectionsOfAProcess = 10_000;
    private const int SlowRounds = 5;

    /// <summary>Runs them all and prints one line for each result.</summary>
    public static async Task RunAsync(int idleConnections, int slowSenders)
    {
        await IdleConnectionsAsync(idleConnections);
        await SlowSendersAsync(slowSenders);
    }

    /// <summary>Connects and says LHLO.</summary>
    public static async Task<LoadClient> OpenAsync(EndPoint endPoint)
    {
        var client = await LoadClient.ConnectAsync(endPoint);
        await client.SendAsync("LHLO x\r\n");
        await client.ReadLinesAsync(LhloLines);
        return client;
    }

    /// <summary>Memory of a server process with so many connections that have said LHLO and are silent.</summary>
    private static async Task IdleConnectionsAsync(int count)
    {
        await using var server = ChildProgram.Start(asServer: true, "protocol-server");
        var socketPath = (await server.ReadLineAsync()).Split(' ')[1];
        await WarmUpAsync(new UnixDomainSocketEndPoint(socketPath));
        var heapBefore = HeapOf(await server.AskAsync("heap"));
        await WarmUpAsync(new UnixDomainSocketEndPoint(socketPath));
        var before = server.ResidentBytes;
        var clients = new List<ChildProgram>();
        try
        {
            for (var left = count; left > 0; left -= ConnectionsOfAProcess)
            {
                var share = Math.Min(left, ConnectionsOfAProcess);
                var client = ChildProgram.Start(asServer: false, "protocol-idle", socketPath, share.ToString(CultureInfo.InvariantCulture));
                clients.Add(client);
                await client.ReadLineAsync();
            }

            var more = server.ResidentBytes - before;
            var answer = await server.AskAsync("heap");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"idle connections: {answer.Split(' ')[0]} open, {more / 1048576.0:0.0} MiB more resident ({more / count} bytes each), of it {(HeapOf(answer) - heapBefore) / count} bytes each live on the heap"));
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// Speed of normal deliveries while many others send a byte a second, as a share of the speed without them.
    /// Rounds with and without take turns, so that whatever else the machine does falls on both.
    /// </summary>
    private static async Task SlowSendersAsync(int count)
    {
        await using var server = ChildProgram.Start(asServer: true, "protocol-server");
        var port = int.Parse((await server.ReadLineAsync()).Split(' ')[0], CultureInfo.InvariantCulture);
        var endPoint = new IPEndPoint(IPAddress.Loopback, port);
        await WarmUpAsync(endPoint);
        var without = new List<double>();
        var with = new List<double>();
        for (var round = 0; round < SlowRounds; round++)
        {
            without.Add(await DeliveriesPerSecondAsync(endPoint));
            await using var senders = ChildProgram.Start(
                asServer: false, "protocol-trickle", port.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
            await senders.ReadLineAsync();
            with.Add(await DeliveriesPerSecondAsync(endPoint));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"slow senders: {Median(without):0} deliveries/s without, {Median(with):0} with {count}; ratio {Median(with) / Median(without):0.00}"));
    }

    private static long HeapOf(string answer) => long.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task WarmUpAsync(EndPoint endPoint)
    {
        using var client = await OpenAsync(endPoint);
        await DeliverAsync(client, 2_000);
    }

    private static async Task<double> DeliveriesPerSecondAsync(EndPoint endPoint)
    {
        const int clients = 4;
        const int messages = 5_000;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            using var client = await OpenAsync(endPoint);
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
}
