using System.Text.Json;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Lmtp.Admin.Components.Parts;

/// <summary>
/// A component that calls the mail server. Its calls end with it, and a refusal becomes <see cref="Problem"/>
/// instead of a broken page.
/// </summary>
public abstract class ApiPage : ComponentBase, IDisposable
{
    // All that the parts of a page keep is sent back in one call, whose size the hub bounds (512 KB), a third longer than it is here.
    private const int MostKept = 48 * 1024;

    private readonly CancellationTokenSource _left = new();
    private readonly List<PersistingComponentStateSubscription> _kept = [];
    private CancellationTokenSource? _question;
    private int _calls;

    /// <summary>Begins the component.</summary>
    protected ApiPage() => Left = _left.Token;

    /// <summary>Ends with the component; it can be asked afterwards, too.</summary>
    protected CancellationToken Left { get; }

    /// <summary>The client of the mail server's API.</summary>
    [Inject]
    protected LmtpApiClient Api { get; set; } = null!;

    [Inject]
    private PersistentComponentState Prerendered { get; set; } = null!;

    /// <summary>What the last call was refused with; null when it succeeded.</summary>
    protected LmtpApiException? Problem { get; set; }

    /// <summary>Whether a call is under way.</summary>
    protected bool Busy => _calls > 0;

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
            _kept.ForEach(static kept => kept.Dispose());
        }
    }

    /// <summary>
    /// Takes what the component had read when it was prerendered, so that it is neither read nor drawn twice, and sees to it that
    /// what it has by then is there to be taken. Unlike a parameter it is taken once: nothing sets it again later. What is very
    /// long is not kept but read again.
    /// </summary>
    /// <param name="name">Tells it from whatever else components of the type keep, those of other users included.</param>
    /// <param name="current">What there is to be kept; null keeps nothing.</param>
    protected T? Keep<T>(string name, Func<T?> current)
        where T : class
    {
        var key = $"{GetType().Name}:{name}";
        if (!RendererInfo.IsInteractive)
        {
            _kept.Add(Prerendered.RegisterOnPersisting(
                () =>
                {
                    if (current() is { } value && JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web).Length <= MostKept)
                    {
                        Prerendered.PersistAsJson(key, value);
                    }

                    return Task.CompletedTask;
                },
                RenderMode.InteractiveServer));
        }

        return Prerendered.TryTakeFromJson<T>(key, out var kept) ? kept : null;
    }

    /// <summary>
    /// Asks a question whose answer replaces what is shown. Answers may overtake each other: a newer question ends the ones
    /// before it. True when it was answered.
    /// </summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="ask">Asks; it gets a token that ends with the component and with the next question.</param>
    /// <param name="show">Shows the answer, if no newer question was asked.</param>
    protected async Task<bool> LatestAsync<T>(Func<CancellationToken, Task<T>> ask, Action<T> show)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(show);

        using var question = CancellationTokenSource.CreateLinkedTokenSource(Left);
        _question?.Cancel();
        _question = question;
        try
        {
            return await TryAsync(async _ =>
            {
                var answer = await ask(question.Token);
                question.Token.ThrowIfCancellationRequested();
                show(answer);
            });
        }
        catch (OperationCanceledException) when (question.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (_question == question)
            {
                _question = null;
            }
        }
    }

    /// <summary>Runs calls; true when all of them succeeded.</summary>
    /// <param name="calls">The calls; they get a token that ends with the component.</param>
    protected async Task<bool> TryAsync(Func<CancellationToken, Task> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);

        _calls++;
        Problem = null;
        try
        {
            await calls(Left);
            return true;
        }
        catch (LmtpApiException exception)
        {
            Problem = exception;
            return false;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _calls--;
        }
    }
}
