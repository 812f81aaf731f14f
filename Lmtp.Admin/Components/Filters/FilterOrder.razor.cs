using Lmtp.Admin.Filters;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;

namespace Lmtp.Admin.Components.Filters;

/// <summary>The filters of a user, to be put in order.</summary>
public sealed partial class FilterOrder
{
    private string? _dragged;
    private string? _over;
    private (string Title, int Place)? _moved;
    private ElementReference? _focus;

    /// <summary>Whose filters they are.</summary>
    [Parameter, EditorRequired]
    public string User { get; set; } = string.Empty;

    /// <summary>The filters in their order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<FilterResponse> Filters { get; set; } = [];

    /// <summary>The mailboxes of the user, which sentences name.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MailboxResponse> Mailboxes { get; set; } = [];

    /// <summary>Whether whoever looks may change the order.</summary>
    [Parameter]
    public bool CanChange { get; set; }

    /// <summary>Takes the ids in their new order.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnReordered { get; set; }

    /// <summary>Asks for a filter to be deleted.</summary>
    [Parameter]
    public EventCallback<FilterResponse> OnDelete { get; set; }

    private Dictionary<string, ElementReference> Up { get; } = [];

    private Dictionary<string, ElementReference> Down { get; } = [];

    /// <summary>The name of a filter, or words in its place.</summary>
    /// <param name="filter">The filter.</param>
    internal static string Title(FilterResponse filter) => string.IsNullOrEmpty(filter.Name) ? Resources.Texts.FilterNameless : filter.Name;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // A button that is moved in the page loses the focus.
        if (_focus is { } button)
        {
            _focus = null;
            await button.FocusAsync(preventScroll: false);
        }
    }

    private string Sentence(FilterResponse filter) => FilterText.Sentence(new FilterDraftReader(Mailboxes).Read(filter), Mailboxes);

    private Task DropAsync(int to)
    {
        var from = Filters.Index().FirstOrDefault(entry => entry.Item.Id == _dragged, (-1, null!)).Index;
        EndDrag();
        return from < 0 ? Task.CompletedTask : MoveAsync(from, to, null);
    }

    private void EndDrag() => (_dragged, _over) = (null, null);

    private async Task MoveAsync(int from, int to, bool? isUp)
    {
        if (from == to || to < 0 || to >= Filters.Count)
        {
            return;
        }

        var moved = Filters[from];
        var order = Filters.Select(filter => filter.Id).ToList();
        order.RemoveAt(from);
        order.Insert(to, moved.Id);
        await OnReordered.InvokeAsync(order);
        _moved = (Title(moved), to + 1);
        _focus = isUp switch { true => Up[moved.Id], false => Down[moved.Id], _ => null };
    }
}
