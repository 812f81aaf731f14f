using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;

namespace Lmtp.Admin.Components.Parts;

/// <summary>
/// A component that calls the mail server. Its calls end with it, and a refusal becomes <see cref="Problem"/>
/// instead of a broken page.
/// </summary>
public abstract class ApiPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>The client of the mail server's API.</summary>
    [Inject]
    protected LmtpApiClient Api { get; set; } = null!;

    /// <summary>What the last call was refused with; null when it succeeded.</summary>
    protected LmtpApiException? Problem { get; set; }

    /// <summary>Whether a call is under way.</summary>
    protected bool Busy { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the calls that are under way.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _left.Cancel();
            _left.Dispose();
        }
    }

    /// <summary>Runs calls; true when all of them succeeded.</summary>
    /// <param name="calls">The calls; they get a token that ends with the component.</param>
    protected async Task<bool> TryAsync(Func<CancellationToken, Task> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);

        Busy = true;
        Problem = null;
        try
        {
            await calls(_left.Token);
            return true;
        }
        catch (LmtpApiException exception)
        {
            Problem = exception;
            return false;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Busy = false;
        }
    }
}
