using System.Diagnostics;
using System.Globalization;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Times the same request several times and prints a line of a table.</summary>
internal sealed class CallReport(HttpClient http, string title, Func<TimeSpan> processorTime)
{
    private const int Calls = 15;

    /// <summary>The slowest median so far, in milliseconds.</summary>
    public double SlowestMedian { get; private set; }

    /// <summary>Prints the heading.</summary>
    public void Begin()
    {
        Console.WriteLine();
        Console.WriteLine($"| {title} | first | median | slowest | processor | bytes |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    /// <summary>Requests a path, which has to succeed: the first time apart, then again and again.</summary>
    public async Task MeasureAsync(string name, string path, CancellationToken cancellationToken)
    {
        var first = await RequestAsync(path, cancellationToken).ConfigureAwait(false);
        var times = new List<double>(Calls);
        var before = processorTime();
        for (var call = 0; call < Calls; call++)
        {
            times.Add((await RequestAsync(path, cancellationToken).ConfigureAwait(false)).Milliseconds);
        }

        var processor = (processorTime() - before).TotalMilliseconds / Calls;
        times.Sort();
        SlowestMedian = Math.Max(SlowestMedian, times[Calls / 2]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {first.Milliseconds:F1} | {times[Calls / 2]:F1} | {times[^1]:F1} | {processor:F1} | {first.Bytes} |"));
    }

    // To the end of the answer: the first content comes before it.
    private async Task<(double Milliseconds, int Bytes)> RequestAsync(string path, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? (watch.Elapsed.TotalMilliseconds, body.Length)
            : throw new InvalidOperationException($"{path} is answered {(int)response.StatusCode}.");
    }
}
