using System.Diagnostics;
using System.Globalization;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Times the same request several times and prints a line of a table.</summary>
internal sealed class CallReport(HttpClient http, string title, Func<TimeSpan> processorTime)
{
    private const int Calls = 15;

    /// <summary>The slowest median so far, in milliseconds.</summary>
    public double SlowestMedian { get; private set; }

    /// <summary>The slowest first call so far, in milliseconds.</summary>
    public double SlowestFirst { get; private set; }

    /// <summary>Prints the heading.</summary>
    public void Begin()
    {
        Console.WriteLine();
        Console.WriteLine($"| {title} | first | median | slowest | processor | bytes |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    /// <summary>Requests a path, which has to succeed: the first time apart, then again and again.</summary>
    public Task MeasureAsync(string name, string path, CancellationToken cancellationToken) =>
        MeasureAsync(name, _ => new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), cancellationToken);

    /// <summary>Makes requests, which have to succeed: the first one apart, then one after the other.</summary>
    public async Task MeasureAsync(string name, Func<int, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var first = await RequestAsync(request(0), cancellationToken).ConfigureAwait(false);
        var times = new List<double>(Calls);
        var before = processorTime();
        for (var call = 1; call <= Calls; call++)
        {
            times.Add((await RequestAsync(request(call), cancellationToken).ConfigureAwait(false)).Milliseconds);
        }

        var processor = (processorTime() - before).TotalMilliseconds / Calls;
        times.Sort();
        SlowestFirst = Math.Max(SlowestFirst, first.Milliseconds);
        SlowestMedian = Math.Max(SlowestMedian, times[Calls / 2]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {first.Milliseconds:F1} | {times[Calls / 2]:F1} | {times[^1]:F1} | {processor:F1} | {first.Bytes} |"));
    }

    // To the end of the answer: the first content comes before it.
    private async Task<(double Milliseconds, int Bytes)> RequestAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var request = message;
        var watch = Stopwatch.StartNew();
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? (watch.Elapsed.TotalMilliseconds, body.Length)
            : throw new InvalidOperationException($"{request.RequestUri} is answered {(int)response.StatusCode}.");
    }
}
