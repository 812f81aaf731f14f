using System.Globalization;
using System.Net;
using System.Text.Json;
using Lmtp.Admin.Components.Parts;
using Lmtp.Admin.Filters;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Lmtp.Admin.Components.Pages;

/// <summary>Makes and changes a filter, and tries it on recent mail before it is saved.</summary>
public sealed partial class FilterEditor
{
    private const string New = "new";
    private const string TrialPrefix = "filter.";

    private static readonly int[] Counts = [20, 50, 100];
    private static readonly IReadOnlyList<string> Zones =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private FilterDraft? _draft;
    private string _saved = string.Empty;
    private string _zone = string.Empty;
    private string? _tag;
    private Tagged<FilterResponse>? _conflict;
    private IReadOnlyList<TriedMessageResponse>? _tried;
    private string? _triedState;
    private int _count = Counts[0];
    private bool _trying;
    private bool _deleting;
    private string? _target;
    private bool _leaving;
    private ElementReference _addCondition;
    private ElementReference _addAction;
    private ElementReference? _focus;

    /// <summary>The user's id.</summary>
    [Parameter]
    public string Id { get; set; } = string.Empty;

    /// <summary>The filter's id; <c>new</c> for one to be made.</summary>
    [Parameter]
    public string FilterId { get; set; } = string.Empty;

    private UserResponse? User { get; set; }

    private IReadOnlyList<MailboxResponse>? Mailboxes { get; set; }

    private FilterResponse? Stored { get; set; }

    private string Name => string.IsNullOrEmpty(User?.Name) ? User?.Username ?? Resources.Texts.User : User.Name;

    private string Heading => FilterId == New
        ? Resources.Texts.FilterNew
        : Stored is null ? Resources.Texts.Filter : Filters.FilterOrder.Title(Stored);

    private bool IsChanged => _draft is not null && !_leaving && State() != _saved;

