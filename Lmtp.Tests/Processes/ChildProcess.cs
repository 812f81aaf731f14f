using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lmtp.Tests.Processes;

/// <summary>A real process under test: its output is collected, its end is awaited, nothing of it is left behind.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SignalInterrupt = 2;
    private const int SignalTerminate = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly List<(Func<string, bool> Condition, TaskCompletionSource<string> Seen)> _waiters = [];
    private readonly Lock _lock = new();

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public string Output => string.Join(Environment.NewLine, _output);

    public static ChildProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingDirectory ?? Environment.CurrentDirectory,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.OnLine(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.OnLine(line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end and returns its exit code and output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string fileName,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var child = Start(fileName, arguments, environment);
        await child.WaitForExitAsync(TimeSpan.FromMinutes(5), cancellationToken);
        return (child.ExitCode, child.Output);
    }

    /// <summary>Waits for a line of output; a process that ends before it is an error that shows what it said.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_output.FirstOrDefault(condition) is { } line)
            {
                return line;
            }

            _waiters.Add((condition, seen));
        }

        var exited = _process.WaitForExitAsync(cancellationToken);
        var first = await Task.WhenAny(seen.Task, exited).WaitAsync(timeout, cancellationToken);
        if (first == exited && !seen.Task.IsCompleted)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode} before the line came:\n{Output}");
        }

        return await seen.Task;
    }

    public Task WaitForExitAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        _process.WaitForExitAsync(cancellationToken).WaitAsync(timeout, cancellationToken);

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Terminate() => _ = Signal(Id, SignalTerminate);

    public void Interrupt() => _ = Signal(Id, SignalInterrupt);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _output.Enqueue(line);
            foreach (var (condition, seen) in _waiters)
            {
                if (condition(line))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}
