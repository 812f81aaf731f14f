using System.Diagnostics;

namespace Lmtp.Benchmarks.EmbeddedMongo;

/// <summary>Sends commands over a number of connections for a time and counts.</summary>
internal static class LoadGenerator
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    /// <summary>Measures a command.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="server">The server.</param>
    /// <param name="connections">How many connections; each waits for its reply before it sends again.</param>
    /// <param name="next">Makes the next message from a number that rises over all connections.</param>
    /// <param name="perCommand">How many operations a command stands for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Operations in a second.</returns>
    public static async Task<double> MeasureAsync(
        string name, ServerProcess server, int connections, Func<long, byte[]> next, int perCommand, CancellationToken cancellationToken)
    {
        long number = 0;
        long done = 0;
        List<double> latencies = [];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] clients = [.. Enumerable.Range(0, connections).Select(_ => RunAsync())];
        await Task.Delay(WarmUp, cancellationToken);
        long before = Interlocked.Read(ref done);
        TimeSpan processorBefore = server.ProcessorTime;
        Stopwatch watch = Stopwatch.StartNew();
        await Task.Delay(Measured, cancellationToken);
        long commands = Interlocked.Read(ref done) - before;
        double rate = commands * perCommand / watch.Elapsed.TotalSeconds;
        double processor = (server.ProcessorTime - processorBefore).TotalMicroseconds / commands;
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        latencies.Sort();
        Console.WriteLine(
            $"| {name} | {connections} | {rate:N0} | {latencies[latencies.Count / 2]:N2} | {latencies[(int)(latencies.Count * 0.99)]:N2} | {processor:N0} |");
        return rate;

        async Task RunAsync()
        {
            using WireClient client = await WireClient.ConnectAsync(server.EndPoint, cancellationToken);
            List<double> own = [];
            while (!stop.IsCancellationRequested)
            {
                byte[] message = next(Interlocked.Increment(ref number));
                long start = Stopwatch.GetTimestamp();
                await client.SendAsync(message, cancellationToken);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Interlocked.Increment(ref done);
            }

            lock (latencies)
            {
                latencies.AddRange(own);
            }
        }
    }
}