    private bool HasFieldFaultsOnly => Problem?.Problem?.Errors is { Count: > 0 } errors && errors.Keys.All(key => Fields().Any(place => IsWithin(key, place)));

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_draft is null || (FilterId != New && Stored?.Id != FilterId))
        {
            await LoadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _zone = (await ViewerZone.FindAsync(JavaScript)).Id;
            StateHasChanged();
        }

        if (_focus is { } element)
        {
            _focus = null;
            await element.FocusAsync();
        }
    }

    private Task<bool> LoadAsync() => TryAsync(async cancellationToken =>
    {
        var user = Api.GetUserAsync(Id, cancellationToken);
        var mailboxes = Api.ListMailboxesAsync(Id, cancellationToken);
        await Task.WhenAll(user, mailboxes);
        (User, Mailboxes) = (await user, await mailboxes);
        if (FilterId == New)
        {
            _draft = new FilterDraft();
            _draft.Conditions.Add(new ConditionDraft());
            _draft.Actions.Add(NewAction(ActionKind.Mailbox));
            _saved = State();
        }
        else
        {
            Show(await Api.GetFilterAsync(Id, FilterId, cancellationToken));
        }
    });

    private void Show(Tagged<FilterResponse> filter)
    {
        (Stored, _tag) = (filter.Value, filter.Tag);
        _draft = new FilterDraftReader(Mailboxes!).Read(filter.Value);
        _saved = State();
        _conflict = null;
        Problem = null;
    }

    private FilterRequest Request() => new FilterDraftWriter(Mailboxes!).Write(_draft!);

    private string State() => JsonSerializer.Serialize(Request(), LmtpJsonContext.Default.FilterRequest);

    private async Task SaveAsync()
    {
        _conflict = null;
        var saved = await TryAsync(async cancellationToken =>
        {
            if (FilterId == New)
            {
                await Api.CreateFilterAsync(Id, Request(), cancellationToken);
            }
            else
            {
                await Api.ReplaceFilterAsync(Id, FilterId, Request(), _tag!, cancellationToken);
            }
        });
        if (saved)
        {
            _leaving = true;
            Navigation.NavigateTo($"users/{Id}/filters");
        }
        else if (Problem?.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            await TryAsync(async cancellationToken => _conflict = await Api.GetFilterAsync(Id, FilterId, cancellationToken));
        }
    }

    private void TakeTheirs() => Show(_conflict!);

    private Task OverwriteAsync()
    {
        _tag = _conflict!.Tag;
        return SaveAsync();
    }

    private async Task TryOutAsync()
    {
        _trying = true;
        var state = State();
        var request = new TryFilterRequest { Id = Stored?.Id, Filter = Request(), Count = _count };
        if (await TryAsync(async cancellationToken => _tried = await Api.TryFilterAsync(Id, request, cancellationToken)))
        {
            _triedState = state;
        }

        _trying = false;
    }

    private async Task DeleteAsync()
    {
        _deleting = false;
        if (await TryAsync(cancellationToken => Api.DeleteFilterAsync(Id, FilterId, cancellationToken: cancellationToken)))
        {
            _leaving = true;
            Navigation.NavigateTo($"users/{Id}/filters");
        }
    }

    private Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (IsChanged)
        {
            context.PreventNavigation();
            _target = context.TargetLocation;
        }

        return Task.CompletedTask;
    }

    private void Leave()
    {
        _leaving = true;
        Navigation.NavigateTo(_target!);
    }

    private void ChooseMatch(ChangeEventArgs change) => _draft!.IsAny = (string?)change.Value == "any";

    private void AddCondition() => _draft!.Conditions.Add(new ConditionDraft());

    private void AddAction() => _draft!.Actions.Add(NewAction(KindsFor(null)[0]));

    private ActionDraft NewAction(ActionKind kind) => new()
    {
        Kind = kind,
        Mailbox = Mailboxes!.FirstOrDefault(mailbox => mailbox.Path == "INBOX")?.Id ?? string.Empty,
    };

    private void Remove(ConditionDraft condition)
    {
        _draft!.Conditions.Remove(condition);
        _focus = _addCondition;
    }

    private void Remove(ActionDraft action)
    {
        _draft!.Actions.Remove(action);
        _focus = _addAction;
    }

    // Each action once, or as long as there is room for its addresses, and none that says the opposite of another.
    private IReadOnlyList<ActionKind> KindsFor(ActionDraft? action) =>
        [.. Enum.GetValues<ActionKind>().Where(kind => kind == action?.Kind || IsFree(kind, action))];

    private bool IsFree(ActionKind kind, ActionDraft? action) => FilterChoices.HasValues(kind)
        ? ValuesLeft(kind, action) > 0
        : !_draft!.Actions.Any(other => other != action && Subject(other.Kind) == Subject(kind));

    private int Most(ActionKind kind) =>
        kind == ActionKind.Forward && Request().Extension is null ? FilterChoices.MaxTargets : FilterChoices.MaxValues;

    private int ValuesLeft(ActionKind kind, ActionDraft? besides) =>
        Most(kind) - _draft!.Actions.Where(other => other != besides && other.Kind == kind).Sum(static other => Math.Max(1, other.Values.Count));

    private static ActionKind Subject(ActionKind kind) => kind switch
    {
        ActionKind.Unseen => ActionKind.Seen,
        ActionKind.Unflagged => ActionKind.Flagged,
        ActionKind.NoSpam => ActionKind.Spam,
        ActionKind.Keep => ActionKind.Delete,
        _ => kind,
    };

    private IEnumerable<string> Fields() =>
        _draft!.Conditions.Select(condition => condition.Field).Concat(_draft.Actions.Select(action => action.Field)).Append("name");

    private IReadOnlyList<string> Faults(string field) => field.Length == 0 || Problem?.Problem?.Errors is not { } errors
        ? []
        : [.. errors.Where(error => IsWithin(error.Key, field)).SelectMany(error => error.Value.Select(message => Describe(error.Key, message)))];

    private static bool IsWithin(string key, string field)
    {
        var name = key.StartsWith(TrialPrefix, StringComparison.Ordinal) ? key[TrialPrefix.Length..] : key;
        return name.StartsWith(field, StringComparison.Ordinal) && (name.Length == field.Length || name[field.Length] is '.' or '[');
    }

    // The rules speak of fields ("is required"), so the field's name comes first.
    private static string Describe(string key, string message)
    {
        var name = key[(key.LastIndexOf('.') + 1)..];
        return char.IsLower(message, 0) ? string.Create(CultureInfo.CurrentCulture, $"{name} {message}.") : message;
    }
}
