using System.Globalization;
using Lmtp.Admin.Components.Parts;
using Lmtp.Admin.Components.Users;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Lmtp.Admin.Components.Pages;

/// <summary>All users, of whom only those in sight are kept.</summary>
public sealed partial class UserList
{
    private UserWindow _window = null!;
    private bool _creating;
    private AddressedSearch<Question> _address = null!;
    private TypingPause _pause = null!;
    private string? _entered;
    private int _shown;
    private int _watched = -1;
    private string? _announcement;
    private ElementReference _list;
    private DotNetObjectReference<UserList>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _watch;

    /// <summary>The beginning of the user names to show, or a part of an address where no name begins so.</summary>
    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    /// <summary>The first page; kept between prerendering and the interactive page.</summary>
    [PersistentState]
    public PageResponse<UserResponse>? First { get; set; }

    /// <summary>Whether they were found by their addresses.</summary>
    [PersistentState]
    public bool ByAddress { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>Reads the rows that have come into sight; called by the browser.</summary>
    /// <param name="first">The first row in sight.</param>
    /// <param name="last">The last row in sight.</param>
    [JSInvokable]
    public async Task ShowRowsAsync(int first, int last)
    {
        var window = _window;
        if (!Busy && window.IsRead && await TryAsync(cancellationToken => window.ShowAsync(first, last, cancellationToken)))
        {
            StateHasChanged();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Dispose();
        _self?.Dispose();
        try
        {
            await StopWatchingAsync();
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The window is closed; nothing is left to be stopped.
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _entered = Search;
        _pause = new TypingPause(Time, Left);
        _window = NewWindow();
        _address = new AddressedSearch<Question>(question => JavaScript.ReplaceAddressAsync(
            Navigation.GetUriWithQueryParameter("search", question.Search)));
        if (First is not null)
        {
            _address.Read(new Question(Search));
            _window.Start(First);
        }
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_address.Read(new Question(Search)))
        {
            _entered = Search;
            await ReloadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_window.IsRead && !_window.IsEmpty && _watched != _shown)
        {
            _watched = _shown;
            _self ??= DotNetObjectReference.Create(this);
            _module ??= await JavaScript.InvokeAsync<IJSObjectReference>("import", "/js/virtual-rows.js");
            await StopWatchingAsync();
            _watch = await _module.InvokeAsync<IJSObjectReference>("watch", _list, _self);
        }
    }

    private static string Title(UserResponse user) => string.IsNullOrEmpty(user.Name) ? user.Username : user.Name;

    private static string Initial(UserResponse user) => StringInfo.GetNextTextElement(Title(user)).ToUpperInvariant();

    private Task<PageResponse<UserResponse>> ReadAsync(string? search, bool byAddress, string? cursor, CancellationToken cancellationToken) => byAddress
        ? Api.FindUsersAsync(search!, cursor, UserWindow.PageSize, cancellationToken)
        : Api.ListUsersAsync(search, cursor, UserWindow.PageSize, cancellationToken);

    private UserWindow NewWindow()
    {
        var (search, byAddress) = (_entered, ByAddress);
        return new UserWindow((cursor, cancellationToken) => ReadAsync(search, byAddress, cursor, cancellationToken));
    }

    private async Task SearchAsync(string? text)
    {
        _entered = string.IsNullOrEmpty(text) ? null : text;
        if (await _pause.WaitAsync())
        {
            await Task.WhenAll(_address.WriteAsync(new Question(_entered)), ReloadAsync());
        }
    }

    private Task<bool> ReloadAsync() => LatestAsync(FindAsync, found =>
    {
        (First, ByAddress) = found;
        _window = NewWindow();
        _window.Start(First);
        _shown++;
    });

    private async Task<(PageResponse<UserResponse> First, bool ByAddress)> FindAsync(CancellationToken cancellationToken)
    {
        var search = _entered;
        var first = await ReadAsync(search, false, null, cancellationToken);
        return first.Items.Count > 0 || search is null
            ? (first, false)
            : (await ReadAsync(search, true, null, cancellationToken), true);
    }

    private async Task SwitchAsync(UserResponse user)
    {
        if (await TryAsync(async cancellationToken =>
            _window.Replace(await Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Disabled = !user.Disabled }, cancellationToken))))
        {
            _announcement = $"{user.Username}: {(user.Disabled ? Resources.Texts.SwitchedOn : Resources.Texts.Disabled)}";
        }
    }

    private void Created(UserResponse user) => Navigation.NavigateTo($"users/{user.Id}");

    private async Task StopWatchingAsync()
    {
        if (_watch is { } watch)
        {
            _watch = null;
            await watch.InvokeVoidAsync("stop");
            await watch.DisposeAsync();
        }
    }

    private readonly record struct Question(string? Search);
}
