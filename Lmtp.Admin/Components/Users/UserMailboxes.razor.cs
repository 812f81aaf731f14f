using System.Globalization;
using System.Net;
using Lmtp.Admin.Components.Filters;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;

namespace Lmtp.Admin.Components.Users;

/// <summary>The mailboxes of a user.</summary>
public sealed partial class UserMailboxes
{
    private const string Inbox = "INBOX";

    private bool _isEditing;
    private bool _isFocused;
    private bool _isLost;
    private string _path = string.Empty;
    private MailboxResponse? _renamed;
    private Tagged<MailboxResponse>? _deleting;
    private IReadOnlyList<string> _filters = [];
    private ElementReference _input;

    /// <summary>Whose mailboxes they are.</summary>
    [Parameter, EditorRequired]
    public string User { get; set; } = string.Empty;

    /// <summary>The mailboxes.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MailboxResponse> Mailboxes { get; set; } = [];

    /// <summary>Told when there is another one, or one less.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private IReadOnlyList<string> Errors => Problem switch
    {
        { Problem.Errors: { } errors } => errors.GetValueOrDefault("path") ?? [],
        _ => [],
    };

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isFocused)
        {
            _isFocused = false;
            await _input.FocusAsync();
        }
    }

    private static string Label(string text, MailboxResponse mailbox) => string.Format(CultureInfo.CurrentCulture, text, mailbox.Path);

    private void Edit(MailboxResponse? mailbox)
    {
        (_isEditing, _isFocused, _isLost, _renamed, _path) = (true, true, false, mailbox, mailbox?.Path ?? string.Empty);
        Problem = null;
    }

    private async Task SaveAsync()
    {
        var path = _path.Trim();
        if (await TryAsync(async cancellationToken =>
        {
            if (_renamed is null)
            {
                await Api.CreateMailboxAsync(User, new CreateMailboxRequest { Path = path }, cancellationToken);
            }
            else
            {
                await Api.UpdateMailboxAsync(User, _renamed.Id, new UpdateMailboxRequest { Path = path }, null, cancellationToken);
            }
        }))
        {
            _isEditing = false;
            await OnChanged.InvokeAsync();
        }
    }

    // What is lost is read at the last moment, and the state that was read is the only one that is deleted.
    private async Task AskAsync(MailboxResponse mailbox)
    {
        (_isEditing, _isLost) = (false, false);
        if (!await TryAsync(async cancellationToken =>
        {
            var read = Api.GetMailboxAsync(User, mailbox.Id, cancellationToken);
            var filters = Api.ListFiltersAsync(User, cancellationToken);
            await Task.WhenAll(read, filters);
            _filters = [.. (await filters).Where(filter => filter.Action.Mailbox == mailbox.Id).Select(FilterOrder.Title)];
            _deleting = await read;
        }))
        {
            await NoteAsync();
        }
    }

    private async Task DeleteAsync()
    {
        var (mailbox, tag) = (_deleting!.Value, _deleting.Tag);
        _deleting = null;
        if (await TryAsync(cancellationToken => Api.DeleteMailboxAsync(User, mailbox.Id, tag, cancellationToken)))
        {
            await OnChanged.InvokeAsync();
        }
        else
        {
            await NoteAsync();
        }
    }

    private async Task NoteAsync()
    {
        if (Problem?.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            _isLost = true;
            await OnChanged.InvokeAsync();
        }
    }
}
