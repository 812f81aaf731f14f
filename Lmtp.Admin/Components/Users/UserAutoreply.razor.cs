using System.Globalization;
using System.Net;
using Lmtp.Admin.Components.Parts;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;

namespace Lmtp.Admin.Components.Users;

/// <summary>The automatic reply of a user.</summary>
public sealed partial class UserAutoreply
{
    private AutoreplyDraft _draft = new();
    private AutoreplyDraft _stored = new();
    private Tagged<AutoreplyResponse>? _theirs;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string? _tag;
    private bool _isLoaded;
    private bool _isSaved;

    /// <summary>Whose reply it is.</summary>
    [Parameter, EditorRequired]
    public string User { get; set; } = string.Empty;

    /// <summary>Told when the reply has changed, which is part of the user's state.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    private bool IsChanged => _draft != _stored;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Only the browser knows the viewer's zone, so times can be shown no sooner.
        if (firstRender)
        {
            _zone = await ViewerZone.FindAsync(JavaScript);
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync() => _isLoaded = await TryAsync(async cancellationToken => Show(await FindAsync(cancellationToken)));

    private async Task<Tagged<AutoreplyResponse>> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Api.GetAutoreplyAsync(User, cancellationToken);
        }
        catch (LmtpApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return new Tagged<AutoreplyResponse>(new AutoreplyResponse(), null);
        }
    }

    private void Show(Tagged<AutoreplyResponse> reply)
    {
        Note(reply);
        _draft = _stored with { };
    }

    private void Note(Tagged<AutoreplyResponse> reply)
    {
        _tag = reply.Tag;
        _stored = AutoreplyDraft.Of(reply.Value, _zone);
        _theirs = null;
    }

    private async Task SaveAsync()
    {
        _theirs = null;
        _isSaved = false;
        var sent = _draft with { };
        if (await TryAsync(async cancellationToken => Note(await Api.SetAutoreplyAsync(User, sent.ToRequest(_zone), _tag, cancellationToken))))
        {
            // What was typed since it was sent is yet to be saved.
            _draft = _draft == sent ? _stored with { } : _draft;
            _isSaved = true;
            await OnSaved.InvokeAsync();
        }
        else if (Problem?.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.PreconditionRequired)
        {
            await TryAsync(async cancellationToken => _theirs = await FindAsync(cancellationToken));
        }
    }

    private void TakeTheirs() => Show(_theirs!);

    private Task OverwriteAsync()
    {
        _tag = _theirs!.Tag;
        return SaveAsync();
    }

    private IReadOnlyList<string> Errors(string name) => Problem?.Problem?.Errors?.GetValueOrDefault(name) ?? [];

    private string ZoneHint(string hint) => string.Create(CultureInfo.CurrentCulture, $"{hint} ({_zone.Id})");
}
