using Microsoft.AspNetCore.Components;

namespace Lmtp.Admin.Components.Parts;

/// <summary>A page that reads again and again what it shows, as long as somebody looks at it.</summary>
public abstract class LivePage : ApiPage
{
    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    /// <summary>How long what was read is good enough.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _following = FollowAsync(_stop.Token);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    // Never fails: what the server refuses becomes a notice, and the next round tries again.
    private async Task FollowAsync(CancellationToken stopped)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, Time, stopped);
                await InvokeAsync(RefreshAsync);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
        }
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}
