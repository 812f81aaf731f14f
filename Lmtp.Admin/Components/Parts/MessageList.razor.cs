using Lmtp.Admin.Components.Messages;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Lmtp.Admin.Components.Parts;

/// <summary>The messages of a mailbox or of a search, and what is done with many of them at once.</summary>
public sealed partial class MessageList
{
    private const int MostNamed = 3;
    private const int PageSize = 50;
    private const int MostRead = 250;

    private readonly MessageSelection _selected = new();
    private IReadOnlyList<MailboxResponse> _mailboxes = [];
    private MessageFilters _filters;
    private BulkOrder? _deleting;
    private BulkRun? _run;
    private BulkRun? _notice;
    private SelectionRun? _selecting;
    private MailboxWatch? _watch;
    private bool _isStarted;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private int _load;

    /// <summary>The owner's id.</summary>
    [Parameter, EditorRequired]
    public string User { get; set; } = string.Empty;

    /// <summary>The mailbox.</summary>
    [Parameter, EditorRequired]
    public MailboxResponse Mailbox { get; set; } = null!;

    /// <summary>Called when messages were changed, so that whoever shows counts can read them again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Subject { get; set; }

    [SupplyParameterFromQuery]
    private string? Since { get; set; }

    [SupplyParameterFromQuery]
    private string? Until { get; set; }

    [SupplyParameterFromQuery]
    private bool? Unseen { get; set; }

    [SupplyParameterFromQuery]
    private bool? Flagged { get; set; }

    [SupplyParameterFromQuery]
    private bool? Attachments { get; set; }

    [SupplyParameterFromQuery]
    private long? Larger { get; set; }

    [SupplyParameterFromQuery]
    private bool? Everywhere { get; set; }

    private PageResponse<MessageSummaryResponse>? Messages { get; set; }

    private bool IsRunning => _run is not null || _selecting is not null;

    private IReadOnlyList<MailboxResponse> Targets =>
        [.. _mailboxes.Where(mailbox => !mailbox.Hidden && (_filters.Everywhere || mailbox.Id != Mailbox.Id))];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var filters = Read();
        if (!_isStarted)
        {
            Messages = Keep($"{User}/{Mailbox.Id}", () => Messages);
        }

        var isOther = _isStarted ? filters != _filters : Messages is null;
        _isStarted = true;
        _filters = filters;
        if (isOther)
        {
            // What is selected in the list before, while this one is read, is not in sight any more.
            _selected.Clear();
            await LoadAsync();
            _selected.Clear();
        }

        if (_mailboxes.Count == 0)
        {
            await TryAsync(async cancellationToken => _mailboxes = await Api.ListMailboxesAsync(User, cancellationToken));
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _watch = new MailboxWatch(token => FetchAsync(null, PageSize, token), UpdateAsync);

        // Only the browser knows the viewer's zone, so days can be meant in it no sooner.
        _zone = await ViewerZone.FindAsync(JavaScript);
        if (_filters.HasDays)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Outcome(BulkRun run)
    {
        var text = Resources.CountedText.Of("BulkDone", run.Total, run.Done);
        text = run.Gone > 0 ? $"{text} {Resources.CountedText.Of("BulkGone", run.Gone)}" : text;
        return run.Failed > 0 ? $"{text} {Resources.CountedText.Of("BulkFailed", run.Failed)}" : text;
    }

    private Task UpdateAsync(PageResponse<MessageSummaryResponse> newest) => InvokeAsync(async () =>
    {
        if (_filters.Any || Messages is null || IsRunning || MailboxWatch.IsShown(Messages, newest))
        {
            return;
        }

        var before = Messages;
        Messages = MailboxWatch.Join(Messages, newest);
        _selected.Follow(before.Items, Messages.Items);
        StateHasChanged();
        await OnChanged.InvokeAsync();
    });

    private MessageFilters Read() => new MessageFilters
    {
        Text = Q,
        From = From,
        To = To,
        Subject = Subject,
        Since = CalendarDay.Parse(Since),
        Until = CalendarDay.Parse(Until),
        Unseen = Unseen,
        Flagged = Flagged,
        Attachments = Attachments == true,
        Larger = Larger is > 0 ? Larger : null,
        Everywhere = Everywhere == true,
    }.Normalize();

    private void Search(MessageFilters filters)
    {
        _notice = null;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(filters.ToQuery()));
    }

    // Answers may overtake each other; only the last question's counts.
    private Task<bool> LoadAsync() => TryAsync(async cancellationToken =>
    {
        var load = ++_load;
        var found = await FetchAsync(null, PageSize, cancellationToken);
        if (load == _load)
        {
            Messages = found;
        }
    });

    private Task<bool> LoadMoreAsync() => TryAsync(async cancellationToken =>
    {
        if (Messages?.NextCursor is not { } cursor)
        {
            return;
        }

        var load = _load;
        var next = await FetchAsync(cursor, PageSize, cancellationToken);
        if (load == _load && Messages.NextCursor == cursor)
        {
            Messages = new PageResponse<MessageSummaryResponse>([.. Messages.Items, .. next.Items], next.NextCursor);
        }
    });

    private async Task<PageResponse<MessageSummaryResponse>> FetchAsync(string? cursor, int count, CancellationToken cancellationToken)
    {
        var page = _filters.Any
            ? await Api.SearchMessagesAsync(User, _filters.ToSearch(Mailbox.Id, _zone), cursor, count, cancellationToken)
            : await Api.ListMessagesAsync(User, Mailbox.Id, cursor, count, cancellationToken);
        return page with { Items = [.. page.Items.Select(MessageText.ForList)] };
    }

    private void SelectShown() => _selected.Set(Messages!.Items, !_selected.Holds(Messages.Items));

    private async Task SelectEverythingAsync()
    {
        var run = new SelectionRun(_selected, (cursor, cancellationToken) => FetchAsync(cursor, MostRead, cancellationToken));
        _selecting = run;
        await TryAsync(cancellationToken => run.RunAsync(Messages!.NextCursor, StateHasChanged, cancellationToken));
        _selecting = null;
    }

    private Task OrderAsync(BulkOrder order)
    {
        if (order.Action == BulkAction.Delete)
        {
            _deleting = order;
            return Task.CompletedTask;
        }

        return RunAsync(order);
    }

    private Task DeleteAsync()
    {
        var order = _deleting!;
        _deleting = null;
        return RunAsync(order);
    }

    private async Task RunAsync(BulkOrder order)
    {
        var run = new BulkRun(Api, User, order, _selected.Messages);
        _run = run;
        _notice = null;
        await TryAsync(cancellationToken => run.RunAsync(StateHasChanged, cancellationToken));
        var problem = Problem;
        _run = null;
        _notice = run;
        _selected.Clear();
        await LoadAsync();
        Problem ??= problem;
        await OnChanged.InvokeAsync();
    }

    private string? MailboxName(MessageSummaryResponse message) => _filters.Everywhere
        ? _mailboxes.FirstOrDefault(mailbox => mailbox.Id == message.Mailbox)?.Path
        : null;
}
