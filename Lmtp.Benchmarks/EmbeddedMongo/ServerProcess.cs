using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Lmtp.Benchmarks.EmbeddedMongo;

/// <summary>The server as a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, IPEndPoint endPoint, TimeSpan startTime)
    {
        _process = process;
        EndPoint = endPoint;
        StartTime = startTime;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>From the start of the process until it listens.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>The process's resident memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the server on a folder.</summary>
    public static async Task<ServerProcess> StartAsync(string directory, CancellationToken cancellationToken)
    {
        string server = Path.Combine(AppContext.BaseDirectory, "Lmtp.EmbeddedMongo.dll");
        ProcessStartInfo start = new("dotnet", [server, "--data", directory, "--port", "0"]) { RedirectStandardOutput = true };
        Stopwatch watch = Stopwatch.StartNew();
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            const string Announcement = "Listening on mongodb://";
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                TimeSpan started = watch.Elapsed;
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new ServerProcess(process, IPEndPoint.Parse(line[Announcement.Length..]), started);
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the server ended with {process.ExitCode}"));
    }

    /// <summary>Ends it without warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using Process? terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
