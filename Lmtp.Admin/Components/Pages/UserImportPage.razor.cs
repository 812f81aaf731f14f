using System.Text;
using Lmtp.Admin.Components.Parts;
using Lmtp.Admin.Import;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Components.Pages;

/// <summary>Makes users from a CSV file: read, checked, looked at, made.</summary>
public sealed partial class UserImportPage : ApiPage
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(200);

    private ImportFile? _file;
    private UserImport? _import;
    private CancellationTokenSource? _stop;
    private string? _name;
    private string? _fault;
    private bool _isRunning;
    private bool _isChecking;
    private bool _hasRun;
    private int _done;
    private int _total;

    [Inject]
    private IOptions<ImportOptions> Options { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private ImportOptions Limits => Options.Value;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop?.Cancel();
            _stop?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        (_file, _fault, _hasRun, _name) = (null, null, false, change.File.Name);
        try
        {
            if (change.File.Size > Limits.MaxBytes)
            {
                throw ImportFile.TooLarge(Limits);
            }

            using var bytes = new MemoryStream();
            await using (var stream = change.File.OpenReadStream(Limits.MaxBytes))
            {
                await stream.CopyToAsync(bytes);
            }

            _file = ImportFile.Read(bytes.ToArray(), Limits);
        }
        catch (ImportException fault)
        {
            _fault = fault.Message;
            return;
        }

        _import = new UserImport(Api, Time);
        await CheckAsync();
    }

    private async Task CheckAsync()
    {
        _isChecking = true;
        await RunAsync(Count(ImportStatus.Unchecked), (import, progress, stop) => import.CheckAsync(_file!.Rows, progress, stop));
        _isChecking = false;
    }

    private async Task ImportAsync()
    {
        var wanted = Count(ImportStatus.Ready) + Count(ImportStatus.Failed);
        await RunAsync(wanted, (import, progress, stop) => import.RunAsync(_file!.Rows, progress, stop));
        _hasRun = true;
    }

    private async Task RunAsync(int total, Func<UserImport, Action<int>, CancellationToken, Task> run)
    {
        using var stop = new CancellationTokenSource();
        _stop = stop;
        (_isRunning, _done, _total) = (true, 0, total);
        await TryAsync(async _ =>
        {
            try
            {
                await DrawWhileAsync(run(_import!, done => _done = Math.Max(_done, done), stop.Token));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Whoever stopped it sees how far it came.
            }
        });
        _stop = null;
        _isRunning = false;
    }

    private void Stop() => _stop?.Cancel();

    /// <summary>Users are made faster than a page can be drawn.</summary>
    private async Task DrawWhileAsync(Task work)
    {
        using var timer = new PeriodicTimer(RedrawInterval, Time);
        while (!work.IsCompleted)
        {
            StateHasChanged();
            await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
        }

        await work;
    }

    private int Count(ImportStatus status) => _file!.Rows.Count(row => row.Status == status);

    private string ReportAddress() => "data:text/csv;charset=utf-8;base64,"
        + Convert.ToBase64String(Encoding.UTF8.GetBytes(ImportReport.Write(_file!.Rows.Where(row => row.IsProblem))));
}
